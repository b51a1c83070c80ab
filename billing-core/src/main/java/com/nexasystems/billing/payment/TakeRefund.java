package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.RecordRefund;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund.Status;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what the provider says of a refund, and of the credit note that promises it. The same again changes nothing, and
 * what has failed stays so. One that was made at the provider, and not here, is kept beside the payment it was taken from.
 */
public final class TakeRefund {

    static final Actor PROVIDER = new Actor("system", "payment-provider");

    private static final Duration LOOK_AGAIN = Duration.ofHours(6);

    private final Payments payments;
    private final CreditNotes notes;
    private final RecordRefund recordRefund;
    private final Settle settle;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TakeRefund(Payments payments, CreditNotes notes, RecordRefund recordRefund, Settle settle, Ids ids, Clock clock,
                      UnitOfWork unitOfWork) {
        this.payments = payments;
        this.notes = notes;
        this.recordRefund = recordRefund;
        this.settle = settle;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @return the refund as it is then; empty if it is of no payment of ours */
    public Optional<Refund> take(Refunded answer) {
        return payments.findByCharge(answer.charge()).map(payment -> unitOfWork.call(() -> {
            settle.claim(payment.invoice());
            Refund refund = payments.findRefundByReference(answer.reference())
                    .filter(own -> own.providerId().isEmpty() || own.providerId().equals(Optional.of(answer.id())))
                    .or(() -> payments.findRefundByReference(answer.id())).orElseGet(() -> foreign(answer, payment));
            return kept(refund, answer);
        }));
    }

    /** Also one of ours that was made twice: it was held up for longer than the provider remembers a reference. */
    private Refund foreign(Refunded answer, Payment payment) {
        Refund refund = Refund.made(new RefundId(ids.next()), payment, answer, clock.instant());
        payments.add(refund);
        return refund;
    }

    private Refund kept(Refund before, Refunded answer) {
        if (before.status() == answer.status() && before.providerId().equals(Optional.of(answer.id()))
                && before.nextAt().isEmpty()) {
            return before;
        }
        if (before.status() == Status.FAILED && before.providerId().equals(Optional.of(answer.id()))) {
            // What has failed stays so: this answer is an older one that was overtaken.
            return before;
        }
        Optional<Instant> next = answer.status() == Status.PROCESSING ? Optional.of(clock.instant().plus(LOOK_AGAIN))
                : Optional.empty();
        Refund after = before.in(answer.status(), Optional.of(answer.id()), answer.failure(), next);
        payments.update(after);
        after.note().ifPresent(note -> tell(note, after));
        return after;
    }

    private void tell(CreditNoteId id, Refund refund) {
        var note = notes.find(id).orElseThrow();
        if (refund.status() == Status.FAILED) {
            recordRefund.sentBack(note.holder().service(), id, PROVIDER);
            return;
        }
        List<Refund> all = payments.of(note.invoice()).stream().flatMap(payment -> payments.refundsOf(payment.id()).stream())
                .filter(other -> other.note().equals(Optional.of(id))).toList();
        Money given = all.stream().filter(other -> other.status() == Status.SUCCEEDED).map(Refund::amount)
                .reduce(Money.zero(note.currency()), Money::plus);
        if (given.equals(note.given().refund())) {
            recordRefund.record(note.holder().service(), id, RefundStatus.SUCCEEDED, PROVIDER);
        }
    }
}
