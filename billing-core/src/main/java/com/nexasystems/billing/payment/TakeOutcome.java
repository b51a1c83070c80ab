package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps what the provider says of an attempt, with all that follows from it. The same again changes nothing; what comes late
 * does not undo what came before: money that has come has come.
 */
public final class TakeOutcome {

    /** How long the provider may take before it is asked how an attempt stands, if it does not say so itself. */
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

    private final Payments payments;
    private final Settle settle;
    private final DunningPlan plan;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TakeOutcome(Payments payments, Settle settle, DunningPlan plan, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.payments = payments;
        this.settle = settle;
        this.plan = plan;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @return the attempt as it is then; empty if the charge is of no attempt of ours */
    public Optional<Payment> take(Charge charge) {
        Optional<Payment> attempt = payments.findByReference(charge.reference());
        return attempt.map(seen -> {
            try {
                return unitOfWork.call(() -> kept(seen, charge, true));
            } catch (InvalidValue e) {
                // The wallet that the credits were bought for is gone: the money has come all the same, and is paid back.
                return unitOfWork.call(() -> kept(seen, charge, false));
            }
        });
    }

    private Payment kept(Payment seen, Charge charge, boolean apply) {
        Invoice invoice = settle.claim(seen.invoice()).orElseThrow();
        Payment attempt = payments.findByReference(seen.reference()).orElseThrow();
        if (attempt.status() == Status.SUCCEEDED) {
            boolean another = !attempt.charge().equals(Optional.of(charge.id()));
            return another && charge.outcome() == Charge.Outcome.SUCCEEDED ? twice(attempt, charge) : attempt;
        }
        return switch (charge.outcome()) {
            case PROCESSING -> processing(attempt, charge);
            case SUCCEEDED -> succeeded(attempt, charge, invoice, apply);
            case DECLINED -> attempt.status().isOpen() ? declined(attempt, charge, invoice) : attempt;
        };
    }

    /** Also of one that was declined, if its payer tries it again at the provider: nothing else is tried meanwhile. */
    private Payment processing(Payment attempt, Charge charge) {
        Instant now = clock.instant();
        settle.hold(attempt.invoice(), now.plus(LOOK_AGAIN));
        return attempt.status() == Status.ASKED ? kept(attempt.processing(charge.id(), now), attempt) : attempt;
    }

    private Payment succeeded(Payment attempt, Charge charge, Invoice invoice, boolean apply) {
        Instant now = clock.instant();
        Money nothing = Money.zero(attempt.amount().currency());
        // Kept first: while an attempt is open, its collection does not end.
        Payment come = kept(attempt.succeeded(charge.id(), nothing, now), attempt);
        Money applied = apply ? settle.pay(invoice, attempt.amount()).applied() : nothing;
        Payment after = kept(come.succeeded(charge.id(), applied, now), come);
        if (!after.surplus().isZero()) {
            payments.add(Refund.ofSurplus(new RefundId(ids.next()), after, now));
            settle.stop(invoice);
        }
        return after;
    }

    /**
     * Charged once more under the same reference: an order was held up on its way for longer than the provider remembers a
     * reference. It is a payment of its own, and paid back.
     */
    private Payment twice(Payment attempt, Charge charge) {
        Optional<Payment> known = payments.findByCharge(charge.id());
        if (known.isPresent()) {
            return known.get();
        }
        Instant now = clock.instant();
        int number = payments.of(attempt.invoice()).size() + 1;
        var again = new Payment(new PaymentId(ids.next()), attempt.invoice(), attempt.holder(), number, attempt.method(),
                attempt.reference() + "/" + number, attempt.account(), attempt.means(), attempt.amount(), Status.SUCCEEDED,
                Optional.of(charge.id()), Money.zero(attempt.amount().currency()), Optional.empty(), Optional.empty(), now,
                now);
        payments.add(again);
        payments.add(Refund.ofSurplus(new RefundId(ids.next()), again, now));
        return again;
    }

    private Payment declined(Payment attempt, Charge charge, Invoice invoice) {
        Payment after = kept(attempt.declined(Optional.of(charge.id()), charge.refusal().orElseThrow(), clock.instant()),
                attempt);
        settle.declined(invoice, plan);
        return after;
    }

    private Payment kept(Payment after, Payment before) {
        if (!payments.update(after, before.status())) {
            throw new IllegalStateException("changed by somebody who has not claimed its invoice: " + before.reference());
        }
        return after;
    }
}
