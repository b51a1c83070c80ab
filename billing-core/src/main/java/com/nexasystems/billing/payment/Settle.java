package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.ApplyPayment;
import com.nexasystems.billing.invoicing.ApplyPayment.Applied;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceEvents;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a payment, or the lack of one, does to an invoice, its collection and its subscriptions. All of it must be called
 * inside a unit of work, and after {@link #claim}.
 */
public final class Settle {

    private final Invoices invoices;
    private final Subscriptions subscriptions;
    private final Payments payments;
    private final ApplyPayment apply;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public Settle(Invoices invoices, Subscriptions subscriptions, Payments payments, ApplyPayment apply, EventLog events,
                  Ids ids, Clock clock) {
        this.invoices = invoices;
        this.subscriptions = subscriptions;
        this.payments = payments;
        this.apply = apply;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** The subscriptions before the invoice, as a billing run does: or the two would wait for each other. */
    Optional<Invoice> claim(InvoiceId id) {
        invoices.find(id).ifPresent(seen -> subscriptions.claim(seen.subscriptions()));
        return invoices.claim(id);
    }

    Money due(Invoice claimed) {
        return apply.due(claimed);
    }

    /** Money has come for it. */
    Applied pay(Invoice claimed, Money amount) {
        Applied applied = apply.apply(claimed, amount);
        release(applied.invoice());
        return applied;
    }

    /**
     * Ends its collection if nothing is left to be paid, and restores the subscriptions that have paid all by that.
     *
     * @return whether it has ended by that
     */
    boolean release(Invoice claimed) {
        Optional<InvoiceCollection> collection = payments.collection(claimed.id())
                .filter(found -> found.state() != State.DONE);
        if (collection.isEmpty() || isAsked(claimed.id()) || !due(claimed).isZero()) {
            return false;
        }
        payments.update(collection.get().done());
        restore(claimed.subscriptions());
        return true;
    }

    private void restore(List<SubscriptionId> owners) {
        Set<SubscriptionId> stillOwing = payments.owing(owners);
        Instant now = clock.instant();
        List<Subscription> restored = subscriptions.findAll(owners).stream()
                .filter(found -> found.state() == SubscriptionState.PAST_DUE && !stillOwing.contains(found.id()))
                .map(found -> found.in(SubscriptionState.ACTIVE)).toList();
        subscriptions.update(restored);
        events.append(restored.stream()
                .map(found -> found.event(ids.next(), EventType.SUBSCRIPTION_REACTIVATED, now)).toList());
    }

    /** Whether the provider is being asked for it: the outcome of an attempt is not known. */
    boolean isAsked(InvoiceId invoice) {
        return payments.of(invoice).stream().anyMatch(payment -> payment.status().isOpen());
    }

    /** Nothing is collected of it any more, although something is to be paid: what came for it could not be taken. */
    void stop(Invoice claimed) {
        payments.collection(claimed.id()).filter(found -> found.goesOn() && !isAsked(claimed.id()))
                .ifPresent(found -> payments.update(found.stopped()));
    }

    /** Nothing is to be done before that instant; what is planned for later stays. */
    void hold(InvoiceId claimed, Instant until) {
        payments.collection(claimed).filter(found -> found.nextAt().filter(until::isAfter).isPresent())
                .ifPresent(found -> payments.update(found.at(until)));
    }

    /**
     * An attempt was declined: it is tried again later, or that was the last one, and the service is told. Nobody cares if
     * nothing is to be paid any more.
     */
    void declined(Invoice claimed, DunningPlan plan) {
        if (due(claimed).isZero()) {
            release(claimed);
            return;
        }
        Instant now = clock.instant();
        InvoiceCollection before = payments.collection(claimed.id()).orElseThrow();
        InvoiceCollection after = before.declined(plan, now);
        payments.update(after);
        if (after.state() == State.FAILED && before.state() != State.FAILED) {
            fail(claimed, now);
        }
    }

    private void fail(Invoice claimed, Instant now) {
        List<Subscription> owners = subscriptions.findAll(claimed.subscriptions()).stream().map(found ->
                found.state().canBecome(SubscriptionState.PAST_DUE) ? found.in(SubscriptionState.PAST_DUE) : found).toList();
        subscriptions.update(owners);
        apply.giveUp(claimed);
        events.append(new InvoiceEvents(ids, now, owners).toEach(EventType.INVOICE_PAYMENT_FAILED, claimed, due(claimed)));
    }
}
