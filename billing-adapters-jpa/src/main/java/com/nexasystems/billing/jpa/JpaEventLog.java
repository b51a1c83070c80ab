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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final Batch<Sequenced> OUTBOX = new Batch<Sequenced>()
            .uuid("subscription_id", sequenced -> sequenced.event().subscription())
            .bigint("sequence", Sequenced::sequence)
            .instant("at", sequenced -> sequenced.event().at());

    static final Map<String, EventType> TYPES = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(EventType::code, Function.identity()));

    private final JpaUnitOfWork unitOfWork;

    JpaEventLog(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /** Where a batch goes on, and whom its events are kept for: looked up by one statement, whatever is in the batch. */
    private record Ahead(Map<UUID, Long> last, Set<ServiceId> told) { }

    /** Goes on after the last number that it sees. Whoever took the next one meanwhile is seen by the second look. */
    @Override
    public void append(List<BillingEvent> events) {
        List<BillingEvent> sorted = events.stream()
                .sorted(Comparator.comparing(event -> new SubscriptionId(event.subscription()))).toList();
        unitOfWork.inConnection(connection -> {
            boolean appended;
            do {
                Ahead ahead = ahead(connection, sorted);
                List<Sequenced> sequenced = sequenced(sorted, ahead.last);
                appended = BATCH.copyNew(connection, "billing_event", sequenced);
                if (appended) {
                    OUTBOX.copy(connection, "webhook_outbox", sequenced.stream()
                            .filter(one -> ahead.told.contains(one.event().service())).toList());
                }
            } while (!appended);
            return null;
        });
    }

    private static Ahead ahead(Connection connection, List<BillingEvent> events) throws SQLException {
        UUID[] subscriptions = events.stream().map(BillingEvent::subscription).distinct().toArray(UUID[]::new);
        UUID[] services = events.stream().map(event -> event.service().value()).distinct().toArray(UUID[]::new);
        Map<UUID, Long> last = new HashMap<>();
        Set<ServiceId> told = new HashSet<>();
        Sql.query(connection, """
                SELECT false, wanted.id, (SELECT max(e.sequence) FROM billing_event e WHERE e.subscription_id = wanted.id)
                FROM unnest(?::uuid[]) AS wanted(id)
                UNION ALL
                SELECT true, service_id, 0 FROM webhook_endpoint WHERE service_id = ANY (?)
                """, row -> row.getBoolean(1) ? told.add(new ServiceId(row.getObject(2, UUID.class)))
                        : last.put(row.getObject(2, UUID.class), row.getLong(3)),
                connection.createArrayOf("uuid", subscriptions), connection.createArrayOf("uuid", services));
        return new Ahead(last, told);
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

    static Sequenced read(ResultSet row) throws SQLException {
        return new Sequenced(row.getLong("sequence"), new BillingEvent(row.getObject("id", UUID.class),
                TYPES.get(row.getString("type")), new ServiceId(row.getObject("service_id", UUID.class)),
                row.getObject("subscription_id", UUID.class), Sql.instant(row, "at"),
                Texts.map(Sql.texts(row, "data_names"), Sql.texts(row, "data_values"))));
    }
}
