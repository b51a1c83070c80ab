package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Concurrent calls are put in line by two keys, first that of the link and then that of the e-mail: an insert waits for
 * another transaction that has inserted the same key, and then gives way to it. Both are taken in the order of the key, so
 * that two calls with many candidates cannot wait for each other.
 */
final class JpaCustomers implements Customers {

    private final JpaUnitOfWork unitOfWork;

    JpaCustomers(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /** A row of either key's table. */
    private record Taken(String key, UUID customer) { }

    private static final Batch<Taken> TAKEN = new Batch<Taken>()
            .text("key", Taken::key)
            .uuid("customer_id", Taken::customer);

    @Override
    public List<Customer> link(ServiceId service, List<Candidate> candidates) {
        Map<String, Candidate> first = new LinkedHashMap<>();
        candidates.forEach(candidate -> first.putIfAbsent(candidate.externalId(), candidate));
        return unitOfWork.call(() -> {
            Map<String, UUID> linked = unitOfWork.inConnection(connection -> linkAll(connection, service, first));
            Map<CustomerId, Customer> customers = findAll(linked.values().stream().map(CustomerId::new).toList());
            return candidates.stream()
                    .map(candidate -> customers.get(new CustomerId(linked.get(candidate.externalId())))).toList();
        });
    }

    private static Map<String, UUID> linkAll(Connection connection, ServiceId service, Map<String, Candidate> candidates)
            throws SQLException {
        List<Taken> wanted = candidates.values().stream()
                .map(candidate -> new Taken(candidate.externalId(), candidate.customer().id().value())).toList();
        Set<String> ours = takeLinks(connection, service, wanted);
        List<Candidate> unlinked = candidates.values().stream()
                .filter(candidate -> ours.contains(candidate.externalId())).toList();
        Map<String, UUID> owners = takeEmails(connection, unlinked);
        CustomerRow.BATCH.update(connection, """
                INSERT INTO customer (%s) SELECT * FROM %s
                """.formatted(CustomerRow.BATCH.names(), CustomerRow.BATCH.rows()),
                unlinked.stream().map(Candidate::customer).filter(customer -> owns(owners, customer)).toList());
        relink(connection, service, unlinked.stream().filter(candidate -> !owns(owners, candidate.customer()))
                .map(candidate -> new Taken(candidate.externalId(), owners.get(email(candidate)))).toList());
        return links(connection, service, wanted);
    }

    private static boolean owns(Map<String, UUID> owners, Customer customer) {
        return customer.email().map(owners::get).map(customer.id().value()::equals).orElse(true);
    }

    private static String email(Candidate candidate) {
        return candidate.customer().email().orElseThrow();
    }

    /** Links to the candidates themselves, for now. Answers the external ids that had no link. */
    private static Set<String> takeLinks(Connection connection, ServiceId service, List<Taken> wanted) throws SQLException {
        return new HashSet<>(TAKEN.query(connection, """
                INSERT INTO account_link (service_id, external_id, customer_id)
                SELECT service_id, key, customer_id FROM %s, (SELECT ?::uuid AS service_id) AS one ORDER BY key COLLATE "C"
                ON CONFLICT DO NOTHING
                RETURNING external_id
                """.formatted(TAKEN.rows()), wanted, row -> row.getString("external_id"), service.value()));
    }

    /** Answers who has each e-mail now: somebody who was there, or the first of the candidates. */
    private static Map<String, UUID> takeEmails(Connection connection, List<Candidate> candidates) throws SQLException {
        Collection<Taken> wanted = candidates.stream().filter(candidate -> candidate.customer().email().isPresent())
                .map(candidate -> new Taken(email(candidate), candidate.customer().id().value()))
                .collect(Collectors.toMap(Taken::key, Function.identity(), (first, next) -> first)).values();
        TAKEN.update(connection, """
                INSERT INTO customer_email (email, customer_id)
                SELECT key, customer_id FROM %s ORDER BY key COLLATE "C"
                ON CONFLICT DO NOTHING
                """.formatted(TAKEN.rows()), wanted);
        return byKey(TAKEN.query(connection, """
                SELECT email, e.customer_id FROM customer_email e JOIN %s ON email = key
                """.formatted(TAKEN.rows()), wanted,
                row -> new Taken(row.getString("email"), row.getObject("customer_id", UUID.class))));
    }

    private static void relink(Connection connection, ServiceId service, List<Taken> links) throws SQLException {
        TAKEN.update(connection, """
                UPDATE account_link l SET customer_id = batch.customer_id FROM %s
                WHERE l.external_id = batch.key AND l.service_id = ?
                """.formatted(TAKEN.rows()), links, service.value());
    }

    private static Map<String, UUID> links(Connection connection, ServiceId service, List<Taken> wanted)
            throws SQLException {
        return byKey(TAKEN.query(connection, """
                SELECT external_id, l.customer_id FROM account_link l JOIN %s ON l.external_id = key
                WHERE l.service_id = ?
                """.formatted(TAKEN.rows()), wanted,
                row -> new Taken(row.getString("external_id"), row.getObject("customer_id", UUID.class)), service.value()));
    }

    private static Map<String, UUID> byKey(List<Taken> taken) {
        return taken.stream().collect(Collectors.toMap(Taken::key, Taken::customer));
    }

    @Override
    public void update(Customer customer) {
        unitOfWork.inConnection(connection -> {
            CustomerRow.BATCH.update(connection, """
                    UPDATE customer SET (%1$s) = (SELECT %1$s FROM %2$s) WHERE id = ?
                    """.formatted(CustomerRow.BATCH.names(), CustomerRow.BATCH.rows()), List.of(customer),
                    customer.id().value());
            Sql.update(connection, "DELETE FROM customer_email WHERE customer_id = ?", customer.id().value());
            if (customer.email().isPresent()) {
                Sql.update(connection, """
                        INSERT INTO customer_email (email, customer_id) VALUES (?, ?)
                        ON CONFLICT (email) DO UPDATE SET customer_id = excluded.customer_id
                        """, customer.email().get(), customer.id().value());
            }
            return null;
        });
    }

    @Override
    public Optional<Customer> find(CustomerId id) {
        return unitOfWork.inSession(session -> Optional.ofNullable(session.get(CustomerRow.class, id.value())))
                .map(CustomerRow::toDomain);
    }

    @Override
    public Map<CustomerId, Customer> findAll(Collection<CustomerId> ids) {
        UUID[] wanted = ids.stream().map(CustomerId::value).distinct().toArray(UUID[]::new);
        return unitOfWork.inSession(session -> session
                .createNativeQuery("SELECT * FROM customer WHERE id = ANY(:ids)", CustomerRow.class)
                .setParameter("ids", wanted, UUID[].class).list())
                .stream().map(CustomerRow::toDomain).collect(Collectors.toMap(Customer::id, Function.identity()));
    }

    @Override
    public Optional<Customer> findLinked(ServiceId service, String externalId) {
        return unitOfWork.inSession(session -> session.createNativeQuery("""
                        SELECT c.* FROM customer c JOIN account_link l ON l.customer_id = c.id
                        WHERE l.service_id = :service AND l.external_id = :externalId
                        """, CustomerRow.class)
                .setParameter("service", service.value()).setParameter("externalId", externalId).uniqueResultOptional())
                .map(CustomerRow::toDomain);
    }

    @Override
    public Map<String, Customer> findLinked(ServiceId service, Collection<String> externalIds) {
        return unitOfWork.call(() -> {
            Map<String, UUID> linked = unitOfWork.inConnection(connection -> links(connection, service,
                    externalIds.stream().distinct().map(id -> new Taken(id, null)).toList()));
            Map<CustomerId, Customer> customers = findAll(linked.values().stream().distinct().map(CustomerId::new).toList());
            return linked.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                    link -> customers.get(new CustomerId(link.getValue()))));
        });
    }
}
