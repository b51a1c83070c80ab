package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.EventSearch;
import com.nexasystems.billing.usage.UsageRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Lists of events. Each subscription and metric is looked at in the order of its index, no further than the page needs. */
final class EventList {

    private static final String EACH = """
            FROM subscription s CROSS JOIN unnest(?::text[]) AS m (code) CROSS JOIN LATERAL (
                SELECT * FROM usage_record u
                WHERE u.subscription_id = s.id AND u.metric_code = m.code COLLATE "C" AND u.end_at IS NULL
                    AND u.start_at >= ?::timestamptz AND u.start_at < ?::timestamptz
                %s LIMIT ?) AS found
            WHERE s.service_id = ? AND s.id = coalesce(?::uuid, s.id)
            """;

    private static final String PAGE = "SELECT found.* " + EACH.formatted("ORDER BY u.start_at DESC, u.idempotency_key")
            + "ORDER BY start_at DESC, subscription_id, metric_code, idempotency_key LIMIT ? OFFSET ?";

    private static final String COUNT = "SELECT count(*) FROM (SELECT 1 " + EACH.formatted("") + "LIMIT ?) AS counted";

    private EventList() {
    }

    static Page<UsageRecord> page(Connection connection, EventSearch search, PageRequest request) throws SQLException {
        String metrics = Sql.arrayLiteral(search.metrics().stream().map(MetricCode::value).iterator());
        String from = search.from().map(EventList::roundedUp).orElse("-infinity");
        String until = search.until().map(EventList::roundedUp).orElse("infinity");
        UUID subscription = search.subscription().map(SubscriptionId::value).orElse(null);
        UUID service = search.service().value();
        int last = (int) Math.min(EventSearch.MOST, request.offset() + request.size());
        int size = (int) Math.max(0, last - request.offset());
        long total = Sql.query(connection, COUNT, row -> row.getLong(1), metrics, from, until, EventSearch.MOST, service,
                subscription, EventSearch.MOST).get(0);
        List<UsageRecord> items = size == 0 ? List.of() : Sql.query(connection, PAGE, UsageRecordRow::read, metrics, from,
                until, last, service, subscription, size, request.offset());
        return new Page<>(items, total);
    }

    /** Records are kept to the microsecond: none lies between an instant and the next microsecond. */
    private static String roundedUp(Instant instant) {
        return Sql.text(instant.plusNanos(999));
    }
}
