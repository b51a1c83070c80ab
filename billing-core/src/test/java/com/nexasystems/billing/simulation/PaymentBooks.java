package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true of payments, whatever has happened: after every step, and once all is quiet. */
final class PaymentBooks {

    private final Ports ports;
    private final MemoryPaymentGateway provider;

    PaymentBooks(Ports ports, MemoryPaymentGateway provider) {
        this.ports = ports;
        this.provider = provider;
    }

    void check(List<Subscription> subscriptions) {
        Map<String, Charge> charges = byId();
        for (Invoice invoice : invoices()) {
            List<Payment> payments = ports.payments().of(invoice.id());
            paidIsWhatWasApplied(invoice, payments);
            oneAttemptIsOpen(invoice, payments);
            oneChargePaysIt(invoice, payments);
            payments.stream().filter(Payment::isCollected).forEach(payment -> isTrue(payment, charges));
            eventsAreRight(invoice);
        }
        subscriptions.forEach(this::suspendedWhileItOwes);
    }

    private static void paidIsWhatWasApplied(Invoice invoice, List<Payment> payments) {
        Money applied = payments.stream().filter(payment -> payment.status() == Status.SUCCEEDED).map(Payment::applied)
                .reduce(Money.zero(invoice.currency()), Money::plus);
        assertThat(invoice.paid()).as("paid of " + invoice.id()).isEqualTo(applied);
    }

    private static void oneAttemptIsOpen(Invoice invoice, List<Payment> payments) {
        assertThat(payments.stream().filter(payment -> payment.status().isOpen())).as("open of " + invoice.id())
                .hasSizeLessThanOrEqualTo(1);
    }

    private static void oneChargePaysIt(Invoice invoice, List<Payment> payments) {
        assertThat(payments.stream().filter(payment -> payment.isCollected() && !payment.applied().isZero()))
                .as("charges that pay " + invoice.id()).hasSizeLessThanOrEqualTo(1);
    }

    private static void isTrue(Payment payment, Map<String, Charge> charges) {
        Charge charge = charges.get(payment.charge().orElseThrow());
        assertThat(charge.outcome()).as("charge of " + payment.reference()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(charge.amount()).isEqualTo(payment.amount());
        assertThat(payment.reference()).startsWith(charge.reference());
    }

    /** Each thing is told once to each subscription on the invoice, and only if it is so. */
    private void eventsAreRight(Invoice invoice) {
        Optional<State> state = ports.payments().collection(invoice.id()).map(InvoiceCollection::state);
        boolean isPaid = invoice.status() == InvoiceStatus.PAID;
        boolean wasPaid = isPaid || invoice.status() == InvoiceStatus.VOID;
        assertTold(invoice, EventType.INVOICE_PAYMENT_SUCCEEDED, isPaid ? 1 : 0, wasPaid ? 1 : 0);
        boolean hasFailed = state.filter(State.FAILED::equals).isPresent();
        boolean failedOnce = hasFailed || state.filter(State.DONE::equals).isPresent();
        assertTold(invoice, EventType.INVOICE_PAYMENT_FAILED, hasFailed ? 1 : 0, failedOnce ? 1 : 0);
    }

    private void assertTold(Invoice invoice, EventType type, int least, int most) {
        List<UUID> owners = invoice.origins().isEmpty() ? List.of(invoice.reason().subject())
                : invoice.origins().stream().map(origin -> origin.subscription().value()).toList();
        for (UUID owner : owners) {
            assertThat(events(owner).filter(event -> event.type() == type
                    && event.data().get("invoice_id").equals(invoice.id().toString())))
                    .as(type + " of " + invoice.id() + " told to " + owner).hasSizeBetween(least, most);
        }
    }

    private Stream<BillingEvent> events(UUID owner) {
        return ports.eventLog().of(owner).stream().map(Sequenced::event);
    }

    private void suspendedWhileItOwes(Subscription subscription) {
        boolean owes = !ports.payments().owing(List.of(subscription.id())).isEmpty();
        if (subscription.state() != SubscriptionState.TERMINATED) {
            assertThat(subscription.state() == SubscriptionState.PAST_DUE).as("suspended: " + subscription.externalId())
                    .isEqualTo(owes);
        }
        long failed = events(subscription.id().value()).filter(event -> event.type() == EventType.INVOICE_PAYMENT_FAILED)
                .count();
        long restored = events(subscription.id().value())
                .filter(event -> event.type() == EventType.SUBSCRIPTION_REACTIVATED).count();
        assertThat(restored).as("restored: " + subscription.externalId()).isLessThanOrEqualTo(failed);
    }

    /** Once the provider answers, all it notified of is taken, and nothing is due any more. */
    void checkQuiet(List<Subscription> subscriptions) {
        check(subscriptions);
        List<Payment> payments = invoices().stream().flatMap(invoice -> ports.payments().of(invoice.id()).stream()).toList();
        assertThat(payments).noneMatch(payment -> payment.status().isOpen());
        assertThat(payments.stream().filter(Payment::isCollected).map(payment -> payment.charge().orElseThrow()))
                .as("all that the provider has charged, each once").containsExactlyInAnyOrderElementsOf(
                        charges().filter(charge -> charge.outcome() == Outcome.SUCCEEDED).map(Charge::id).toList());
        payments.forEach(this::surplusWasPaidBack);
        refundsAreTrue(payments);
        invoices().forEach(this::hasComeToAnEnd);
    }

    /** Not even for a while; but what was bought for a wallet that is gone may be paid, and paid back, again. */
    void checkNothingWasChargedTwice() {
        for (Invoice invoice : invoices()) {
            if (invoice.reason().kind() != InvoiceReason.Kind.CREDITS) {
                assertThat(charges().filter(charge -> charge.outcome() == Outcome.SUCCEEDED
                        && charge.reference().startsWith("invoice-" + invoice.id() + "-"))).as("charges of " + invoice.id())
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
        assertThat(provider.refunds().stream().map(Refunded::reference)).doesNotHaveDuplicates();
    }

    private void surplusWasPaidBack(Payment payment) {
        List<Money> surplus = ports.payments().refundsOf(payment.id()).stream()
                .filter(refund -> refund.reference().startsWith("surplus-")).map(Refund::amount).toList();
        assertThat(surplus).as("paid back of " + payment.reference())
                .isEqualTo(payment.isCollected() && !payment.surplus().isZero() ? List.of(payment.surplus()) : List.of());
    }

    private void refundsAreTrue(List<Payment> payments) {
        var known = new HashMap<String, Refund>();
        payments.stream().flatMap(payment -> ports.payments().refundsOf(payment.id()).stream()).forEach(refund -> {
            assertThat(refund.nextAt()).as("refund " + refund.reference()).isEmpty();
            known.put(refund.providerId().orElseThrow(), refund);
        });
        List<Refunded> made = provider.refunds();
        assertThat(known.keySet()).as("refunds").containsExactlyInAnyOrderElementsOf(
                made.stream().map(Refunded::id).toList());
        for (Refunded refund : made) {
            assertThat(known.get(refund.id()).status()).as("refund " + refund.reference()).isEqualTo(refund.status());
            assertThat(known.get(refund.id()).amount()).isEqualTo(refund.amount());
        }
        notesAreTrue(known.values().stream().filter(refund -> refund.note().isPresent())
                .collect(Collectors.groupingBy(refund -> refund.note().orElseThrow())).values());
    }

    private void notesAreTrue(Collection<List<Refund>> byNote) {
        for (List<Refund> refunds : byNote) {
            CreditNote note = ports.creditNotes().find(refunds.get(0).note().orElseThrow()).orElseThrow();
            Money given = refunds.stream().map(Refund::amount).reduce(Money.zero(note.currency()), Money::plus);
            assertThat(given).as("given back for " + note.number()).isLessThanOrEqualTo(note.given().refund());
            boolean failed = refunds.stream().anyMatch(refund -> refund.status() == Refund.Status.FAILED);
            assertThat(note.refund().orElseThrow()).as("refund of " + note.number()).isEqualTo(failed
                    ? CreditNote.RefundStatus.FAILED : given.equals(note.given().refund())
                    ? CreditNote.RefundStatus.SUCCEEDED : CreditNote.RefundStatus.PENDING);
        }
    }

    private void hasComeToAnEnd(Invoice invoice) {
        Optional<InvoiceCollection> collection = ports.payments().collection(invoice.id());
        boolean isOpen = invoice.status() == InvoiceStatus.FINALISED && due(invoice).amount().signum() > 0;
        collection.ifPresent(end -> {
            assertThat(end.nextAt()).as("collection of " + invoice.id()).isEmpty();
            boolean bought = invoice.reason().kind() == InvoiceReason.Kind.CREDITS;
            assertThat(end.state()).as("collection of " + invoice.id() + ", " + invoice.status())
                    .isIn(isOpen ? bought ? List.of(State.FAILED, State.DONE) : List.of(State.FAILED) : List.of(State.DONE));
        });
        assertThat(collection.isPresent() || !isOpen).as("collection of " + invoice.id() + " has begun").isTrue();
    }

    private Money due(Invoice invoice) {
        return ports.creditNotes().of(invoice.id()).stream().map(note -> note.given().offset())
                .reduce(invoice.payable().minus(invoice.paid()), Money::minus);
    }

    List<Invoice> invoices() {
        return ports.invoices().list(InvoiceQuery.ALL);
    }

    private Stream<Charge> charges() {
        return provider.charges().stream();
    }

    private Map<String, Charge> byId() {
        return charges().collect(Collectors.toMap(Charge::id, Function.identity()));
    }
}
