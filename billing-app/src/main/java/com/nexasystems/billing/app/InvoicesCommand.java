package com.nexasystems.billing.app;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists invoices. */
@Command(name = "invoices", description = "Lists invoices, by due date or the largest first.")
final class InvoicesCommand implements Callable<Integer> {

    private static final int PAGE = 1000;

    private final Host host;

    @Option(names = "--period", paramLabel = "YYYY-MM", description = "Only those due by the end of this month, and"
            + " not of the month before.")
    private Optional<String> period;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--largest", description = "The largest totals first.")
    private boolean largest;

    @Mixin
    private ReportOptions report;

    InvoicesCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 1_000_000) {
            throw new InvalidValue("--limit", "must be from 1 to 1000000: " + limit);
        }
        InvoiceQuery query = query();
        try (Engine engine = Engine.open(host)) {
            List<Invoice> invoices = list(engine.ports(), query);
            if (report.json) {
                Json.write(host.out(), Json.object("invoices", invoices.stream().map(InvoiceJson::summary).toList()));
            } else {
                print(host.out(), invoices);
            }
        }
        return ExitCode.OK;
    }

    static void print(PrintStream out, List<Invoice> invoices) {
        Table.print(out,
                List.of("Number", "Issued", "Status", "Customer", "Subscription", "Subtotal", "Tax", "Total", ""),
                invoices.stream().map(InvoicesCommand::row).toList(), 5, 6, 7);
    }

    private InvoiceQuery query() {
        InvoiceQuery query = period.map(Month::parse)
                .map(month -> InvoiceQuery.ALL.due(month.start().plus(1, ChronoUnit.MICROS), month.end()))
                .orElse(InvoiceQuery.ALL);
        return largest ? query.largestFirst() : query;
    }

    private List<Invoice> list(Ports ports, InvoiceQuery query) {
        var invoices = new ArrayList<Invoice>();
        List<Invoice> page = ports.invoices().list(query.limit(Math.min(limit, PAGE)));
        while (!page.isEmpty()) {
            invoices.addAll(page);
            int left = limit - invoices.size();
            page = left == 0 ? List.of()
                    : ports.invoices().list(query.after(page.get(page.size() - 1)).limit(Math.min(left, PAGE)));
        }
        return invoices;
    }

    private static List<String> row(Invoice invoice) {
        return List.of(invoice.number().orElse("(draft)"), invoice.issueDate().toString(), invoice.status().code(),
                invoice.customerName(), invoice.billed().map(BilledSubscription::externalId).orElse(""),
                InvoiceJson.amount(invoice.subtotal()), InvoiceJson.amount(invoice.tax()), InvoiceJson.amount(invoice.total()),
                invoice.currency().getCurrencyCode());
    }
}
