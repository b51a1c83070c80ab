package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives back what credit notes promise, and what invoices did not need, the way it came. As {@link Collect}: stored before
 * the provider is asked, looked up before it is asked again.
 *
 * <p>A refund is taken from the payments that the provider has collected of the invoice, the latest first. What came in
 * another way goes back in another way, and is recorded then.
 */
public final class MakeRefunds {

    private static final int PAGE = 100;
    /** So that the lease of a claim is longer than the provider takes for all that is asked of it for that. */
    private static final int AT_ONCE = 1;
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final Payments payments;
    private final CreditNotes notes;
    private final PaymentGateway gateway;
    private final Settle settle;
    private final TakeRefund outcomes;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public MakeRefunds(Payments payments, CreditNotes notes, PaymentGateway gateway, Settle settle, TakeRefund outcomes,
                       Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.payments = payments;
        this.notes = notes;
        this.gateway = gateway;
        this.settle = settle;
        this.outcomes = outcomes;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What a run did.
     *
     * @param asked    refunds that the provider has answered to
     * @param failed   refunds for which it could not be asked, or its answer was lost: the next run asks again
     * @param failures what is said of them, at most {@value CollectionReport#MOST_FAILURES}
     */
    public record Report(long asked, long failed, List<String> failures) {

        public Report {
            failures = List.copyOf(failures);
        }
    }

    /** Everything that is due now. */
    public Report run() {
        Instant begun = clock.instant();
        planAll();
        var failures = new ArrayList<String>();
        long asked = 0;
        long failed = 0;
        List<Refund> due;
        do {
            due = unitOfWork.call(() -> payments.claimDueRefunds(begun, clock.instant().plus(LEASE), AT_ONCE));
            for (Refund refund : due) {
                Optional<String> failure = ask(refund);
                asked += failure.isEmpty() ? 1 : 0;
                failed += failure.isEmpty() ? 0 : 1;
                failure.filter(any -> failures.size() < CollectionReport.MOST_FAILURES).ifPresent(failures::add);
            }
        } while (!due.isEmpty());
        return new Report(asked, failed, failures);
    }

    private void planAll() {
        Optional<CreditNoteId> after = Optional.empty();
        List<CreditNote> promised;
        do {
            Optional<CreditNoteId> from = after;
            promised = unitOfWork.call(() -> payments.promised(from, PAGE));
            promised.forEach(note -> unitOfWork.run(() -> plan(note)));
            after = promised.isEmpty() ? after : Optional.of(promised.get(promised.size() - 1).id());
        } while (!promised.isEmpty());
    }

    /** Looked at again, now that nobody else can plan it: another node may have, or people have given the money back. */
    private void plan(CreditNote seen) {
        settle.claim(seen.invoice());
        CreditNote note = notes.find(seen.id()).orElseThrow();
        List<Payment> collected = payments.of(note.invoice()).stream().filter(Payment::isCollected)
                .sorted(Comparator.comparing(Payment::number).reversed()).toList();
        boolean isPending = note.refund().equals(Optional.of(RefundStatus.PENDING));
        if (isPending && collected.stream().noneMatch(payment -> gives(payment, note))) {
            plan(note, collected);
        }
    }

    private boolean gives(Payment payment, CreditNote note) {
        return payments.refundsOf(payment.id()).stream().anyMatch(refund -> refund.note().equals(Optional.of(note.id())));
    }

    private void plan(CreditNote note, List<Payment> latestFirst) {
        Money left = note.given().refund();
        for (Payment payment : latestFirst) {
            Money most = refundable(payment);
            Money amount = most.compareTo(left) < 0 ? most : left;
            if (amount.amount().signum() > 0) {
                payments.add(Refund.of(new RefundId(ids.next()), note.id(), payment, amount, clock.instant()));
                left = left.minus(amount);
            }
        }
    }

    private Money refundable(Payment payment) {
        return payments.refundsOf(payment.id()).stream().filter(refund -> refund.status() != Refund.Status.FAILED)
                .map(Refund::amount).reduce(payment.amount(), Money::minus);
    }

    /** @return why it could not be asked, or what it said is not known; empty if it has answered */
    private Optional<String> ask(Refund refund) {
        Payment payment = payments.find(refund.service(), refund.payment()).orElseThrow();
        var order = new RefundOrder(refund.reference(), payment.charge().orElseThrow(), refund.amount(), refund.createdAt());
        Refunded answer;
        try {
            answer = refund.providerId().flatMap(gateway::refund).or(() -> gateway.find(order))
                    .orElseGet(() -> gateway.refund(order));
        } catch (RuntimeException e) {
            unitOfWork.run(() -> putOff(refund, payment));
            return Optional.of("refund " + refund.reference() + ": " + e.getMessage());
        }
        outcomes.take(answer);
        return Optional.empty();
    }

    private void putOff(Refund refund, Payment payment) {
        settle.claim(payment.invoice());
        payments.find(refund.id()).filter(found -> found.nextAt().isPresent()).ifPresent(found ->
                payments.update(found.claimedUntil(Waits.next(found.createdAt(), clock.instant()))));
    }
}
