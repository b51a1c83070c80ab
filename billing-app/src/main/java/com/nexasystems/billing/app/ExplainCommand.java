package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            List<CreditNote> notes = engine.ports().creditNotes().of(invoice.id());
            if (report.json) {
                Json.write(host.out(), line.map(number -> InvoiceJson.line(number, invoice.lines().get(number - 1)))
                        .orElseGet(() -> json(invoice, notes)));
            } else {
                host.out().print(line.map(number -> InvoiceText.explainLine(invoice, number))
                        .orElseGet(() -> text(invoice, notes)));
            }
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> json(Invoice invoice, List<CreditNote> notes) {
        Map<String, Object> json = InvoiceJson.explained(invoice);
        json.put("credit_notes", notes.stream().map(InvoiceJson::creditNote).toList());
        return json;
    }

    private static String text(Invoice invoice, List<CreditNote> notes) {
        return InvoiceText.explain(invoice)
                + notes.stream().map(note -> "\n" + InvoiceText.explain(note, invoice)).collect(Collectors.joining());
    }

    private static void checkLine(Invoice invoice, int number) {
        if (number < 1 || number > invoice.lines().size()) {
            throw new InvalidValue("LINE", "the invoice has " + invoice.lines().size() + " lines, there is no line "
                    + number);
        }
    }
}
