package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.rating.Explanation.Counted;
import java.io.PrintStream;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** The demo's answer for people: the month, the largest invoices, one of them explained, and where to look next. */
final class DemoReport {

    private static final int INVOICES = 10;

    private final PrintStream out;
    private final YearMonth month;

    DemoReport(PrintStream out, YearMonth month) {
        this.out = out;
        this.month = month;
    }

    void print(Engine engine, DemoSummary summary, String loaded) {
        out.print("Usage of " + month + ": " + loaded + "\n\n");
        summary.print(out);
        List<Invoice> largest = engine.ports().invoices().list(InvoiceQuery.ALL.largestFirst().limit(INVOICES));
        if (largest.isEmpty()) {
            return;
        }
        out.print("\nThe largest invoices\n");
        InvoicesCommand.print(out, largest);
        Invoice shown = largest.stream().filter(invoice -> usageLine(invoice).isPresent()).findFirst()
                .orElse(largest.get(0));
        out.print("\n" + InvoiceText.explain(shown) + "\n");
        suggest(shown);
    }

    private void suggest(Invoice invoice) {
        out.print("Go on with\n");
        out.print("  ./billing invoices --largest --limit 20\n");
        out.print("  ./billing explain " + invoice.number().orElseThrow() + " --json\n");
        usageLine(invoice).flatMap(line -> line.explanation().counted()).flatMap(Counted::first).ifPresent(first ->
                out.print("  ./billing explain-usage " + quoted(invoice.billed().orElseThrow().externalId() + "/"
                        + SampleCatalogue.METRIC + "/" + first) + "\n"));
        out.print("  ./billing bill --period " + month.plusMonths(1) + " --dry-run\n");
        out.print("  ./billing simulate --example > plan.json\n");
        out.print("  ./billing simulate --plan plan.json --period " + month + "\n");
    }

    private static Optional<InvoiceLine> usageLine(Invoice invoice) {
        return invoice.lines().stream().filter(line -> line.kind() == InvoiceLine.Kind.USAGE).findFirst();
    }

    /** For a shell: an id may hold anything. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
