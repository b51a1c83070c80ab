package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.Summary;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What was compared, as the API writes it. Amounts are texts with four decimals, and no minor units: they are exact. */
final class ReconciliationJson {

    private ReconciliationJson() {
    }

    static Json of(ReconciledRow row) {
        return Json.object("external_subscription_id", row.subscription(), "period_start", row.start().toString(),
                "period_end", row.end().toString(), "currency", row.currency().getCurrencyCode(),
                "status", row.status().code(), "computed", ShadowFields.amount(row.computed()),
                "actual", ShadowFields.amount(row.actual()), "delta", ShadowFields.amount(row.delta()),
                "computed_flat", ShadowFields.amount(row.computedFlat()),
                "computed_usage", ShadowFields.amount(row.computedUsage()),
                "actual_flat", ShadowFields.amount(row.actualFlat()), "actual_usage", ShadowFields.amount(row.actualUsage()),
                "actual_other", ShadowFields.amount(row.actualOther()),
                "causes", row.causes().stream().map(cause -> Json.object("cause", cause.kind().code(),
                        "amount", ShadowFields.amount(cause.amount()), "note", cause.note())).toList(),
                "unexplained", ShadowFields.amount(row.unexplained()),
                "resolution", row.resolution().map(ReconciliationJson::of).orElse(null));
    }

    static Json of(Resolution resolution) {
        return Json.object("note", resolution.note(), "resolved_by", of(resolution.by()),
                "resolved_at", resolution.at().toString());
    }

    static Json of(Actor actor) {
        return Json.object("kind", actor.kind(), "name", actor.name());
    }

    static Json of(Summary summary) {
        return Json.object("coverage", coverage(summary), "matched", summary.matched(), "deltas", summary.deltas(),
                "resolved", summary.resolved(), "months", summary.months().stream().map(ReconciliationJson::of).toList());
    }

    private static List<Json> coverage(Summary summary) {
        return summary.months().stream().map(month -> month.currency().getCurrencyCode()).distinct().sorted()
                .map(code -> Json.object("currency", code,
                        "percent", summary.coverage(Currency.getInstance(code)).toPlainString())).toList();
    }

    private static Json of(Summary.Month month) {
        return Json.object("month", month(month.month()), "currency", month.currency().getCurrencyCode(),
                "coverage", month.coverage().toPlainString(), "matched", month.matched(), "deltas", month.deltas(),
                "resolved", month.resolved(), "computed", ShadowFields.amount(month.computed()),
                "actual", ShadowFields.amount(month.actual()), "matched_actual", ShadowFields.amount(month.matchedActual()),
                "unexplained", ShadowFields.amount(month.unexplained()), "unlinked", month.unlinked(),
                "unlinked_sum", ShadowFields.amount(month.unlinkedSum()), "revenue", ShadowFields.amount(month.revenue()));
    }

    static Json of(ReconciliationRun run) {
        return Json.object("lago_id", run.id().toString(), "as_of", Times.of(run.asOf()),
                "from", Times.day(Optional.of(run.from()).filter(day -> day.isAfter(LocalDate.of(1, 1, 1)))),
                "tolerance", ShadowFields.amount(run.tolerance()), "rules", BillerRulesJson.of(run.rules()),
                "rows", run.rows(), "unlinked", run.unlinked().stream().map(one -> Json.object(
                        "why", ShadowFields.word(one.why()), "month", month(one.month()),
                        "currency", one.currency().getCurrencyCode(), "invoices", one.invoices(),
                        "sum", ShadowFields.amount(one.subtotal()))).toList(),
                "digest", run.digest(), "finished_at", Times.of(run.finishedAt()));
    }

    private static String month(LocalDate first) {
        return first.toString().substring(0, 7);
    }
}
