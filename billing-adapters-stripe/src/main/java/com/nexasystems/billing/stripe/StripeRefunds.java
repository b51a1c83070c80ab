package com.nexasystems.billing.stripe;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway.Disputed;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund.Status;
import com.nexasystems.billing.quantity.InvalidValue;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.Refund;
import com.stripe.model.StripeError;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Money that goes back, by us, by somebody at Stripe, or by the payer's bank.
 *
 * <p>What Stripe refuses to give back for a reason that stays (more than is left of the charge, or it is contested), or cannot
 * be asked for in its units, has failed; there is no refund then, and its id is the reference.
 */
final class StripeRefunds {

    private static final long PAGE = 100;
    private static final Set<String> FOR_GOOD = Set.of("charge_already_refunded", "charge_disputed", "refund_disputed_payment");

    private final StripeCalls calls;

    StripeRefunds(StripeCalls calls) {
        this.calls = calls;
    }

    Refunded refund(RefundOrder order) {
        return Optional.of(order).filter(known -> calls.mayBeForgotten(known.at())).flatMap(this::find)
                .orElseGet(() -> ordered(order));
    }

    private Refunded ordered(RefundOrder order) {
        long amount;
        try {
            amount = StripeAmounts.toStripe(order.amount());
        } catch (InvalidValue e) {
            return failed(order, Optional.of(e.getMessage()));
        }
        var params = RefundCreateParams.builder().setPaymentIntent(order.charge()).setAmount(amount)
                .putMetadata(StripeCharges.REFERENCE, order.reference()).build();
        Answer answer = calls.ask("refund " + order.reference(), stripe -> {
            Refund refund = stripe.refunds().create(params, StripeCalls.under(order.reference()));
            return new Answer(refunded(refund).orElseThrow(), StripeCalls.isReplayed(refund.getLastResponse()));
        }, e -> refused(order, e));
        return answer.replayed ? refund(answer.refunded.id()).orElse(answer.refunded) : answer.refunded;
    }

    private Optional<Answer> refused(RefundOrder order, StripeException e) {
        return Optional.ofNullable(e.getStripeError())
                .filter(error -> e instanceof InvalidRequestException && isForGood(error))
                .map(error -> new Answer(find(order).orElseGet(() -> unmade(order, error)), false));
    }

    private static boolean isForGood(StripeError error) {
        return FOR_GOOD.contains(Optional.ofNullable(error.getCode()).orElse("")) || "amount".equals(error.getParam());
    }

    private static Refunded unmade(RefundOrder order, StripeError error) {
        return failed(order, Optional.ofNullable(error.getMessage()).or(() -> Optional.ofNullable(error.getCode())));
    }

    private static Refunded failed(RefundOrder order, Optional<String> why) {
        return new Refunded(order.reference(), order.reference(), order.charge(), Status.FAILED, order.amount(), why);
    }

    Optional<Refunded> find(RefundOrder order) {
        return calls.all("look up " + order.reference(), (stripe, after) -> stripe.refunds().list(RefundListParams.builder()
                        .setPaymentIntent(order.charge()).setLimit(PAGE).setStartingAfter(after.orElse(null)).build()),
                refund -> reference(refund).filter(order.reference()::equals).flatMap(reference -> refunded(refund)))
                .stream().findFirst();
    }

    Optional<Refunded> refund(String id) {
        return calls.retrieve("refund " + id, id, stripe -> refunded(stripe.refunds().retrieve(id)));
    }

    /** Empty if it is of no payment intent, or in what we never charge, and so of none of our charges. */
    private static Optional<Refunded> refunded(Refund refund) {
        return Optional.ofNullable(refund.getPaymentIntent())
                .flatMap(charge -> amount(refund.getCurrency(), refund.getAmount()).map(amount -> new Refunded(refund.getId(),
                        reference(refund).orElse(refund.getId()), charge, status(refund.getStatus()), amount,
                        failure(refund))));
    }

    /** Empty if we cannot say it: the account at Stripe may have other users, with currencies that we refuse to charge in. */
    private static Optional<Money> amount(String currency, long units) {
        try {
            return Optional.of(StripeAmounts.fromStripe(currency, units));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    /** One that waits for something, or says nothing, is on its way, whatever Stripe will call it. */
    private static Status status(String status) {
        return switch (Optional.ofNullable(status).orElse("")) {
            case "succeeded" -> Status.SUCCEEDED;
            case "failed", "canceled" -> Status.FAILED;
            default -> Status.PROCESSING;
        };
    }

    private static Optional<String> failure(Refund refund) {
        return status(refund.getStatus()) == Status.FAILED
                ? Optional.ofNullable(refund.getFailureReason()).or(() -> Optional.of(refund.getStatus()))
                : Optional.empty();
    }

    private static Optional<String> reference(Refund refund) {
        return Optional.ofNullable(refund.getMetadata())
                .map((Map<String, String> metadata) -> metadata.get(StripeCharges.REFERENCE));
    }

    Optional<Disputed> dispute(String id) {
        return calls.retrieve("dispute " + id, id, stripe -> disputed(stripe.disputes().retrieve(id)));
    }

    private static Optional<Disputed> disputed(Dispute dispute) {
        return Optional.ofNullable(dispute.getPaymentIntent())
                .flatMap(charge -> amount(dispute.getCurrency(), dispute.getAmount())
                        .map(amount -> new Disputed(dispute.getId(), charge, state(dispute.getStatus()), amount)));
    }

    /** An inquiry that was closed, and a dispute that was prevented, have taken nothing from us. */
    private static Payment.Dispute state(String status) {
        return switch (status) {
            case "won", "warning_closed", "prevented" -> Payment.Dispute.WON;
            case "lost" -> Payment.Dispute.LOST;
            default -> Payment.Dispute.OPEN;
        };
    }

    private record Answer(Refunded refunded, boolean replayed) { }
}
