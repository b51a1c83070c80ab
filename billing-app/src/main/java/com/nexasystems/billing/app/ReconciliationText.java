package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Summary;
import com.nexasystems.billing.reconciliation.Unlinked;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reconciliation came to, for people and for programs. */
final class ReconciliationText {

    private static final int SHOWN = 10;

    private final Service service;
    private final ReconciliationRun run;
    private final Summary summary;
    private final CauseTally causes = new CauseTally();
    private final List<ReconciledRow> first;

    ReconciliationText(Engine engine, Service service, ReconciliationRun run) {
        this.service = service;
        this.run = run;
        RowQuery compared = RowQuery.of(service.id()).between(run.from(), RowQuery.LAST_DAY);
        this.summary = engine.billing().reconcile().summary(compared);
        RowQuery deltas = compared.in(Status.DELTA);
        this.first = engine.ports().reconciliations().list(deltas, Optional.empty(), SHOWN);
        Rows.each(engine.ports().reconciliations(), deltas, causes::add);
    }

    void print(PrintStream out) {
        printSummary(out);
        printUnlinked(out);
        causes.print(out);
        if (!first.isEmpty()) {
            out.print(summary.deltas() > first.size() ? "\nThe first of " + summary.deltas() + " differences\n"
                    : "\nThe differences\n");
            printRows(out, first);
            printEvidence(out, first);
        }
    }

    void printCauses(PrintStream out) {
        causes.print(out);
    }

    void suggest(PrintStream out) {
        out.print("\nGo on with\n");
        if (summary.deltas() > 0) {
            out.print("  ./billing shadow infer --service " + service.code() + "\n");
            out.print("  ./billing shadow report --service " + service.code() + " --status delta --format xlsx --out"
                    + " deltas.xlsx\n");
        }
        out.print("  ./billing shadow cutover --check --service " + service.code() + "\n");
    }

    void printSummary(PrintStream out) {
        Coverage.of(summary).forEach(headline -> out.print(headline + "\n"));
        out.print("Compared by " + run.rules() + "; a difference up to " + run.tolerance().toPlainString()
                + " is a match\n");
        printMonths(out, summary);
    }

    static void printMonths(PrintStream out, Summary summary) {
        Table.print(out, List.of("Month", "", "Matched", "Delta", "Resolved", "Unlinked", "Charged", "Reproduced",
                        "Coverage"), summary.months().stream().map(month -> List.of(month.month().toString().substring(0, 7),
                        month.currency().getCurrencyCode(), Long.toString(month.matched()), Long.toString(month.deltas()),
                        Long.toString(month.resolved()), Long.toString(month.unlinked()), Amounts.plain(month.revenue()),
                        Amounts.plain(month.matchedActual()), month.coverage().toPlainString() + " %")).toList(),
                2, 3, 4, 5, 6, 7, 8);
    }

    private void printUnlinked(PrintStream out) {
        if (run.unlinked().isEmpty()) {
            return;
        }
        out.print("\nInvoices that were compared with nothing\n");
        Table.print(out, List.of("Why", "Month", "Invoices", "Sum", ""), run.unlinked().stream().map(one -> List.of(
                words(one.why()), one.month().toString().substring(0, 7), Long.toString(one.invoices()),
                Amounts.plain(one.subtotal()), one.currency().getCurrencyCode())).toList(), 2, 3);
    }

    private static String words(Unlinked.Why why) {
        return switch (why) {
            case ONE_OFF -> "names no subscription";
            case NOT_IMPORTED -> "its subscription was not imported";
            case NO_PERIOD -> "is for no period of its subscription";
        };
    }

    static void printRows(PrintStream out, List<ReconciledRow> rows) {
        Table.print(out, List.of("Subscription", "From", "Computed", "Charged", "Difference", "Unexplained", "Causes"),
                rows.stream().map(row -> List.of(row.subscription(), row.start().toString(), Amounts.plain(row.computed()),
                        Amounts.plain(row.actual()), Amounts.signed(row.delta()), Amounts.signed(row.unexplained()),
                        causes(row))).toList(), 2, 3, 4, 5);
    }

    static String causes(ReconciledRow row) {
        return row.causes().stream().map(cause -> cause.kind().code() + " " + Amounts.signed(cause.amount()))
                .collect(Collectors.joining("; "));
    }

    static void printEvidence(PrintStream out, List<ReconciledRow> rows) {
        rows.forEach(row -> row.causes().stream().filter(cause -> !cause.note().isEmpty()).forEach(cause -> out.print(
                ImportText.printable("  " + row.subscription() + " " + row.start() + ": " + cause.note()) + "\n")));
    }

    Map<String, Object> json() {
        return Json.object("service", service.code(), "run", run.id().toString(), "as_of", run.asOf().toString(),
                "rules", RulesText.json(run.rules()), "tolerance", InvoiceJson.plain(run.tolerance()), "rows", run.rows(),
                "matched", summary.matched(), "deltas", summary.deltas(), "resolved", summary.resolved(),
                "coverage", coverage(summary), "months", months(summary),
                "unlinked", run.unlinked().stream().map(ReconciliationText::json).toList(), "causes", causes.json(),
                "differences", first.stream().map(ReconciliationText::json).toList(), "digest", run.digest());
    }

    static Map<String, Object> coverage(Summary summary) {
        Map<String, Object> json = Json.object();
        Coverage.of(summary).forEach(one -> json.put(one.currency().getCurrencyCode(), one.percent().toPlainString()));
        return json;
    }

    static List<Map<String, Object>> months(Summary summary) {
        return summary.months().stream().map(month -> Json.object("month", month.month().toString().substring(0, 7),
                "currency", month.currency().getCurrencyCode(), "matched", month.matched(), "deltas", month.deltas(),
                "resolved", month.resolved(), "unlinked", month.unlinked(), "computed", InvoiceJson.plain(month.computed()),
                "charged", InvoiceJson.plain(month.actual()),
                "charged_and_matched", InvoiceJson.plain(month.matchedActual()),
                "charged_unlinked", InvoiceJson.plain(month.unlinkedSum()),
                "unexplained", InvoiceJson.plain(month.unexplained()),
                "coverage", month.coverage().toPlainString())).toList();
    }

    private static Map<String, Object> json(Unlinked one) {
        return Json.object("why", Words.of(one.why()), "month", one.month().toString().substring(0, 7),
                "currency", one.currency().getCurrencyCode(), "invoices", one.invoices(),
                "sum", InvoiceJson.plain(one.subtotal()));
    }

    static Map<String, Object> json(ReconciledRow row) {
        Map<String, Object> json = Json.object("subscription", row.subscription(), "from", row.start().toString(),
                "to", row.end().toString(), "currency", row.currency().getCurrencyCode(), "status", row.status().code(),
                "computed", InvoiceJson.plain(row.computed()), "charged", InvoiceJson.plain(row.actual()),
                "delta", InvoiceJson.plain(row.delta()), "computed_flat", InvoiceJson.plain(row.computedFlat()),
                "computed_usage", InvoiceJson.plain(row.computedUsage()),
                "charged_flat", InvoiceJson.plain(row.actualFlat()), "charged_usage", InvoiceJson.plain(row.actualUsage()),
                "charged_other", InvoiceJson.plain(row.actualOther()),
                "causes", row.causes().stream().map(ReconciliationText::json).toList(),
                "unexplained", InvoiceJson.plain(row.unexplained()));
        row.resolution().ifPresent(resolution -> json.put("resolution", Json.object("by", resolution.by().name(),
                "at", resolution.at().toString(), "note", resolution.note())));
        return json;
    }

    private static Map<String, Object> json(Cause cause) {
        return Json.object("cause", cause.kind().code(), "amount", InvoiceJson.plain(cause.amount()), "note", cause.note());
    }
}
