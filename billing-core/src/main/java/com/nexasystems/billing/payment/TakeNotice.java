package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.payment.PaymentGateway.Disputed;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Acts upon what the provider tells: asks it how the thing stands now, and keeps that. So a notice may come twice, late, or
 * before our own answer does.
 */
public final class TakeNotice {

    private final PaymentGateway gateway;
    private final Payments payments;
    private final TakeOutcome outcomes;
    private final TakeRefund refunds;
    private final Settle settle;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TakeNotice(PaymentGateway gateway, Payments payments, TakeOutcome outcomes, TakeRefund refunds, Settle settle,
                      AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.gateway = gateway;
        this.payments = payments;
        this.outcomes = outcomes;
        this.refunds = refunds;
        this.settle = settle;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @return whether it was about something of ours
     * @throws PortFailure if the provider could not be asked: let it send the notice again
     */
    public boolean take(Notice notice) {
        return switch (notice.subject()) {
            case CHARGE -> gateway.charge(notice.id()).flatMap(outcomes::take).isPresent();
            case REFUND -> gateway.refund(notice.id()).filter(refund -> isOurs(refund.charge())).flatMap(refunds::take)
                    .isPresent();
            case DISPUTE -> isDisputed(notice.id());
            case NOTHING_OF_OURS -> false;
        };
    }

    /** What we were not told of yet is asked for: the notice of what became of a charge may come before the charge's own. */
    private boolean isOurs(String charge) {
        return payments.findByCharge(charge).isPresent() || gateway.charge(charge).flatMap(outcomes::take).isPresent();
    }

    /**
     * Asked again after it was kept, until the answer stays: of two notices at once, the one that asked first may keep last.
     *
     * @return whether it is of something of ours
     */
    private boolean isDisputed(String id) {
        Optional<Disputed> kept = Optional.empty();
        Optional<Disputed> answer = asked(id);
        while (!answer.equals(kept) && answer.filter(this::disputed).isPresent()) {
            kept = answer;
            answer = asked(id);
        }
        return answer.isPresent();
    }

    private Optional<Disputed> asked(String id) {
        return gateway.dispute(id).filter(dispute -> isOurs(dispute.charge()));
    }

    /** @return whether that is new */
    private boolean disputed(Disputed dispute) {
        Payment seen = payments.findByCharge(dispute.charge()).orElseThrow();
        return unitOfWork.call(() -> {
            settle.claim(seen.invoice());
            Payment payment = payments.findByCharge(dispute.charge()).orElseThrow();
            if (payment.dispute().equals(Optional.of(dispute.state()))) {
                return false;
            }
            Instant now = clock.instant();
            payments.update(payment.disputed(dispute.state(), now), payment.status());
            if (dispute.state() == Payment.Dispute.WON) {
                // While it was contested, nothing could be given back.
                payments.refundsOf(payment.id()).stream().filter(Refund::isRefusedSurplus)
                        .forEach(refused -> payments.update(refused.again(now)));
            }
            trail.add(List.of(new AuditEntry(now, TakeRefund.PROVIDER, "payment.dispute_" + dispute.state().code(),
                    payment.id().toString(), Map.of("dispute", dispute.id(), "amount", dispute.amount().toString()))));
            return true;
        });
    }
}
