package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageSeries;
import com.nexasystems.billing.usage.UsageWindow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

final class JpaUsageRecords implements UsageRecords {

    /** Copying goes to and fro between the two sides more often, which only many rows pay back. */
    private static final int WORTH_COPYING = 200;

    private static final String INSERT_NEW = """
            INSERT INTO usage_record (%s) SELECT * FROM %s
            ON CONFLICT DO NOTHING
            RETURNING fingerprint
            """.formatted(UsageRecordRow.BATCH.names(), UsageRecordRow.BATCH.rows());

    private static final String REPLACE = """
            UPDATE usage_record u SET end_at = batch.end_at, quantity = batch.quantity, amount = batch.amount,
                   property_names = batch.property_names, property_values = batch.property_values,
                   source = batch.source, recorded_at = batch.recorded_at, fingerprint = batch.fingerprint
            FROM %s WHERE (u.subscription_id, u.metric_code, u.idempotency_key)
                = (batch.subscription_id, batch.metric_code, batch.idempotency_key)
            """.formatted(UsageRecordRow.BATCH.rows());

    private static final Batch<LateUsage> LATE = new Batch<LateUsage>()
            .uuid("subscription_id", late -> late.subscription().value())
            .text("metric_code", late -> late.metric().value())
            .instant("period_start", late -> late.period().start())
            .instant("period_end", late -> late.period().end())
            .text("zone", late -> late.period().zone().getId());

    private final JpaUnitOfWork unitOfWork;

    JpaUsageRecords(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public List<Answer> add(List<UsageRecord> records, boolean replace) {
        var intake = new UsageIntake(records, replace);
        return unitOfWork.inConnection(connection -> {
            List<UsageRecord> first = intake.firstOfEachKey();
            List<UsageRecord> before = first.size() >= WORTH_COPYING
                    && UsageRecordRow.BATCH.copyNew(connection, "usage_record", first) ? List.of()
                    : insertNew(connection, first, replace);
            List<Answer> answers = intake.answers(before);
            UsageRecordRow.BATCH.update(connection, REPLACE, intake.replacements());
            return answers;
        });
    }

    /** Answers what was stored before under the keys of the others. */
    private static List<UsageRecord> insertNew(Connection connection, List<UsageRecord> records, boolean replace)
            throws SQLException {
        Set<Long> inserted = new HashSet<>(UsageRecordRow.BATCH.query(connection, INSERT_NEW, records,
                row -> row.getLong("fingerprint")));
        return stored(connection, records.stream().filter(record -> !inserted.contains(record.fingerprint()))
                .map(UsageRecord::key).toList(), replace);
    }

    /** @param toReplace locks them, so that what is answered as replaced is what was */
    private static List<UsageRecord> stored(Connection connection, List<UsageKey> keys, boolean toReplace)
            throws SQLException {
        return UsageRecordRow.KEYS.query(connection, """
                SELECT u.* FROM usage_record u JOIN %s USING (subscription_id, metric_code, idempotency_key)
                ORDER BY u.subscription_id, u.metric_code, u.idempotency_key %s
                """.formatted(UsageRecordRow.KEYS.rows(), toReplace ? "FOR UPDATE OF u" : ""), keys,
                UsageRecordRow::read);
    }

    @Override
    public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
        return unitOfWork.inConnection(connection -> aggregate(connection, windows));
    }

    /** Plain windows, which most are, have a query of their own. */
    private static List<AggregatedUsage> aggregate(Connection connection, List<UsageWindow> windows) throws SQLException {
        Map<Boolean, List<UsageWindow>> plain = windows.stream().collect(Collectors.partitioningBy(UsageWindow::isPlain));
        Iterator<AggregatedUsage> records = UsageAggregation.of(connection, plain.get(true)).iterator();
        Iterator<AggregatedUsage> flows = FlowAggregation.of(connection, plain.get(false)).iterator();
        return windows.stream().map(window -> (window.isPlain() ? records : flows).next()).toList();
    }

    @Override
    public List<List<List<String>>> combinations(List<UsageWindow> windows, List<List<String>> properties) {
        return unitOfWork.inConnection(connection -> FlowAggregation.combinations(connection, windows, properties));
    }

    @Override
    public Page<UsageRecord> list(UsageList list, PageRequest request) {
        return unitOfWork.inConnection(connection -> EventList.of(list).page(connection, request));
    }

    @Override
    public List<UsageSeries.Point> series(UsageSeries series) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT date_trunc(?, start_at, ?) AS step, count(*) AS records, sum(quantity) AS quantity
                FROM usage_record
                WHERE subscription_id = ? AND metric_code = ? AND start_at >= ?::timestamptz AND start_at < ?::timestamptz
                GROUP BY 1 ORDER BY 1
                """, row -> new UsageSeries.Point(Sql.instant(row, "step"), row.getLong("records"),
                Decimals.normal(row.getBigDecimal("quantity"))), series.step().name().toLowerCase(Locale.ROOT),
                series.zone().getId(), series.subscription().value(), series.metric().value(), Sql.text(series.from()),
                Sql.text(series.until())));
    }

    @Override
    public Optional<UsageRecord> find(UsageKey key) {
        return unitOfWork.inConnection(connection -> stored(connection, List.of(key), false)).stream().findFirst();
    }

    @Override
    public void markLate(Collection<LateUsage> late) {
        unitOfWork.inConnection(connection -> LATE.update(connection, """
                INSERT INTO late_usage (%s) SELECT * FROM %s ORDER BY subscription_id, metric_code COLLATE "C", period_start
                ON CONFLICT DO NOTHING
                """.formatted(LATE.names(), LATE.rows()), new HashSet<>(late)));
    }

    @Override
    public List<LateUsage> late(Collection<SubscriptionId> subscriptions) {
        UUID[] ids = subscriptions.stream().map(SubscriptionId::value).distinct().toArray(UUID[]::new);
        return unitOfWork.inConnection(connection -> late(connection, ids)).stream()
                .sorted(Comparator.comparing(LateUsage::subscription).thenComparing(late -> late.period().start())
                        .thenComparing(LateUsage::metric)).toList();
    }

    private static List<LateUsage> late(Connection connection, UUID[] subscriptions) throws SQLException {
        return Sql.query(connection, "SELECT * FROM late_usage WHERE subscription_id = ANY(?)", JpaUsageRecords::lateUsage,
                connection.createArrayOf("uuid", subscriptions));
    }

    private static LateUsage lateUsage(ResultSet row) throws SQLException {
        return new LateUsage(new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                new MetricCode(row.getString("metric_code")),
                new BillingPeriod(Sql.instant(row, "period_start"), Sql.instant(row, "period_end"),
                        ZoneId.of(row.getString("zone"))));
    }

    @Override
    public void settle(Collection<LateUsage> late) {
        unitOfWork.inConnection(connection -> LATE.update(connection, """
                DELETE FROM late_usage l USING %s WHERE (l.subscription_id, l.metric_code, l.period_start, l.period_end)
                    = (batch.subscription_id, batch.metric_code, batch.period_start, batch.period_end)
                """.formatted(LATE.rows()), late));
    }
}
