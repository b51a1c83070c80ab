package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Total;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /reconciliations}: what this engine would have charged, against what the application charged. */
final class ReconciliationRoutes {

    private static final int STRIDE = 5_000;
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

    private final Billing billing;
    private final BackgroundWork background;

    ReconciliationRoutes(Billing billing, BackgroundWork background) {
        this.billing = billing;
        this.background = background;
    }

    List<Route> routes() {
        return List.of(Route.post("/reconciliations", this::begin).needing(OPERATE).committingItself(),
                Route.get("/reconciliations", this::list).needing(OPERATE),
                Route.get("/reconciliations/summary", this::summary).needing(OPERATE),
                Route.post("/reconciliations/resolve", this::resolve).needing(OPERATE));
    }

    private Answer begin(Call call) {
        Fields fields = call.body();
        Optional<LocalDate> from = ShadowFields.day(fields, "from");
        BigDecimal tolerance = ShadowFields.decimal(fields, "tolerance", BigDecimal.ZERO,
                ReconciliationRun.LARGEST_TOLERANCE).orElse(ReconciliationRun.DEFAULT_TOLERANCE);
        Service service = ShadowFields.service(billing, fields);
        ShadowFields.imported(billing, service);
        Json asked = Json.object("from", Times.day(from), "tolerance", ShadowFields.amount(tolerance));
        var task = new BackgroundTask(Kind.RECONCILIATION, asked, running -> {
            running.of(billing.ports().shadowRecords().countSubscriptions(service.id()));
            return ReconciliationJson.of(billing.reconcile().run(new Reconcile.Request(service.id(), from, tolerance),
                    running::step));
        });
        return background.begin(call, service, task, () -> {
            Operators.audit(billing, call, "reconciliation.started", service, Map.of("asked", Json.text(asked)));
            return Answer.of(202, Json.object("service", service.code(), "attempt", task.json()));
        });
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields fields = call.parameters();
        Optional<Status> status = fields.choice("status", ShadowFields.words(Status.class));
        Optional<LocalDate> month = month(fields);
        Optional<String> subscription = fields.text("external_subscription_id");
        Service service = ShadowFields.service(billing, fields);
        RowQuery query = RowQuery.of(service.id());
        query = status.map(query::in).orElse(query);
        query = month.isEmpty() ? query : query.between(month.get(), end(month.get()));
        query = subscription.map(query::of).orElse(query);
        return Answer.ok(Pages.of("reconciliations", page(query, request), request, ReconciliationJson::of));
    }

    private static Optional<LocalDate> month(Fields fields) {
        Optional<String> text = fields.text("month");
        if (text.isPresent() && (!MONTH.matcher(text.get()).matches() || text.get().startsWith("0000"))) {
            fields.problem("month", "invalid_date", "is no month such as 2026-01");
            return Optional.empty();
        }
        return text.map(found -> LocalDate.parse(found + "-01"));
    }

    private static LocalDate end(LocalDate month) {
        LocalDate next = month.plusMonths(1);
        return next.isAfter(RowQuery.LAST_DAY) ? RowQuery.LAST_DAY : next;
    }

    private Page<ReconciledRow> page(RowQuery query, PageRequest request) {
        long total = billing.ports().reconciliations().totals(query).stream().mapToLong(Total::rows).sum();
        return request.offset() >= total ? new Page<>(List.of(), total)
                : new Page<>(after(request.offset(), query, request.size()), total);
    }

    /** Rows have places and no numbers, so those before are gone through. */
    private List<ReconciledRow> after(long skipped, RowQuery query, int size) {
        Optional<Cursor> place = Optional.empty();
        for (long left = skipped; left > 0; left -= STRIDE) {
            List<ReconciledRow> before = rows(query, place, (int) Math.min(left, STRIDE));
            if (before.isEmpty()) {
                return List.of();
            }
            place = Optional.of(Cursor.of(before.get(before.size() - 1)));
        }
        return rows(query, place, size);
    }

    private List<ReconciledRow> rows(RowQuery query, Optional<Cursor> after, int most) {
        return billing.ports().reconciliations().list(query, after, most);
    }

    private Answer summary(Call call) {
        Service service = ShadowFields.service(billing, call);
        return Answer.ok(Json.object("service", service.code(),
                "summary", ReconciliationJson.of(billing.reconcile().summary(RowQuery.of(service.id()))),
                "attempt", background.latest(service, Kind.RECONCILIATION).map(BackgroundTask::json).orElse(null),
                "last_finished", billing.ports().reconciliations().lastRun(service.id()).map(ReconciliationJson::of)
                        .orElse(null)));
    }

    /** The figures are those that the operator has looked at: nothing else is accepted. */
    private Answer resolve(Call call) {
        Fields fields = call.body();
        String subscription = fields.mandatory("external_subscription_id");
        LocalDate start = ShadowFields.mandatoryDay(fields, "period_start");
        BigDecimal computed = ShadowFields.mandatoryDecimal(fields, "computed");
        BigDecimal actual = ShadowFields.mandatoryDecimal(fields, "actual");
        String note = fields.mandatory("note");
        Service service = ShadowFields.service(billing, fields);
        ReconciledRow row = billing.ports().reconciliations().find(service.id(), subscription, start)
                .orElseThrow(() -> ApiError.notFound("reconciliation"));
        checkOpen(row, computed, actual);
        ReconciledRow resolved = billing.resolveDelta().resolve(row, call.actor(), note);
        call.before(ReconciliationJson.of(row));
        call.audit("reconciliation.resolved", "service " + service.code());
        return Answer.ok(Json.object("reconciliation", ReconciliationJson.of(resolved)));
    }

    private static void checkOpen(ReconciledRow row, BigDecimal computed, BigDecimal actual) {
        if (row.computed().compareTo(computed) != 0 || row.actual().compareTo(actual) != 0) {
            throw ApiError.invalid("computed", "figures_have_changed", "the figures are "
                    + ShadowFields.amount(row.computed()) + " computed and " + ShadowFields.amount(row.actual())
                    + " actual; look at the difference again, and send those that you accept");
        }
        if (row.status() != Status.DELTA) {
            throw ApiError.invalid("period_start", "is_no_open_difference", row.status() == Status.MATCH
                    ? "the figures of this period match; there is nothing to accept"
                    : "this difference is accepted already; it is opened again when its figures change");
        }
    }
}
