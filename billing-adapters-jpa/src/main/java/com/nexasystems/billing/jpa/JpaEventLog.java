package com.nexasystems.billing.jpa;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

final class JpaEventLog implements EventLog {

    private static final Batch<Sequenced> BATCH = new Batch<Sequenced>()
            .uuid("subscription_id", sequenced -> sequenced.event().subscription())
            .bigint("sequence", Sequenced::sequence)
            .uuid("id", sequenced -> sequenced.event().id())
            .text("type", sequenced -> sequenced.event().type().code())
            .uuid("service_id", sequenced -> sequenced.event().service().value())
            .instant("at", sequenced -> sequenced.event().at())
            .texts("data_names", sequenced -> sequenced.event().data().keySet())
            .texts("data_values", sequenced -> sequenced.event().data().values());

    private record Count(UUID subscription, long events) { }

    private static final Batch<Count> COUNTS = new Batch<Count>()
            .uuid("subscription_id", Count::subscription)
            .bigint("events", Count::events);

    private static final Map<String, EventType> TYPES = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(EventType::code, Function.identity()));

    private final JpaUnitOfWork unitOfWork;

    JpaEventLog(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void append(List<BillingEvent> events) {
        unitOfWork.inConnection(connection -> {
            Map<UUID, Long> last = advance(connection, events);
            return BATCH.update(connection, """
                    INSERT INTO billing_event (%s) SELECT * FROM %s
                    """.formatted(BATCH.names(), BATCH.rows()), sequenced(events, last));
        });
    }

    /** Answers the last number each subscription had before. Its counter stays locked until the unit of work has ended. */
    private static Map<UUID, Long> advance(Connection connection, List<BillingEvent> events) throws SQLException {
        Map<UUID, Long> counts = events.stream()
                .collect(Collectors.groupingBy(BillingEvent::subscription, Collectors.counting()));
        return COUNTS.query(connection, """
                INSERT INTO event_counter AS counter (subscription_id, last)
                SELECT subscription_id, events FROM %s ORDER BY subscription_id
                ON CONFLICT (subscription_id) DO UPDATE SET last = counter.last + excluded.last
                RETURNING subscription_id, last
                """.formatted(COUNTS.rows()),
                counts.entrySet().stream().map(entry -> new Count(entry.getKey(), entry.getValue())).toList(),
                row -> new Count(row.getObject("subscription_id", UUID.class), row.getLong("last"))).stream()
                .collect(Collectors.toMap(Count::subscription, now -> now.events - counts.get(now.subscription)));
    }

    private static List<Sequenced> sequenced(List<BillingEvent> events, Map<UUID, Long> before) {
        var last = new HashMap<>(before);
        return events.stream()
                .map(event -> new Sequenced(last.merge(event.subscription(), 1L, Long::sum), event)).toList();
    }

    @Override
    public List<Sequenced> of(UUID subscription) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM billing_event WHERE subscription_id = ? ORDER BY sequence", JpaEventLog::read, subscription));
    }

    private static Sequenced read(ResultSet row) throws SQLException {
        return new Sequenced(row.getLong("sequence"), new BillingEvent(row.getObject("id", UUID.class),
                TYPES.get(row.getString("type")), new ServiceId(row.getObject("service_id", UUID.class)),
                row.getObject("subscription_id", UUID.class), Sql.instant(row, "at"),
                Texts.map(Sql.texts(row, "data_names"), Sql.texts(row, "data_values"))));
    }
}
