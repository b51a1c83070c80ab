package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingReport;
import com.nexasystems.billing.invoicing.RefusedInvoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bills a month. */
@Command(name = "bill", description = {"Invoices what is due by the end of a month.",
        "Drafts, then finalises what is past its grace period. The month ends when it has ended everywhere, and nothing",
        "beyond now is billed. Safe to repeat, to kill, and to run twice at once."})
final class BillCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--period", required = true, paramLabel = "YYYY-MM", description = "The month.")
    private String period;

    @Option(names = "--dry-run", description = "Shows what would be drafted and stores nothing.")
    private boolean dryRun;

    @Mixin
    private ReportOptions report;

    BillCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Month month = Month.parse(period);
        try (Engine engine = Engine.open(host)) {
            Instant now = host.clock().instant();
            Instant asOf = earlier(month.end(), now);
            var drafted = new InvoiceTotals();
            var finalised = new InvoiceTotals();
            var reports = new ArrayList<BillingReport>();
            if (dryRun) {
                reports.add(engine.billing().billingRun().dryRun(asOf, draft -> drafted.add(draft.invoice())));
            } else {
                reports.add(draft(engine, asOf, drafted));
                reports.add(engine.billing().interim().run(draft -> drafted.add(draft.invoice())));
                Instant issue = earlier(month.end().plus(engine.settings().grace()), now);
                reports.add(engine.billing().finalise().finalise(issue, finalised::add));
            }
            report(asOf, drafted, finalised, reports);
            return reports.stream().allMatch(run -> run.failed() + run.refusals() == 0) ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    private BillingReport draft(Engine engine, Instant asOf, InvoiceTotals drafted) {
        try (Progress progress = Progress.of(host, "Billing", engine.billing().billingRun().countDue(asOf))) {
            return engine.billing().billingRun().run(asOf, engine.workers(), draft -> {
                drafted.add(draft.invoice());
                progress.step(1);
            });
        }
    }

    private void report(Instant asOf, InvoiceTotals drafted, InvoiceTotals finalised, List<BillingReport> reports) {
        long failed = reports.stream().mapToLong(BillingReport::failed).sum();
        var failures = reports.stream().flatMap(run -> run.failures().stream()).toList();
        List<RefusedInvoice> refused = reports.stream().flatMap(run -> run.refused().stream()).toList();
        if (report.json) {
            Json.write(host.out(), Json.object("period", period, "as_of", asOf.toString(), "dry_run", dryRun,
                    "drafted", drafted.json(), "finalised", finalised.json(), "failed", failed,
                    "failures", failures.stream().map(failure -> Json.object("subscription", failure.externalId(),
                            "subscription_id", failure.subscription().toString(), "reason", failure.reason())).toList(),
                    "refused", refused.stream().map(draft -> Json.object("invoice_id", draft.invoice().toString(),
                            "customer", draft.customerName(), "reason", draft.reason())).toList()));
            return;
        }
        host.out().print("Period " + period + ", as of " + asOf + "\n");
        List<List<String>> rows = new ArrayList<>(drafted.rows(dryRun ? "would be drafted" : "drafted"));
        rows.addAll(finalised.rows("finalised"));
        Table.print(host.out(), List.of("", "Invoices", "Subtotal", "Tax", "Total", ""), rows, 1, 2, 3, 4);
        FailureText.print(host, failures, failed);
        refused.forEach(draft -> host.err().println("not finalised: " + draft.customerName() + ", draft "
                + draft.invoice() + ": " + draft.reason()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
