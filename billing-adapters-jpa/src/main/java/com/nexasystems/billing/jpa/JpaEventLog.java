package com.nexasystems.billing.jpa;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
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

    private static final Map<String, EventType> TYPES = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(EventType::code, Function.identity()));

    private final JpaUnitOfWork unitOfWork;

    JpaEventLog(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /** Goes on after the last number that it sees. Whoever took the next one meanwhile is seen by the second look. */
    @Override
    public void append(List<BillingEvent> events) {
        List<BillingEvent> sorted = events.stream()
                .sorted(Comparator.comparing(event -> new SubscriptionId(event.subscription()))).toList();
        unitOfWork.inConnection(connection -> {
            boolean appended;
            do {
                appended = BATCH.copyNew(connection, "billing_event", sequenced(sorted, last(connection, sorted)));
            } while (!appended);
            return null;
        });
    }

    private static Map<UUID, Long> last(Connection connection, List<BillingEvent> events) throws SQLException {
        UUID[] subscriptions = events.stream().map(BillingEvent::subscription).distinct().toArray(UUID[]::new);
        Map<UUID, Long> last = new HashMap<>();
        Sql.query(connection, """
                SELECT wanted.id, (SELECT max(e.sequence) FROM billing_event e WHERE e.subscription_id = wanted.id)
                FROM unnest(?::uuid[]) AS wanted(id)
                """, row -> last.put(row.getObject(1, UUID.class), row.getLong(2)),
                connection.createArrayOf("uuid", subscriptions));
        return last;
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
