package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Unfolds an invoice, or one line of it. */
@Command(name = "explain", description = "Explains an invoice down to the counters, or one line of it.")
final class ExplainCommand implements Callable<Integer> {

    private final Host host;

    @Parameters(index = "0", paramLabel = "INVOICE", description = "Number or id.")
    private String reference;

    @Parameters(index = "1", arity = "0..1", paramLabel = "LINE", description = "From 1; all lines if it is left out.")
    private Optional<Integer> line;

    @Mixin
    private ReportOptions report;

    ExplainCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        try (Engine engine = Engine.open(host)) {
            Invoice invoice = new InvoiceLookup(engine.ports()).invoice(reference);
            line.ifPresent(number -> checkLine(invoice, number));
            if (report.json) {
                Json.write(host.out(), line.map(number -> InvoiceJson.line(number, invoice.lines().get(number - 1)))
                        .orElseGet(() -> InvoiceJson.explained(invoice)));
            } else {
                host.out().print(line.map(number -> InvoiceText.explainLine(invoice, number))
                        .orElseGet(() -> InvoiceText.explain(invoice)));
            }
        }
        return ExitCode.OK;
    }

    private static void checkLine(Invoice invoice, int number) {
        if (number < 1 || number > invoice.lines().size()) {
            throw new InvalidValue("LINE", "the invoice has " + invoice.lines().size() + " lines, there is no line "
                    + number);
        }
    }
}
