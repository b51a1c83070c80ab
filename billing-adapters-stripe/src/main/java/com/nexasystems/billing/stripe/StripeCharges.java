package com.nexasystems.billing.stripe;

import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.quantity.InvalidValue;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.PaymentIntentListParams;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Charges are payment intents that are confirmed as they are made, without the payer.
 *
 * <p>An intent says in its metadata which order it is of. What Stripe refuses to make for a reason that stays (the means of
 * payment is gone, the amount is below what it takes or cannot be said in its units) is declined too; there is no intent then,
 * and the charge's id is the reference. Other reasons are given half a day to pass: they may lie in how we ask, but an invoice
 * that waits for an answer for ever is neither dunned nor paid in another way.
 */
final class StripeCharges {

    static final String REFERENCE = "billing_reference";

    private static final Duration CLOCKS_DIFFER_BY = Duration.ofDays(1);
    private static final long PAGE = 100;
    private static final int LONGEST_VALUE = 500;
    private static final Set<String> DECLINED = Set.of("requires_payment_method", "requires_confirmation", "requires_action",
            "canceled");
    private static final List<Outcome> PREFERRED = List.of(Outcome.SUCCEEDED, Outcome.PROCESSING, Outcome.DECLINED);
    private static final Set<String> BAD_AMOUNT = Set.of("amount_too_small", "amount_too_large");

    private final StripeCalls calls;
    private final StripeAccounts accounts;

    StripeCharges(StripeCalls calls, StripeAccounts accounts) {
        this.calls = calls;
        this.accounts = accounts;
    }

    Charge charge(Order order) {
        return Optional.of(order).filter(known -> calls.mayBeForgotten(known.at())).flatMap(this::find)
                .orElseGet(() -> ordered(order));
    }

    private Charge ordered(Order order) {
        long amount;
        try {
            amount = StripeAmounts.toStripe(order.amount());
        } catch (InvalidValue e) {
            return declined(order, new Refusal("amount_not_supported", cut(e.getMessage())));
        }
        PaymentIntentCreateParams params = params(order, amount);
        Answer answer = calls.ask("charge " + order.reference(),
                stripe -> Answer.of(stripe.paymentIntents().create(params, StripeCalls.under(order.reference()))),
                e -> refused(order, e));
        return answer.replayed ? charge(answer.made.id()).orElse(answer.made) : answer.made;
    }

    private static PaymentIntentCreateParams params(Order order, long amount) {
        var metadata = new HashMap<String, String>();
        order.notes().forEach((name, value) -> metadata.put(name, cut(value)));
        metadata.put(REFERENCE, order.reference());
        return PaymentIntentCreateParams.builder().setAmount(amount)
                .setCurrency(order.amount().currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .setCustomer(order.account()).setPaymentMethod(order.means()).setConfirm(true).setOffSession(true)
                .setErrorOnRequiresAction(true)
                // Without that, Stripe asks for a page to send the payer to, for methods that might need one.
                .setAutomaticPaymentMethods(AutomaticPaymentMethods.builder().setEnabled(true)
                        .setAllowRedirects(AutomaticPaymentMethods.AllowRedirects.NEVER).build())
                .setDescription(cut(order.description())).putAllMetadata(metadata).build();
    }

    /** What an error says of an order: a decline, or nothing that is sure. */
    private Optional<Answer> refused(Order order, StripeException e) {
        Optional<StripeError> error = Optional.ofNullable(e.getStripeError());
        Optional<PaymentIntent> made = error.map(StripeError::getPaymentIntent).filter(intent -> intent.getId() != null);
        if (made.isPresent()) {
            boolean replayed = error.map(StripeError::getLastResponse).filter(StripeCalls::isReplayed).isPresent();
            return Optional.of(new Answer(charge(made.get()), replayed));
        }
        return error.filter(said -> e instanceof InvalidRequestException
                        && (isForGood(said) || calls.mayBeForgotten(order.at())))
                .map(said -> new Answer(find(order).orElseGet(() -> unmade(order, said)), false));
    }

    private static boolean isForGood(StripeError error) {
        String code = Optional.ofNullable(error.getCode()).orElse("");
        return BAD_AMOUNT.contains(code) || code.startsWith("payment_method_") || "payment_method".equals(error.getParam());
    }

    /** Only of a customer who is there: with the key of another account everything would be missing. */
    private Charge unmade(Order order, StripeError said) {
        accounts.find(order.account());
        return declined(order, refusal(Optional.of(said), "refused"));
    }

    private static Charge declined(Order order, Refusal why) {
        return new Charge(order.reference(), order.reference(), Outcome.DECLINED, order.amount(), Optional.of(why));
    }

    Optional<Charge> find(Order order) {
        var since = PaymentIntentListParams.Created.builder().setGte(order.at().minus(CLOCKS_DIFFER_BY).getEpochSecond())
                .build();
        List<Charge> found = calls.all("look up " + order.reference(), (stripe, after) ->
                stripe.paymentIntents().list(PaymentIntentListParams.builder().setCustomer(order.account()).setCreated(since)
                        .setLimit(PAGE).setStartingAfter(after.orElse(null)).build()),
                intent -> reference(intent).filter(order.reference()::equals).map(reference -> charge(intent)));
        // One at most. If Stripe should ever have two, the one that has moved money is the one to know of.
        return found.stream().min(Comparator.comparing(charge -> PREFERRED.indexOf(charge.outcome())));
    }

    Optional<Charge> charge(String id) {
        return calls.retrieve("charge " + id, id, stripe -> {
            PaymentIntent intent = stripe.paymentIntents().retrieve(id);
            return reference(intent).map(reference -> charge(intent));
        });
    }

    Optional<Charge> close(Order order) {
        return find(order).map(charge -> charge.outcome() == Outcome.DECLINED ? closed(charge) : charge);
    }

    private Charge closed(Charge charge) {
        Optional<Charge> closed = calls.ask("close " + charge.reference(), stripe -> {
            PaymentIntent intent = stripe.paymentIntents().retrieve(charge.id());
            return Optional.of(charge(canBeClosed(intent) ? stripe.paymentIntents().cancel(charge.id()) : intent));
        }, e -> e instanceof InvalidRequestException ? Optional.of(Optional.empty()) : Optional.empty());
        return closed.orElseGet(() -> overtaken(charge));
    }

    /** It could not be cancelled: because it is over by now, or under way again. */
    private Charge overtaken(Charge charge) {
        return calls.ask("close " + charge.reference(), stripe -> {
            PaymentIntent intent = stripe.paymentIntents().retrieve(charge.id());
            if (canBeClosed(intent)) {
                throw new IllegalStateException("it could be cancelled, and could not");
            }
            return charge(intent);
        });
    }

    private static boolean canBeClosed(PaymentIntent intent) {
        return DECLINED.contains(intent.getStatus()) && !"canceled".equals(intent.getStatus());
    }

    private static Charge charge(PaymentIntent intent) {
        Outcome outcome = outcome(intent.getStatus());
        Optional<Refusal> refusal = outcome == Outcome.DECLINED
                ? Optional.of(refusal(Optional.ofNullable(intent.getLastPaymentError()), intent.getStatus()))
                : Optional.empty();
        return new Charge(intent.getId(), reference(intent).orElseThrow(), outcome,
                StripeAmounts.fromStripe(intent.getCurrency(), intent.getAmount()), refusal);
    }

    /** What is neither over nor waiting for somebody is on its way, whatever Stripe will call it. */
    private static Outcome outcome(String status) {
        return "succeeded".equals(status) ? Outcome.SUCCEEDED
                : DECLINED.contains(status) ? Outcome.DECLINED : Outcome.PROCESSING;
    }

    private static Refusal refusal(Optional<StripeError> error, String otherwise) {
        String code = error.flatMap(said -> Optional.ofNullable(said.getDeclineCode())
                .or(() -> Optional.ofNullable(said.getCode()))).orElse(otherwise);
        String message = error.map(StripeError::getMessage).orElse("Stripe says no more than: " + otherwise);
        return new Refusal(code, cut(message));
    }

    private static Optional<String> reference(PaymentIntent intent) {
        return Optional.ofNullable(intent.getMetadata()).map((Map<String, String> metadata) -> metadata.get(REFERENCE));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE);
    }

    /** @param replayed whether it is the first answer once more */
    private record Answer(Charge made, boolean replayed) {

        static Answer of(PaymentIntent intent) {
            return new Answer(charge(intent), StripeCalls.isReplayed(intent.getLastResponse()));
        }
    }
}
