package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.query.NativeQuery;

/**
 * Locks are rows of {@code subscription}: {@code FOR UPDATE} claims one, {@code FOR KEY SHARE} holds it. Whoever waits for
 * several waits in the order of the ids, so that no two wait for each other.
 */
final class JpaSubscriptions implements Subscriptions {

    /** To the letter the predicate of the index {@code subscription_due}, which is used only then. */
    static final String IS_BILLED = "state IN (" + Arrays.stream(SubscriptionState.values())
            .filter(SubscriptionState::isBilled).map(state -> "'" + state.code() + "'").collect(Collectors.joining(", "))
            + ")";

    private static final String IS_DUE = IS_BILLED + " AND next_invoice_at <= :asOf";

    private static final String HOLD = "FOR KEY SHARE OF s";

    private static final int MOST_KNOWN = 100_000;
    private static final int LENGTH_OF_OUR_IDS = new UUID(0, 0).toString().length();

    private static final String NAMED = """
            SELECT s.id, %s, named.external_id
            FROM (SELECT unnest(?::uuid[]) AS id, NULL AS external_id
                  UNION ALL
                  SELECT subscription_id, external_id FROM subscription_name
                  WHERE service_id = ? AND external_id = ANY(?)) AS named
            JOIN subscription s ON s.id = named.id WHERE s.service_id = ? ORDER BY s.id
            """.formatted(KnownRows.version("s"));

    private static final String ON_PLAN = "FROM subscription_plan p JOIN subscription s ON s.id = p.subscription_id"
            + " WHERE p.plan_code = :plan AND :plan = ANY(s.phase_plans)";

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final Instant FIRST_OF_TIME = Instant.parse("-4000-01-01T00:00:00Z");

    private final JpaUnitOfWork unitOfWork;
    private final KnownRows<Subscription> known = new KnownRows<>(MOST_KNOWN, subscription -> subscription.id().value());

    JpaSubscriptions(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    private record Name(ServiceId service, String externalId) {

        static Name of(Subscription subscription) {
            return new Name(subscription.service(), subscription.externalId());
        }
    }

    @Override
    public List<SubscriptionId> add(List<Subscription> subscriptions) {
        Map<Name, List<Subscription>> takers = takers(subscriptions);
        return unitOfWork.inConnection(connection -> {
            Set<Name> taken = takeNames(connection, takers);
            Set<SubscriptionId> added = taken.stream().flatMap(name -> takers.get(name).stream()).map(Subscription::id)
                    .collect(Collectors.toSet());
            List<Subscription> wanted = subscriptions.stream().filter(s -> added.contains(s.id())).toList();
            SubscriptionRow.BATCH.update(connection, """
                    INSERT INTO subscription (%s) SELECT * FROM %s
                    """.formatted(SubscriptionRow.BATCH.names(), SubscriptionRow.BATCH.rows()), wanted);
            addPlans(connection, wanted);
            return wanted.stream().map(Subscription::id).toList();
        });
    }

    /** The subscriptions that can have each name, if it is free: one that is running ends the row. */
    private static Map<Name, List<Subscription>> takers(List<Subscription> subscriptions) {
        var takers = new LinkedHashMap<Name, List<Subscription>>();
        for (Subscription subscription : subscriptions) {
            List<Subscription> row = takers.computeIfAbsent(Name.of(subscription), name -> new ArrayList<>());
            if (row.isEmpty() || row.get(row.size() - 1).state() == SubscriptionState.TERMINATED) {
                row.add(subscription);
            }
        }
        return takers;
    }

    /** Whoever waits for another that takes the name sees its subscription as running, and leaves it the name. */
    private static Set<Name> takeNames(Connection connection, Map<Name, List<Subscription>> takers) throws SQLException {
        List<Subscription> last = takers.values().stream().map(row -> row.get(row.size() - 1)).toList();
        return new HashSet<>(SubscriptionRow.BATCH.query(connection, """
                INSERT INTO subscription_name (service_id, external_id, subscription_id)
                SELECT service_id, external_id, id FROM %s ORDER BY service_id, external_id COLLATE "C"
                ON CONFLICT (service_id, external_id) DO UPDATE SET subscription_id = excluded.subscription_id
                WHERE EXISTS (SELECT 1 FROM subscription
                              WHERE id = subscription_name.subscription_id AND state = 'terminated')
                RETURNING service_id, external_id
                """.formatted(SubscriptionRow.BATCH.rows()), last,
                row -> new Name(new ServiceId(row.getObject("service_id", UUID.class)), row.getString("external_id"))));
    }

    /** In the order of the ids, in which all wait: recorders of late usage update what they only hold. */
    @Override
    public void update(List<Subscription> changed) {
        List<Subscription> subscriptions = changed.stream().sorted(Comparator.comparing(Subscription::id)).toList();
        unitOfWork.inConnection(connection -> {
            addPlans(connection, subscriptions.stream().filter(subscription -> subscription.phases().size() > 1).toList());
            return SubscriptionRow.BATCH.update(connection, """
                    UPDATE subscription s SET state = batch.state, deployment = batch.deployment,
                           phase_starts = batch.phase_starts,
                           phase_plans = batch.phase_plans, phase_intervals = batch.phase_intervals,
                           phase_anchors = batch.phase_anchors, phase_usage_intervals = batch.phase_usage_intervals,
                           phase_fixed_intervals = batch.phase_fixed_intervals, phase_in_advance = batch.phase_in_advance,
                           phase_paused = batch.phase_paused, trial_end = batch.trial_end, ended_at = batch.ended_at,
                           unused_time = batch.unused_time, watched = batch.watched, billed_through = batch.billed_through,
                           flat_through = batch.flat_through, last_invoice_at = batch.last_invoice_at,
                           next_invoice_at = batch.next_invoice_at
                    FROM %s WHERE s.id = batch.id
                    """.formatted(SubscriptionRow.BATCH.rows()), subscriptions);
        });
    }

    @Override
    public void advance(List<Subscription> subscriptions) {
        unitOfWork.inConnection(connection -> SubscriptionRow.ADVANCED.update(connection, """
                UPDATE subscription s SET state = batch.state, watched = batch.watched,
                       billed_through = batch.billed_through, flat_through = batch.flat_through,
                       last_invoice_at = batch.last_invoice_at, next_invoice_at = batch.next_invoice_at
                FROM %s WHERE s.id = batch.id
                """.formatted(SubscriptionRow.ADVANCED.rows()), subscriptions));
    }

    /** A plan stays there when its phase goes; whoever reads it looks at the phases, too. */
    private static void addPlans(Connection connection, List<Subscription> subscriptions) throws SQLException {
        if (!subscriptions.isEmpty()) {
            SubscriptionRow.BATCH.update(connection, """
                    INSERT INTO subscription_plan (plan_code, customer_id, subscription_id)
                    SELECT DISTINCT unnest(phase_plans), customer_id, id FROM %s ON CONFLICT DO NOTHING
                    """.formatted(SubscriptionRow.BATCH.rows()), subscriptions);
        }
    }

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return unitOfWork.inSession(session -> Optional.ofNullable(session.get(SubscriptionRow.class, id.value())))
                .map(SubscriptionRow::toDomain);
    }

    @Override
    public Page<Subscription> search(SubscriptionSearch search, PageRequest request) {
        var where = new StringBuilder("WHERE service_id = :service AND state = ANY (:states)");
        var parameters = new HashMap<String, Object>(Map.of("service", search.service().value(),
                "states", search.states().stream().map(SubscriptionState::code).toArray(String[]::new)));
        search.customer().ifPresent(customer -> {
            where.append(" AND customer_id = :customer");
            parameters.put("customer", customer.value());
        });
        search.externalId().ifPresent(name -> {
            where.append(" AND external_id = :name");
            parameters.put("name", name);
        });
        if (!search.plans().isEmpty()) {
            where.append(" AND phase_plans && CAST(:plans AS text[])");
            parameters.put("plans", search.plans().stream().map(PlanCode::value).toArray(String[]::new));
        }
        return unitOfWork.inSession(session -> {
            var count = session.createNativeQuery("SELECT count(*) FROM subscription " + where, Long.class);
            parameters.forEach(count::setParameter);
            var rows = session.createNativeQuery("SELECT * FROM subscription " + where
                    + " ORDER BY id DESC LIMIT :most OFFSET :offset", SubscriptionRow.class);
            parameters.forEach(rows::setParameter);
            rows.setParameter("most", request.size()).setParameter("offset", request.offset());
            return new Page<>(rows.list().stream().map(SubscriptionRow::toDomain).toList(), count.getSingleResult());
        });
    }

    @Override
    public List<Subscription> findAll(Collection<SubscriptionId> ids) {
        return byId(ids, "");
    }

    @Override
    public List<Subscription> claim(Collection<SubscriptionId> ids) {
        return byId(ids, "FOR UPDATE");
    }

    private List<Subscription> byId(Collection<SubscriptionId> ids, String lock) {
        if (ids.isEmpty()) {
            return List.of();
        }
        UUID[] wanted = ids.stream().map(SubscriptionId::value).distinct().toArray(UUID[]::new);
        return unitOfWork.inSession(session -> session
                .createNativeQuery("SELECT * FROM subscription WHERE id = ANY(:ids) ORDER BY id " + lock,
                        SubscriptionRow.class)
                .setParameter("ids", wanted, UUID[].class).list()).stream().map(SubscriptionRow::toDomain).toList();
    }

    @Override
    public Map<String, Subscription> resolve(ServiceId service, Collection<String> references) {
        return named(service, references, "");
    }

    /** A subscription as one of the references named it. */
    private record Named(UUID id, String version, String name) { }

    /** What the references name: the lock is taken in the order of the ids, whatever named them. */
    private Map<String, Subscription> named(ServiceId service, Collection<String> references, String lock) {
        if (references.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = references.stream().flatMap(reference -> ourId(reference).stream()).toArray(UUID[]::new);
        List<Named> rows = unitOfWork.inConnection(connection -> Sql.query(connection, NAMED + lock,
                row -> new Named(row.getObject(1, UUID.class), row.getString(2), row.getString(3)),
                connection.createArrayOf("uuid", ids), service.value(),
                connection.createArrayOf("text", references.toArray()), service.value()));
        var versions = new HashMap<UUID, String>();
        rows.forEach(row -> versions.put(row.id, row.version));
        Map<UUID, Subscription> found = known.get(versions,
                unknown -> findAll(unknown.stream().map(SubscriptionId::new).toList()));
        var byId = new HashMap<UUID, Subscription>();
        var resolved = new HashMap<String, Subscription>();
        for (Named row : rows) {
            if (row.name == null) {
                byId.put(row.id, found.get(row.id));
            } else {
                resolved.put(row.name, found.get(row.id));
            }
        }
        // Our id goes before a service's own that happens to look like it.
        references.forEach(reference -> ourId(reference).map(byId::get)
                .ifPresent(subscription -> resolved.put(reference, subscription)));
        return resolved;
    }

    private static Optional<UUID> ourId(String reference) {
        if (reference.length() != LENGTH_OF_OUR_IDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(reference));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Looks again when one has ended: while it waited for that, its name may have passed to another subscription. */
    @Override
    public Map<String, Subscription> hold(ServiceId service, Collection<String> references) {
        return unitOfWork.call(() -> {
            Map<String, Subscription> held = named(service, references, HOLD);
            while (held.values().stream().anyMatch(s -> s.state() == SubscriptionState.TERMINATED)
                    && !held.equals(resolve(service, references))) {
                held = named(service, references, HOLD);
            }
            return held;
        });
    }

    @Override
    public List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
        return unitOfWork.call(() -> whenHeld == WhenHeld.SKIP
                ? due("*", "FOR UPDATE SKIP LOCKED", SubscriptionRow.class, asOf, after).setParameter("most", limit).list()
                        .stream().map(SubscriptionRow::toDomain).sorted(Comparator.comparing(Cursor::of)).toList()
                : claimWaiting(asOf, after, limit));
    }

    /**
     * Looks first and waits then, in the order of the ids. What was changed meanwhile is left out: it is due no longer, or
     * later, and then comes with a later page. A page of which nothing is left is passed over.
     */
    private List<Subscription> claimWaiting(Instant asOf, Optional<Cursor> after, int limit) {
        Optional<Cursor> from = after;
        while (true) {
            List<Cursor> page = due("next_invoice_at, id", "", Object[].class, asOf, from).setParameter("most", limit)
                    .list().stream().map(JpaSubscriptions::cursor).toList();
            Set<Cursor> seen = new HashSet<>(page);
            List<Subscription> claimed = claim(page.stream().map(Cursor::id).toList()).stream()
                    .filter(s -> s.state().isBilled() && s.nextInvoiceAt().isPresent() && seen.contains(Cursor.of(s)))
                    .sorted(Comparator.comparing(Cursor::of)).toList();
            if (page.isEmpty() || !claimed.isEmpty()) {
                return claimed;
            }
            from = Optional.of(page.get(page.size() - 1));
        }
    }

    private static Cursor cursor(Object[] row) {
        return new Cursor((Instant) row[0], new SubscriptionId((UUID) row[1]));
    }

    private <T> NativeQuery<T> due(String columns, String lock, Class<T> type, Instant asOf, Optional<Cursor> after) {
        return unitOfWork.inSession(session -> session.createNativeQuery("SELECT " + columns + " FROM subscription WHERE "
                        + IS_DUE + " AND (next_invoice_at, id) > (:afterDue, :afterId)"
                        + " ORDER BY next_invoice_at, id LIMIT :most " + lock, type)
                .setParameter("asOf", asOf)
                .setParameter("afterDue", after.map(Cursor::due).orElse(FIRST_OF_TIME))
                .setParameter("afterId", after.map(cursor -> cursor.id().value()).orElse(BEFORE_ALL)));
    }

    @Override
    public long countDue(Instant asOf) {
        return unitOfWork.inSession(session -> session
                .createNativeQuery("SELECT count(*) FROM subscription WHERE " + IS_DUE, Long.class)
                .setParameter("asOf", asOf).uniqueResult());
    }

    @Override
    public List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit) {
        return unitOfWork.inSession(session -> session.createNativeQuery("SELECT s.* " + ON_PLAN
                        + " AND (p.customer_id, p.subscription_id) > (:afterCustomer, :afterId)"
                        + " ORDER BY p.customer_id, p.subscription_id LIMIT :most", SubscriptionRow.class)
                .setParameter("plan", plan.value())
                .setParameter("afterCustomer", after.map(cursor -> cursor.customer().value()).orElse(BEFORE_ALL))
                .setParameter("afterId", after.map(cursor -> cursor.id().value()).orElse(BEFORE_ALL))
                .setParameter("most", limit).list()).stream().map(SubscriptionRow::toDomain).toList();
    }

    @Override
    public long countOnPlan(PlanCode plan) {
        return unitOfWork.inSession(session -> session.createNativeQuery("SELECT count(*) " + ON_PLAN, Long.class)
                .setParameter("plan", plan.value()).uniqueResult());
    }
}
