package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.Payments;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.RefundId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

final class MemoryPayments implements Payments {

    private static final Comparator<Payment> NEWEST_FIRST = Comparator.comparing(Payment::createdAt)
            .thenComparing(payment -> payment.id().toString()).reversed();
    private static final Comparator<InvoiceCollection> LONGEST_DUE = Comparator
            .comparing((InvoiceCollection collection) -> collection.nextAt().orElseThrow())
            .thenComparing(collection -> collection.invoice().toString());
    private static final Comparator<Refund> LONGEST_DUE_REFUND = Comparator
            .comparing((Refund refund) -> refund.nextAt().orElseThrow()).thenComparing(refund -> refund.id().toString());

    private final Memory memory;
    private final Customers customers;
    private final MemoryInvoices invoices;
    private final MemoryCreditNotes notes;
    private final Map<InvoiceId, InvoiceCollection> collections = new LinkedHashMap<>();
    private final Map<PaymentId, Payment> payments = new LinkedHashMap<>();
    private final Map<RefundId, Refund> refunds = new LinkedHashMap<>();

    MemoryPayments(Memory memory, Customers customers, MemoryInvoices invoices, MemoryCreditNotes notes) {
        this.memory = memory;
        this.customers = customers;
        this.invoices = invoices;
        this.notes = notes;
    }

    @Override
    public int enrol(Instant now, int limit) {
        return memory.call(() -> {
            List<Invoice> open = invoices.all().filter(invoice -> !collections.containsKey(invoice.id()))
                    .filter(this::isToBeCollected).limit(limit).toList();
            open.forEach(invoice -> update(InvoiceCollection.of(invoice, now)));
            return open.size();
        });
    }

    private boolean isToBeCollected(Invoice invoice) {
        return invoice.status() == InvoiceStatus.FINALISED && isOpen(invoice)
                && customers.find(invoice.customer()).flatMap(Customer::stripeCustomerId).isPresent();
    }

    private boolean isOpen(Invoice invoice) {
        Money offset = notes.of(invoice.id()).stream().filter(note -> !note.isUndone()).map(note -> note.given().offset())
                .reduce(Money.zero(invoice.currency()), Money::plus);
        return invoice.status().isUnpaid() && invoice.payable().minus(invoice.paid()).compareTo(offset) > 0;
    }

    @Override
    public List<InvoiceCollection> claimDue(Instant now, Instant lostAt, int limit) {
        return memory.call(() -> {
            List<InvoiceCollection> due = collections.values().stream()
                    .filter(collection -> isDue(collection.nextAt(), now)).sorted(LONGEST_DUE).limit(limit)
                    .map(collection -> collection.claimedUntil(lostAt)).toList();
            due.forEach(this::update);
            return due;
        });
    }

    private static boolean isDue(Optional<Instant> next, Instant now) {
        return next.filter(at -> !at.isAfter(now)).isPresent();
    }

    @Override
    public Optional<InvoiceCollection> collection(InvoiceId invoice) {
        return memory.call(() -> Optional.ofNullable(collections.get(invoice)));
    }

    @Override
    public void update(InvoiceCollection collection) {
        memory.run(() -> memory.put(collections, collection.invoice(), collection));
    }

    @Override
    public boolean add(Payment payment) {
        return memory.call(() -> {
            boolean isNew = payments.values().stream().noneMatch(known -> known.id().equals(payment.id())
                    || known.reference().equals(payment.reference())
                    || known.invoice().equals(payment.invoice()) && known.number() == payment.number());
            if (isNew) {
                memory.put(payments, payment.id(), payment);
            }
            return isNew;
        });
    }

    @Override
    public boolean update(Payment payment, Payment.Status expected) {
        return memory.call(() -> {
            Payment before = payments.get(payment.id());
            if (before == null || before.status() != expected) {
                return false;
            }
            memory.put(payments, payment.id(), before.as(payment));
            return true;
        });
    }

    @Override
    public Optional<Payment> find(ServiceId service, PaymentId id) {
        return first(payment -> payment.id().equals(id) && payment.holder().service().equals(service));
    }

    @Override
    public Optional<Payment> findByReference(String reference) {
        return first(payment -> payment.reference().equals(reference));
    }

    @Override
    public Optional<Payment> findByCharge(String charge) {
        return first(payment -> payment.charge().equals(Optional.of(charge)));
    }

    private Optional<Payment> first(Predicate<Payment> wanted) {
        return memory.call(() -> payments.values().stream().filter(wanted).findFirst());
    }

    @Override
    public List<Payment> of(InvoiceId invoice) {
        return memory.call(() -> payments.values().stream().filter(payment -> payment.invoice().equals(invoice))
                .sorted(Comparator.comparing(Payment::number)).toList());
    }

    @Override
    public Page<Payment> list(ServiceId service, Optional<CustomerId> customer, Optional<InvoiceId> invoice,
                              PageRequest request) {
        return memory.call(() -> Page.of(payments.values().stream()
                .filter(payment -> payment.holder().service().equals(service)
                        && customer.map(payment.holder().customer()::equals).orElse(true)
                        && invoice.map(payment.invoice()::equals).orElse(true))
                .sorted(NEWEST_FIRST).toList(), request));
    }

    @Override
    public boolean add(Refund refund) {
        return memory.call(() -> {
            boolean isNew = refunds.values().stream().noneMatch(known -> known.id().equals(refund.id())
                    || known.reference().equals(refund.reference()));
            if (isNew) {
                memory.put(refunds, refund.id(), refund);
            }
            return isNew;
        });
    }

    @Override
    public void update(Refund refund) {
        memory.run(() -> Optional.ofNullable(refunds.get(refund.id())).ifPresent(before -> memory.put(refunds, before.id(),
                before.in(refund.status(), refund.providerId(), refund.failure(), refund.nextAt()))));
    }

    @Override
    public Optional<Refund> find(RefundId id) {
        return memory.call(() -> Optional.ofNullable(refunds.get(id)));
    }

    @Override
    public Optional<Refund> findRefundByReference(String reference) {
        return memory.call(() -> refunds.values().stream().filter(refund -> refund.reference().equals(reference))
                .findFirst());
    }

    @Override
    public List<Refund> refundsOf(PaymentId payment) {
        return memory.call(() -> refunds.values().stream().filter(refund -> refund.payment().equals(payment))
                .sorted(Comparator.comparing(refund -> refund.id().toString())).toList());
    }

    @Override
    public List<Refund> claimDueRefunds(Instant now, Instant lostAt, int limit) {
        return memory.call(() -> {
            List<Refund> due = refunds.values().stream().filter(refund -> isDue(refund.nextAt(), now))
                    .sorted(LONGEST_DUE_REFUND).limit(limit).map(refund -> refund.claimedUntil(lostAt)).toList();
            due.forEach(this::update);
            return due;
        });
    }

    @Override
    public List<CreditNote> promised(Optional<CreditNoteId> after, int limit) {
        return memory.call(() -> notes.all()
                .filter(note -> note.refund().equals(Optional.of(RefundStatus.PENDING)))
                .filter(note -> refunds.values().stream().noneMatch(refund -> refund.note().equals(Optional.of(note.id()))))
                .filter(note -> of(note.invoice()).stream().anyMatch(Payment::isCollected))
                .filter(note -> after.isEmpty() || note.id().toString().compareTo(after.get().toString()) > 0)
                .sorted(Comparator.comparing(note -> note.id().toString()))
                .limit(limit).toList());
    }

    @Override
    public List<InvoiceId> settled(int limit) {
        return memory.call(() -> collections.values().stream().filter(collection -> collection.state() != State.DONE)
                .map(InvoiceCollection::invoice).filter(id -> !isOpen(invoices.find(id).orElseThrow()))
                .filter(id -> of(id).stream().noneMatch(payment -> payment.status().isOpen()))
                .sorted(Comparator.comparing(InvoiceId::toString)).limit(limit).toList());
    }

    @Override
    public Set<SubscriptionId> owing(Collection<SubscriptionId> subscriptions) {
        return memory.call(() -> collections.values().stream().filter(collection -> collection.state() == State.FAILED)
                .flatMap(collection -> invoices.find(collection.invoice()).orElseThrow().subscriptions().stream())
                .filter(subscriptions::contains).collect(Collectors.toSet()));
    }
}
