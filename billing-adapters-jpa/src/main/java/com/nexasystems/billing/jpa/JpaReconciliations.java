package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Total;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

final class JpaReconciliations implements Reconciliations {

    private static final Batch<ReconciledRow> ROWS = ReconciledRows.BATCH;

    /** A difference that was accepted, and is there again. */
    private static final String STILL_RESOLVED = """
            (kept.resolved_at IS NOT NULL AND excluded.status = 'delta' AND kept.currency = excluded.currency
             AND kept.computed = excluded.computed AND kept.actual = excluded.actual)""";

    private static final String PUT = """
            INSERT INTO reconciled_row AS kept (%s, run_id)
            SELECT * FROM %s, (SELECT ?::uuid) AS run ORDER BY service_id, subscription COLLATE "C", start_day
            ON CONFLICT (service_id, subscription, start_day) DO UPDATE
            SET end_day = excluded.end_day, currency = excluded.currency, computed = excluded.computed,
                actual = excluded.actual, computed_flat = excluded.computed_flat, actual_flat = excluded.actual_flat,
                actual_usage = excluded.actual_usage, cause_kinds = excluded.cause_kinds,
                cause_amounts = excluded.cause_amounts, cause_notes = excluded.cause_notes,
                unexplained = excluded.unexplained, run_id = excluded.run_id,
                (status, resolved_by_kind, resolved_by_name, resolved_at, resolved_note) = (
                    SELECT CASE WHEN still THEN 'resolved' ELSE excluded.status END,
                           CASE WHEN still THEN kept.resolved_by_kind ELSE excluded.resolved_by_kind END,
                           CASE WHEN still THEN kept.resolved_by_name ELSE excluded.resolved_by_name END,
                           CASE WHEN still THEN kept.resolved_at ELSE excluded.resolved_at END,
                           CASE WHEN still THEN kept.resolved_note ELSE excluded.resolved_note END
                    FROM (SELECT %s AS still) AS resolution)
            """.formatted(ROWS.names(), ROWS.rows(), STILL_RESOLVED);

    private static final Batch<AdoptedRules> ADOPTED = ActorColumns.in(BillerRulesColumns.in(new Batch<AdoptedRules>()
            .uuid("service_id", adopted -> adopted.service().value())
            .instant("at", AdoptedRules::at), AdoptedRules::rules), "by", AdoptedRules::by);

    private final JpaUnitOfWork unitOfWork;

    JpaReconciliations(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void put(UUID run, List<ReconciledRow> rows) {
        unitOfWork.inConnection(connection -> ROWS.update(connection, PUT, lastOfEach(rows), run));
    }

    /** A statement may not change one row twice. */
    private static Collection<ReconciledRow> lastOfEach(List<ReconciledRow> rows) {
        record Key(ServiceId service, Cursor place) { }
        Map<Key, ReconciledRow> last = new LinkedHashMap<>();
        rows.forEach(row -> last.put(new Key(row.service(), Cursor.of(row)), row));
        return last.values();
    }

    @Override
    public boolean resolve(ReconciledRow seen, Resolution resolution) {
        return unitOfWork.inConnection(connection -> ROWS.update(connection, """
                UPDATE reconciled_row r SET status = 'resolved', resolved_by_kind = batch.resolved_by_kind,
                       resolved_by_name = batch.resolved_by_name, resolved_at = batch.resolved_at,
                       resolved_note = batch.resolved_note
                FROM %s WHERE (r.service_id, r.subscription, r.start_day, r.currency, r.computed, r.actual)
                    = (batch.service_id, batch.subscription, batch.start_day, batch.currency, batch.computed, batch.actual)
                    AND r.status = 'delta'
                """.formatted(ROWS.rows()), List.of(seen.resolved(resolution)))) == 1;
    }

    @Override
    public Optional<ReconciledRow> find(ServiceId service, String subscription, LocalDate start) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM reconciled_row WHERE service_id = ? AND subscription = ? AND start_day = ?",
                ReconciledRows::read, service.value(), subscription, start)).stream().findFirst();
    }

    /** A condition, and its parameters. */
    private record Condition(String sql, List<Object> parameters) {

        /** The statuses stand in it as they are: only so does the database know which index has all of them. */
        static Condition of(RowQuery query) {
            var condition = new Condition("WHERE service_id = ? AND start_day >= ? AND start_day < ?",
                    List.of(query.service().value(), query.from(), query.until()));
            condition = query.subscription().isEmpty() ? condition
                    : condition.and("subscription = ?", query.subscription().get());
            return query.statuses().size() == Status.values().length ? condition
                    : condition.and(query.statuses().isEmpty() ? "false" : query.statuses().stream().map(Status::code)
                            .sorted().collect(Collectors.joining("', '", "status IN ('", "')")));
        }

        Condition and(String more, Object... itsParameters) {
            return then(" AND " + more, itsParameters);
        }

        Condition then(String more, Object... itsParameters) {
            var all = new ArrayList<>(parameters);
            all.addAll(List.of(itsParameters));
            return new Condition(sql + more, all);
        }
    }

    @Override
    public List<ReconciledRow> list(RowQuery query, Optional<Cursor> after, int limit) {
        Condition condition = Condition.of(query);
        Condition page = after.map(cursor -> condition.and("(subscription, start_day) > (?, ?)", cursor.subscription(),
                cursor.start())).orElse(condition).then(" ORDER BY subscription, start_day LIMIT ?", limit);
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM reconciled_row " + page.sql,
                ReconciledRows::read, page.parameters.toArray()));
    }

    @Override
    public void sweep(ServiceId service, Collection<String> subscriptions, LocalDate from, LocalDate until, UUID run) {
        unitOfWork.inConnection(connection -> Sql.update(connection, """
                DELETE FROM reconciled_row
                WHERE service_id = ? AND subscription = ANY (?::text[]) AND start_day >= ? AND start_day < ? AND run_id <> ?
                """, service.value(), Sql.arrayLiteral(subscriptions.iterator()), from, until, run));
    }

    @Override
    public List<Total> totals(RowQuery query) {
        Condition condition = Condition.of(query);
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT date_trunc('month', start_day::timestamp)::date AS month, currency, status, count(*) AS row_count,
                       sum(computed) AS computed, sum(actual) AS actual, sum(abs(unexplained)) AS unexplained
                FROM reconciled_row %s GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                """.formatted(condition.sql), JpaReconciliations::total, condition.parameters.toArray()));
    }

    private static Total total(ResultSet row) throws SQLException {
        return new Total(Sql.day(row, "month"), Sql.currency(row), ReconciledRows.status(row), row.getLong("row_count"),
                row.getBigDecimal("computed"), row.getBigDecimal("actual"), row.getBigDecimal("unexplained"));
    }

    @Override
    public void add(ReconciliationRun run) {
        unitOfWork.inConnection(connection -> ReconciliationRunRow.add(connection, run));
    }

    @Override
    public Optional<ReconciliationRun> lastRun(ServiceId service) {
        return unitOfWork.inConnection(connection -> ReconciliationRunRow.last(connection, service));
    }

    @Override
    public void adopt(AdoptedRules rules) {
        unitOfWork.inConnection(connection -> ADOPTED.insert(connection, "adopted_rules", List.of(rules)));
    }

    @Override
    public Optional<AdoptedRules> adopted(ServiceId service) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM adopted_rules WHERE service_id = ? ORDER BY place DESC LIMIT 1",
                row -> new AdoptedRules(service, BillerRulesColumns.read(row), ActorColumns.read(row, "by"),
                        Sql.instant(row, "at")), service.value())).stream().findFirst();
    }

    @Override
    public void remove(ServiceId service) {
        unitOfWork.inConnection(connection -> {
            for (String table : List.of("reconciled_row", "reconciliation_run", "adopted_rules")) {
                Sql.update(connection, "DELETE FROM " + table + " WHERE service_id = ?", service.value());
            }
            return null;
        });
    }

    @Override
    public void add(ParityCertificate certificate) {
        unitOfWork.inConnection(connection -> ParityCertificateRow.add(connection, certificate));
    }

    @Override
    public Optional<ParityCertificate> certificate(UUID id) {
        return unitOfWork.inConnection(connection -> ParityCertificateRow.find(connection, id));
    }
}
