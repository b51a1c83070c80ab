package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collections, payments and refunds. {@code PaymentsContract} checks these rules.
 *
 * <p>PY-1 Enrolling opens a collection, due at once, for every invoice that is finalised, has something to pay that is not
 * paid yet, whose customer is known to the payment provider, and that has no collection yet; one for an invoice, also of
 * concurrent calls, at most as many at a time as asked for.
 * <p>PY-2 A claim gives collections that are due, whatever their state, the longest due first, at most as many as asked for,
 * and puts off when they are due: what is claimed by one is not claimed by another meanwhile.
 * <p>PY-3 An update replaces state, dunning and when it is due next; of a collection that is not there, it adds it.
 * <p>PY-4 A payment that was added is found by id, by reference, by the provider's charge once it has one, and among those
 * of its invoice by rising number, exactly as it was. An id, a number of an invoice, and a reference are taken once, also by
 * concurrent calls: adding another payment of them answers false and keeps nothing of it.
 * <p>PY-5 An update replaces status, charge, what is applied, refusal, dispute and when it changed; it answers false and
 * changes nothing if the status is not the one that was expected.
 * <p>PY-6 {@link #list} gives the payments of a service, or of one of its customers, or of an invoice, the newest first,
 * those of one instant by falling id, page by page, with their number.
 * <p>PY-7 A refund that was added is found by id, by reference and among those of its payment, exactly as it was. An id and
 * a reference are taken once: adding another refund of them answers false and keeps nothing of it.
 * <p>PY-8 An update of a refund replaces status, the provider's id, failure and when it is due next; of one that is not
 * there, nothing.
 * <p>PY-9 A claim of refunds gives those that are due, as PY-2 says of collections.
 * <p>PY-10 {@link #promised} gives credit notes whose refund is pending, that have no refund here, and whose invoice has a
 * payment by the provider that succeeded; by id, after the one given, at most as many as asked for.
 * <p>PY-11 {@link #settled} gives invoices whose collection is not done, that have nothing left to pay (they are paid, void,
 * or offset by credit notes), and no payment that is open; at most as many as asked for.
 * <p>PY-12 A subscription owes an invoice if it is billed by it, alone or among others, and its collection has failed.
 * <p>PY-13 What belongs to one service is not found for another.
 */
public interface Payments {

    /** @return how many collections were opened: more may be to come if it is not zero */
    int enrol(Instant now, int limit);

    /** @param lostAt when what is claimed is due again, unless it is updated before */
    List<InvoiceCollection> claimDue(Instant now, Instant lostAt, int limit);

    Optional<InvoiceCollection> collection(InvoiceId invoice);

    /** Of some invoices; what is not collected is left out. */
    default Map<InvoiceId, InvoiceCollection> collections(Collection<InvoiceId> some) {
        return some.stream().distinct().flatMap(id -> collection(id).stream())
                .collect(Collectors.toMap(InvoiceCollection::invoice, found -> found));
    }

    void update(InvoiceCollection collection);

    boolean add(Payment payment);

    boolean update(Payment payment, Payment.Status expected);

    Optional<Payment> find(ServiceId service, PaymentId id);

    Optional<Payment> findByReference(String reference);

    Optional<Payment> findByCharge(String charge);

    List<Payment> of(InvoiceId invoice);

    /** Of some invoices, by rising number; what has no payment is left out. */
    default Map<InvoiceId, List<Payment>> ofAll(Collection<InvoiceId> some) {
        return some.stream().distinct().flatMap(id -> of(id).stream()).collect(Collectors.groupingBy(Payment::invoice));
    }

    /**
     * @param customer empty for all of the service
     * @param invoice  empty for all
     */
    Page<Payment> list(ServiceId service, Optional<CustomerId> customer, Optional<InvoiceId> invoice, PageRequest request);

    boolean add(Refund refund);

    void update(Refund refund);

    Optional<Refund> find(RefundId id);

    Optional<Refund> findRefundByReference(String reference);

    List<Refund> refundsOf(PaymentId payment);

    /** Of some payments; what has no refund is left out. */
    default Map<PaymentId, List<Refund>> refundsOfAll(Collection<PaymentId> some) {
        return some.stream().distinct().flatMap(id -> refundsOf(id).stream())
                .collect(Collectors.groupingBy(Refund::payment));
    }

    /** @param lostAt when what is claimed is due again, unless it is updated before */
    List<Refund> claimDueRefunds(Instant now, Instant lostAt, int limit);

    /** @param after the last one of the page before; empty for the first page */
    List<CreditNote> promised(Optional<CreditNoteId> after, int limit);

    /** Invoices whose collection goes on, or has failed, although there is nothing left to collect. */
    List<InvoiceId> settled(int limit);

    /** Those of some subscriptions that owe an invoice. */
    Set<SubscriptionId> owing(Collection<SubscriptionId> subscriptions);
}
