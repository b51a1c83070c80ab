package com.nexasystems.billing.jpa;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** A row of the table that is only ever written and read in bulk, and therefore by SQL. */
final class UsageRecordRow {

    static final Batch<UsageKey> KEYS = new Batch<UsageKey>()
            .uuid("subscription_id", key -> key.subscription().value())
            .text("metric_code", key -> key.metric().value())
            .text("idempotency_key", UsageKey::idempotencyKey);

    static final Batch<UsageRecord> BATCH = new Batch<UsageRecord>()
            .uuid("subscription_id", record -> record.key().subscription().value())
            .text("metric_code", record -> record.key().metric().value())
            .text("idempotency_key", record -> record.key().idempotencyKey())
            .instant("start_at", UsageRecord::start)
            .instant("end_at", record -> record.end().orElse(null))
            .numeric("quantity", UsageRecord::quantity)
            .numeric("amount", record -> record.amount().orElse(null))
            .texts("property_names", properties(Map::keySet))
            .texts("property_values", properties(Map::values))
            .text("source", UsageRecord::source)
            .instant("recorded_at", UsageRecord::recordedAt)
            .bigint("fingerprint", UsageRecord::fingerprint);

    private UsageRecordRow() {
    }

    static UsageRecord read(ResultSet row) throws SQLException {
        return new UsageRecord(new UsageKey(new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                new MetricCode(row.getString("metric_code")), row.getString("idempotency_key")),
                Sql.instant(row, "start_at"), Optional.ofNullable(Sql.instant(row, "end_at")),
                row.getBigDecimal("quantity"), Optional.ofNullable(row.getBigDecimal("amount")),
                Texts.map(Sql.texts(row, "property_names"), Sql.texts(row, "property_values")), row.getString("source"),
                Sql.instant(row, "recorded_at"));
    }

    /** Null where there are none, which takes no room in the table. */
    private static Function<UsageRecord, Collection<String>> properties(
            Function<Map<String, String>, Collection<String>> part) {
        return record -> record.properties().isEmpty() ? null : part.apply(record.properties());
    }
}
