package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prices charges that come in line by line. Needs no database. */
@Command(name = "price", description = "Prices one charge per line of standard input: JSON in, JSON out.",
        footer = {"", "Example:",
                "  {\"charge_model\":\"standard\",\"properties\":{\"amount\":\"0.0075\",\"unit_batch\":3600},"
                + "\"units\":\"7200\"}", "  gives {\"amount\":\"0.015\",…}",
                "A line that cannot be priced gives {\"error\":…} in its place; then the exit code is 1."})
final class PriceCommand implements Callable<Integer> {

    private static final int LONGEST_LINE = 16 << 20;

    private final Host host;
    private boolean failed;

    @Option(names = "--explain", description = "Text with every step instead of JSON.")
    private boolean explain;

    @Option(names = "--json", hidden = true, description = "JSON is what it answers anyway.")
    private boolean json;

    @Mixin
    private HelpOption help;

    PriceCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        try (var lines = new Lines(host.in(), LONGEST_LINE)) {
            for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (line.get().problem().isPresent() || !line.get().text().isBlank()) {
                    answer(line.get());
                }
                if (host.out().checkError()) {
                    throw new EnvironmentFailure("nobody reads the answers any more");
                }
            }
        }
        return failed ? ExitCode.PARTIAL : ExitCode.OK;
    }

    private void answer(Lines.Line line) {
        try {
            line.problem().ifPresent(problem -> {
                throw new InvalidValue("line", problem);
            });
            Priced priced = ChargeJson.price(line.text());
            if (explain) {
                explain(line, priced);
            } else {
                Json.write(host.out(), answer(priced));
            }
        } catch (InvalidValue e) {
            failed = true;
            if (explain) {
                host.out().print("Line " + line.number() + ": " + e.getMessage() + "\n");
                host.out().flush();
            } else {
                Json.write(host.out(), Json.object("error", e.getMessage(), "field", e.field(), "line", line.number()));
            }
        }
    }

    private static Map<String, Object> answer(Priced priced) {
        return Json.object("amount", priced.total().toPlainString(), "units_billed", priced.units().toPlainString(),
                "steps", InvoiceJson.steps(priced));
    }

    private void explain(Lines.Line line, Priced priced) {
        host.out().print("Line " + line.number() + ": " + priced.total().toPlainString() + ", for "
                + priced.units().toPlainString() + " units\n");
        InvoiceText.steps(priced).forEach(step -> host.out().print(step + "\n"));
        host.out().flush();
    }
}
