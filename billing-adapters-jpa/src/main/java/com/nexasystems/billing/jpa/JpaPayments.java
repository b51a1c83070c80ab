package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.RefundId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Whoever works on the payments of an invoice has locked the invoice. Claims, and what opens collections, lock rows without
 * that, but never wait for one that another has locked: they pass it over.
 */
final class JpaPayments implements Payments {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private static final Batch<InvoiceCollection> COLLECTION = new Batch<InvoiceCollection>()
            .uuid("invoice_id", collection -> collection.invoice().value())
            .uuid("service_id", collection -> collection.holder().service().value())
            .uuid("customer_id", collection -> collection.holder().customer().value())
            .text("state", collection -> collection.state().code())
            .integer("declined", InvoiceCollection::declined)
            .instant("dunning_from", collection -> collection.dunningFrom().orElse(null))
            .instant("next_at", collection -> collection.nextAt().orElse(null));

    /** What is left to be paid of {@code invoice i}. */
    private static final String DUE = """
            i.payable - i.paid - (SELECT coalesce(sum(n.offset_amount), 0) FROM credit_note n
                WHERE n.invoice_id = i.id AND n.offset_amount > 0
                  AND n.withdrawn < n.credit + n.refund + n.offset_amount)""";

    /** To the letter the predicate of the index {@code invoice_to_collect}, which is used only then. */
    static final String ENROL = """
            WITH found AS MATERIALIZED (
                SELECT i.subject_id, i.id, i.service_id, i.customer_id
                FROM invoice i JOIN customer c ON c.id = i.customer_id AND c.stripe_customer_id IS NOT NULL
                WHERE i.status = 'finalised' AND NOT i.enrolled AND i.payable > i.paid AND %s > 0
                  AND i.customer_id >= ?
                ORDER BY i.customer_id LIMIT ? FOR UPDATE OF i SKIP LOCKED
            ), enrolled AS (
                UPDATE invoice i SET enrolled = true FROM found WHERE i.subject_id = found.subject_id AND i.id = found.id
            )
            INSERT INTO collection (invoice_id, service_id, customer_id, state, declined, next_at)
            SELECT id, service_id, customer_id, 'open', 0, ?::timestamptz FROM found ON CONFLICT DO NOTHING
            RETURNING customer_id
            """.formatted(DUE);

    private final JpaUnitOfWork unitOfWork;
    /** Where the next page is likely to begin, so that customers who are passed over are so once; begins anew if it is not. */
    private volatile UUID enrolFrom = BEFORE_ALL;

    JpaPayments(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public int enrol(Instant now, int limit) {
        return unitOfWork.inConnection(connection -> {
            UUID from = enrolFrom;
            int opened = enrol(connection, from, limit, now);
            return opened == limit || from.equals(BEFORE_ALL) ? opened
                    : opened + enrol(connection, BEFORE_ALL, limit - opened, now);
        });
    }

    private int enrol(Connection connection, UUID from, int limit, Instant now) throws SQLException {
        List<UUID> customers = Sql.query(connection, ENROL, row -> Sql.uuid(row, "customer_id"), from, limit, Sql.text(now));
        enrolFrom = customers.size() < limit ? BEFORE_ALL : customers.get(customers.size() - 1);
        return customers.size();
    }

    @Override
    public List<InvoiceCollection> claimDue(Instant now, Instant lostAt, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                WITH due AS MATERIALIZED (
                    SELECT invoice_id, next_at FROM collection WHERE next_at <= ?::timestamptz
                    ORDER BY next_at, invoice_id LIMIT ? FOR UPDATE SKIP LOCKED
                ), claimed AS (
                    UPDATE collection c SET next_at = ?::timestamptz FROM due WHERE c.invoice_id = due.invoice_id
                    RETURNING c.*, due.next_at AS was_due
                )
                SELECT * FROM claimed ORDER BY was_due, invoice_id
                """, JpaPayments::collection, Sql.text(now), limit, Sql.text(lostAt)));
    }

    @Override
    public Optional<InvoiceCollection> collection(InvoiceId invoice) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM collection WHERE invoice_id = ?",
                JpaPayments::collection, invoice.value())).stream().findFirst();
    }

    @Override
    public Map<InvoiceId, InvoiceCollection> collections(Collection<InvoiceId> some) {
        return some.isEmpty() ? Map.of() : unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM collection WHERE invoice_id = ANY (?::uuid[])", JpaPayments::collection, ids(some))).stream()
                .collect(Collectors.toMap(InvoiceCollection::invoice, found -> found));
    }

    private static String ids(Collection<InvoiceId> some) {
        return Sql.arrayLiteral(some.stream().map(InvoiceId::value).iterator());
    }

    private static InvoiceCollection collection(ResultSet row) throws SQLException {
        return new InvoiceCollection(new InvoiceId(Sql.uuid(row, "invoice_id")), PaymentRow.holder(row),
                State.valueOf(PaymentRow.upper(row, "state")), row.getInt("declined"), Sql.instantIfAny(row, "dunning_from"),
                Sql.instantIfAny(row, "next_at"));
    }

    @Override
    public void update(InvoiceCollection collection) {
        unitOfWork.inConnection(connection -> COLLECTION.update(connection, """
                WITH given AS (SELECT * FROM %s), enrolled AS (
                    UPDATE invoice i SET enrolled = true FROM given WHERE i.id = given.invoice_id AND NOT i.enrolled)
                INSERT INTO collection (%s) SELECT * FROM given
                ON CONFLICT (invoice_id) DO UPDATE SET state = excluded.state, declined = excluded.declined,
                    dunning_from = excluded.dunning_from, next_at = excluded.next_at
                """.formatted(COLLECTION.rows(), COLLECTION.names()), List.of(collection)));
    }

    @Override
    public boolean add(Payment payment) {
        return unitOfWork.inConnection(connection -> PaymentRow.BATCH.update(connection,
                "INSERT INTO payment (%s) SELECT * FROM %s ON CONFLICT DO NOTHING"
                        .formatted(PaymentRow.BATCH.names(), PaymentRow.BATCH.rows()), List.of(payment))) == 1;
    }

    @Override
    public boolean update(Payment payment, Payment.Status expected) {
        return unitOfWork.inConnection(connection -> PaymentRow.BATCH.update(connection, """
                UPDATE payment p SET status = batch.status, charge = batch.charge, applied = batch.applied,
                       refusal_code = batch.refusal_code, refusal_message = batch.refusal_message,
                       dispute = batch.dispute, changed_at = batch.changed_at
                FROM %s WHERE p.id = batch.id AND p.status = ?
                """.formatted(PaymentRow.BATCH.rows()), List.of(payment), expected.code())) == 1;
    }

    @Override
    public Optional<Payment> find(ServiceId service, PaymentId id) {
        return payments("WHERE id = ? AND service_id = ?", id.value(), service.value()).stream().findFirst();
    }

    @Override
    public Optional<Payment> findByReference(String reference) {
        return payments("WHERE reference = ?", reference).stream().findFirst();
    }

    @Override
    public Optional<Payment> findByCharge(String charge) {
        return payments("WHERE charge = ?", charge).stream().findFirst();
    }

    @Override
    public List<Payment> of(InvoiceId invoice) {
        return payments("WHERE invoice_id = ? ORDER BY number", invoice.value());
    }

    @Override
    public Map<InvoiceId, List<Payment>> ofAll(Collection<InvoiceId> some) {
        return some.isEmpty() ? Map.of() : payments("WHERE invoice_id = ANY (?::uuid[]) ORDER BY number", ids(some)).stream()
                .collect(Collectors.groupingBy(Payment::invoice));
    }

    private List<Payment> payments(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM payment " + condition,
                PaymentRow::read, parameters));
    }

    @Override
    public Page<Payment> list(ServiceId service, Optional<CustomerId> customer, Optional<InvoiceId> invoice,
                              PageRequest request) {
        var parameters = new ArrayList<Object>(List.of(service.value()));
        var wanted = new StringBuilder("WHERE service_id = ?");
        customer.ifPresent(only -> {
            wanted.append(" AND customer_id = ?");
            parameters.add(only.value());
        });
        invoice.ifPresent(only -> {
            wanted.append(" AND invoice_id = ?");
            parameters.add(only.value());
        });
        long total = unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT count(*) FROM payment " + wanted,
                row -> row.getLong(1), parameters.toArray())).get(0);
        parameters.addAll(List.of(request.size(), request.offset()));
        return new Page<>(payments(wanted + " ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", parameters.toArray()),
                total);
    }

    @Override
    public boolean add(Refund refund) {
        return unitOfWork.inConnection(connection -> RefundRow.BATCH.update(connection,
                "INSERT INTO refund (%s) SELECT * FROM %s ON CONFLICT DO NOTHING"
                        .formatted(RefundRow.BATCH.names(), RefundRow.BATCH.rows()), List.of(refund))) == 1;
    }

    @Override
    public void update(Refund refund) {
        unitOfWork.inConnection(connection -> RefundRow.BATCH.update(connection, """
                UPDATE refund r SET status = batch.status, provider_id = batch.provider_id, failure = batch.failure,
                       next_at = batch.next_at
                FROM %s WHERE r.id = batch.id
                """.formatted(RefundRow.BATCH.rows()), List.of(refund)));
    }

    @Override
    public Optional<Refund> find(RefundId id) {
        return refunds("WHERE id = ?", id.value()).stream().findFirst();
    }

    @Override
    public Optional<Refund> findRefundByReference(String reference) {
        return refunds("WHERE reference = ?", reference).stream().findFirst();
    }

    @Override
    public List<Refund> refundsOf(PaymentId payment) {
        return refunds("WHERE payment_id = ? ORDER BY id", payment.value());
    }

    @Override
    public Map<PaymentId, List<Refund>> refundsOfAll(Collection<PaymentId> some) {
        return some.isEmpty() ? Map.of() : refunds("WHERE payment_id = ANY (?::uuid[]) ORDER BY id",
                Sql.arrayLiteral(some.stream().map(PaymentId::value).iterator())).stream()
                .collect(Collectors.groupingBy(Refund::payment));
    }

    private List<Refund> refunds(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM refund " + condition,
                RefundRow::read, parameters));
    }

    @Override
    public List<Refund> claimDueRefunds(Instant now, Instant lostAt, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                WITH due AS MATERIALIZED (
                    SELECT id, next_at FROM refund WHERE next_at <= ?::timestamptz
                    ORDER BY next_at, id LIMIT ? FOR UPDATE SKIP LOCKED
                ), claimed AS (
                    UPDATE refund r SET next_at = ?::timestamptz FROM due WHERE r.id = due.id
                    RETURNING r.*, due.next_at AS was_due
                )
                SELECT * FROM claimed ORDER BY was_due, id
                """, RefundRow::read, Sql.text(now), limit, Sql.text(lostAt)));
    }

    @Override
    public List<CreditNote> promised(Optional<CreditNoteId> after, int limit) {
        return unitOfWork.inConnection(connection -> CreditNoteRow.read(connection, """
                n WHERE n.refund_status = 'pending' AND n.id > ?
                  AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.credit_note_id = n.id)
                  AND EXISTS (SELECT 1 FROM payment p WHERE p.invoice_id = n.invoice_id AND p.method = 'provider'
                              AND p.status = 'succeeded')
                ORDER BY n.id LIMIT ?
                """, after.map(CreditNoteId::value).orElse(BEFORE_ALL), limit));
    }

    @Override
    public List<InvoiceId> settled(int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT c.invoice_id FROM collection c JOIN invoice i ON i.id = c.invoice_id
                WHERE c.state <> 'done' AND (i.status NOT IN ('finalised', 'uncollectible') OR i.payable <= i.paid
                    OR %s <= 0)
                  AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.invoice_id = c.invoice_id
                                  AND p.status IN ('asked', 'processing'))
                ORDER BY c.invoice_id LIMIT ?
                """.formatted(DUE), row -> new InvoiceId(Sql.uuid(row, "invoice_id")), limit));
    }

    /** Failed collections are found by the customer: an invoice for several subscriptions is one of their common customer. */
    @Override
    public Set<SubscriptionId> owing(Collection<SubscriptionId> subscriptions) {
        return new HashSet<>(unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT DISTINCT s.id FROM subscription s
                JOIN collection c ON c.customer_id = s.customer_id AND c.state = 'failed'
                JOIN invoice i ON i.id = c.invoice_id
                WHERE s.id = ANY (?) AND (i.subject_id = s.id OR EXISTS (SELECT 1 FROM invoice_line l
                    WHERE l.subject_id = i.subject_id AND l.invoice_id = i.id AND l.origin_id = s.id))
                """, row -> new SubscriptionId(Sql.uuid(row, "id")),
                Sql.uuids(connection, subscriptions.stream().map(SubscriptionId::value)))));
    }
}
