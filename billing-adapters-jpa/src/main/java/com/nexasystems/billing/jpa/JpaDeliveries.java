package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Deliveries;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.EndpointId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A queue in the database: whoever takes something passes over what others have locked. Who must wait for several rows locks
 * them in the order of their primary key.
 */
final class JpaDeliveries implements Deliveries {

    private static final int BOUND = 5_000;

    private static final String TAKE_NEW = """
            WITH first AS MATERIALIZED (
                SELECT subscription_id, sequence FROM webhook_outbox ORDER BY at, subscription_id, sequence
                LIMIT ? FOR UPDATE SKIP LOCKED
            ), taken AS (
                DELETE FROM webhook_outbox o USING first
                WHERE o.subscription_id = first.subscription_id AND o.sequence = first.sequence
                RETURNING o.subscription_id, o.sequence
            )
            SELECT e.* FROM taken JOIN billing_event e USING (subscription_id, sequence)
            ORDER BY e.at, e.subscription_id, e.sequence
            """;

    private static final String ADD_NEW = """
            INSERT INTO webhook_delivery (%s) SELECT * FROM %s ORDER BY endpoint_id, event_id ON CONFLICT DO NOTHING
            """.formatted(DeliveryRow.BATCH.names(), DeliveryRow.BATCH.rows());

    /**
     * Endpoints one after the other, the one first whose delivery has been due for longest, and of each some, until there are
     * enough: what waits at one is not looked at further than that.
     */
    private static final String CLAIM_DUE = """
            WITH due AS MATERIALIZED (
                SELECT d.endpoint_id, d.event_id, d.next_at FROM (
                    SELECT e.id FROM webhook_endpoint e CROSS JOIN LATERAL (
                        SELECT next_at FROM webhook_delivery WHERE endpoint_id = e.id AND state = 'pending'
                        ORDER BY next_at LIMIT 1) AS head
                    WHERE e.disabled_at IS NULL AND head.next_at <= ?::timestamptz AND NOT e.id = ANY (?)
                    ORDER BY head.next_at, e.id LIMIT ?) AS endpoint
                CROSS JOIN LATERAL (
                    SELECT endpoint_id, event_id, next_at FROM webhook_delivery
                    WHERE endpoint_id = endpoint.id AND state = 'pending' AND next_at <= ?::timestamptz
                    ORDER BY next_at, id LIMIT ? FOR UPDATE SKIP LOCKED) AS d
                LIMIT ?
            ), claimed AS (
                UPDATE webhook_delivery d SET next_at = ?::timestamptz FROM due
                WHERE d.endpoint_id = due.endpoint_id AND d.event_id = due.event_id
                RETURNING d.*, due.next_at AS was_due
            )
            SELECT * FROM claimed ORDER BY was_due, id
            """;

    /**
     * Row by row by their ids, however large the table is: LATERAL, so that it is never gone through as a whole; and the state
     * is compared where no index of states could seem the better way.
     */
    private static final String RECORD = """
            WITH given AS (SELECT * FROM %s ORDER BY endpoint_id, event_id), there AS MATERIALIZED (
                SELECT given.id, given.state, given.tries, given.next_at, given.ended_at, given.at, given.took_millis,
                       given.status, given.detail, before.endpoint_id, before.event_id,
                       before.state = 'pending' AND before.tries = given.tries - 1 AS expected
                FROM given CROSS JOIN LATERAL (
                    SELECT d.endpoint_id, d.event_id, d.state, d.tries FROM webhook_delivery d WHERE d.id = given.id
                    FOR UPDATE) AS before
            ), kept AS (
                INSERT INTO webhook_attempt (delivery_id, at, took_millis, status, detail)
                SELECT id, at, took_millis, status, detail FROM there
            )
            UPDATE webhook_delivery d
            SET state = there.state, tries = there.tries, next_at = there.next_at, ended_at = there.ended_at
            FROM there
            WHERE d.endpoint_id = there.endpoint_id AND d.event_id = there.event_id AND there.expected
            """.formatted(DeliveryRow.OUTCOMES.rows());

    private static final String AGAIN = """
            WITH wanted AS MATERIALIZED (
                SELECT endpoint_id, event_id FROM webhook_delivery WHERE %s AND state <> 'pending'
                ORDER BY endpoint_id, event_id FOR UPDATE)
            UPDATE webhook_delivery d SET state = 'pending', tries = 0, next_at = ?::timestamptz, ended_at = NULL
            FROM wanted WHERE d.endpoint_id = wanted.endpoint_id AND d.event_id = wanted.event_id
            """;

    private final JpaUnitOfWork unitOfWork;

    JpaDeliveries(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public List<Sequenced> takeNew(int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, TAKE_NEW, JpaEventLog::read, limit));
    }

    /** Holds the endpoints, so that whoever removes one waits, and finds what was added. */
    @Override
    public void add(List<Delivery> deliveries) {
        unitOfWork.inConnection(connection -> {
            Set<UUID> held = new HashSet<>(Sql.query(connection,
                    "SELECT id FROM webhook_endpoint WHERE id = ANY (?) ORDER BY id FOR KEY SHARE",
                    row -> Sql.uuid(row, "id"), Sql.uuids(connection,
                    deliveries.stream().map(delivery -> delivery.endpoint().value()).distinct())));
            List<Delivery> wanted = deliveries.stream().filter(delivery -> held.contains(delivery.endpoint().value())).toList();
            return DeliveryRow.BATCH.copyNew(connection, "webhook_delivery", wanted)
                    ? wanted.size() : DeliveryRow.BATCH.update(connection, ADD_NEW, wanted);
        });
    }

    @Override
    public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint, int limit) {
        String due = Sql.text(now);
        return unitOfWork.inConnection(connection -> Sql.query(connection, CLAIM_DUE, DeliveryRow::read, due,
                Sql.uuids(connection, busy.stream().map(EndpointId::value)), limit, due, perEndpoint, limit,
                Sql.text(lostAt)));
    }

    @Override
    public void record(List<Outcome> outcomes) {
        unitOfWork.inConnection(connection -> DeliveryRow.OUTCOMES.update(connection, RECORD, outcomes));
    }

    @Override
    public Optional<Delivery> find(ServiceId service, DeliveryId id) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM webhook_delivery WHERE id = ? AND service_id = ?", DeliveryRow::read, id.value(),
                service.value())).stream().findFirst();
    }

    @Override
    public List<DeliveryAttempt> attempts(DeliveryId id) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM webhook_attempt WHERE delivery_id = ? ORDER BY at, place", DeliveryRow::readAttempt,
                id.value()));
    }

    @Override
    public Page<Delivery> search(DeliverySearch search, PageRequest request) {
        var parameters = new ArrayList<Object>();
        String condition = condition(search, parameters);
        return unitOfWork.inConnection(connection -> {
            long total = Sql.query(connection, "SELECT count(*) FROM webhook_delivery WHERE " + condition,
                    row -> row.getLong(1), parameters.toArray()).get(0);
            parameters.addAll(List.of(request.size(), request.offset()));
            return new Page<>(Sql.query(connection, "SELECT * FROM webhook_delivery WHERE " + condition
                    + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", DeliveryRow::read, parameters.toArray()), total);
        });
    }

    /** States and types stand in it to the letter: the index of dead letters is used only then. */
    private static String condition(DeliverySearch search, List<Object> parameters) {
        var condition = new StringBuilder("service_id = ?");
        parameters.add(search.service().value());
        search.endpoint().ifPresent(endpoint -> and(condition, "endpoint_id = ?", parameters, endpoint.value()));
        if (search.states().size() < Delivery.State.values().length) {
            condition.append(search.states().stream().map(state -> " OR state = '" + state.code() + "'").sorted()
                    .collect(Collectors.joining("", " AND (false", ")")));
        }
        if (!search.types().isEmpty()) {
            condition.append(search.types().stream().map(type -> "'" + type.code() + "'").sorted()
                    .collect(Collectors.joining(", ", " AND type IN (", ")")));
        }
        search.from().ifPresent(from -> and(condition, "created_at >= ?::timestamptz", parameters, roundedUp(from)));
        search.until().ifPresent(until -> and(condition, "created_at < ?::timestamptz", parameters, roundedUp(until)));
        return condition.toString();
    }

    private static void and(StringBuilder condition, String more, List<Object> parameters, Object value) {
        condition.append(" AND ").append(more);
        parameters.add(value);
    }

    /** Deliveries are kept to the microsecond: none lies between an instant and the next microsecond. */
    private static String roundedUp(Instant instant) {
        return Sql.text(instant.plusNanos(999));
    }

    @Override
    public boolean sendAgain(ServiceId service, DeliveryId id, Instant now) {
        return unitOfWork.inConnection(connection -> Sql.update(connection, AGAIN.formatted("service_id = ? AND id = ?"),
                service.value(), id.value(), Sql.text(now))) == 1;
    }

    @Override
    public int sendAgain(DeliverySearch search, Instant now) {
        var parameters = new ArrayList<Object>();
        String again = AGAIN.formatted(condition(search, parameters));
        parameters.add(Sql.text(now));
        return unitOfWork.inConnection(connection -> Sql.update(connection, again, parameters.toArray()));
    }

    @Override
    public int forget(Instant olderThan) {
        return unitOfWork.inConnection(connection -> {
            List<UUID> old = Sql.query(connection, """
                    SELECT id FROM webhook_delivery WHERE state <> 'pending' AND ended_at < ?::timestamptz
                    ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED
                    """, row -> Sql.uuid(row, "id"), roundedUp(olderThan), BOUND);
            remove(connection, old);
            return old.size();
        });
    }

    /** Those of an endpoint that nobody adds any to; some at a time. */
    static void removeAll(Connection connection, EndpointId endpoint) throws SQLException {
        List<UUID> some;
        do {
            some = Sql.query(connection, """
                    SELECT id FROM webhook_delivery WHERE endpoint_id = ? ORDER BY event_id LIMIT ? FOR UPDATE
                    """, row -> Sql.uuid(row, "id"), endpoint.value(), BOUND);
            remove(connection, some);
        } while (!some.isEmpty());
    }

    /** Whoever adds attempts has locked their delivery: once that is locked here, they are all there. */
    private static void remove(Connection connection, List<UUID> locked) throws SQLException {
        if (!locked.isEmpty()) {
            Array ids = Sql.uuids(connection, locked.stream());
            Sql.update(connection, "DELETE FROM webhook_attempt WHERE delivery_id = ANY (?)", ids);
            Sql.update(connection, "DELETE FROM webhook_delivery WHERE id = ANY (?)", ids);
        }
    }
}
