package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A list of events: by the index of their keys, or else by that of each subscription and metric, as far as a page needs. */
final class EventList {

    private static final String WITH_KEY = """
            FROM usage_record u JOIN subscription s ON s.id = u.subscription_id
            WHERE u.idempotency_key = ? AND u.end_at IS NULL AND s.service_id = ? AND s.id = coalesce(?::uuid, s.id)
                AND u.metric_code = coalesce(?, u.metric_code)
                AND u.start_at >= ?::timestamptz AND u.start_at < ?::timestamptz
            """;

    /** The metrics of a subscription are found by leaps along the primary key, not by looking at its records. */
    private static final String OF_EACH = """
            FROM subscription s CROSS JOIN LATERAL (
                WITH RECURSIVE own (code) AS (
                    SELECT min(metric_code) FROM usage_record WHERE subscription_id = s.id
                    UNION ALL
                    SELECT (SELECT min(metric_code) FROM usage_record WHERE subscription_id = s.id AND metric_code > own.code)
                    FROM own WHERE own.code IS NOT NULL)
                SELECT code FROM own WHERE code IS NOT NULL AND code = coalesce(?, code)) AS m
            CROSS JOIN LATERAL (
                SELECT * FROM usage_record r WHERE r.subscription_id = s.id AND r.metric_code = m.code AND r.end_at IS NULL
                    AND r.start_at >= ?::timestamptz AND r.start_at < ?::timestamptz
                %s LIMIT ?) AS u
            WHERE s.service_id = ? AND s.id = coalesce(?::uuid, s.id)
            """;

    private static final String LATEST_OF_EACH = OF_EACH.formatted("ORDER BY r.start_at DESC, r.idempotency_key");
    private static final String ANY_OF_EACH = OF_EACH.formatted("");
    private static final String ORDER = "ORDER BY u.start_at DESC, u.subscription_id, u.metric_code, u.idempotency_key";

    private final UsageList list;

    private EventList(UsageList list) {
        this.list = list;
    }

    static EventList of(UsageList list) {
        return new EventList(list);
    }

    Page<UsageRecord> page(Connection connection, PageRequest request) throws SQLException {
        long total = Sql.query(connection, "SELECT count(*) FROM (SELECT 1 " + from(ANY_OF_EACH) + " LIMIT ?) AS counted",
                row -> row.getLong(1), parameters(UsageList.MOST, UsageList.MOST)).get(0);
        long last = Math.min(UsageList.MOST, request.offset() + request.size());
        if (request.offset() >= Math.min(total, last)) {
            return new Page<>(List.of(), total);
        }
        return new Page<>(Sql.query(connection, "SELECT u.* " + from(LATEST_OF_EACH) + ORDER + " LIMIT ? OFFSET ?",
                UsageRecordRow::read, parameters(last, last - request.offset(), request.offset())), total);
    }

    private String from(String ofEach) {
        return list.key().isPresent() ? WITH_KEY : ofEach;
    }

    /**
     * @param most how many events of a subscription and metric are looked at
     * @param more what follows
     */
    private Object[] parameters(long most, Object... more) {
        Object subscription = list.subscription().map(SubscriptionId::value).orElse(null);
        Object metric = list.metric().map(MetricCode::value).orElse(null);
        Object from = list.from().map(EventList::roundedUp).orElse("-infinity");
        Object until = list.until().map(EventList::roundedUp).orElse("infinity");
        var parameters = new ArrayList<Object>(list.key().isPresent()
                ? Arrays.asList(list.key().get(), list.service().value(), subscription, metric, from, until)
                : Arrays.asList(metric, from, until, most, list.service().value(), subscription));
        parameters.addAll(List.of(more));
        return parameters.toArray();
    }

    /** Records are kept to the microsecond: none lies between an instant and the next microsecond. */
    private static String roundedUp(Instant instant) {
        return Sql.text(instant.plusNanos(999));
    }
}
