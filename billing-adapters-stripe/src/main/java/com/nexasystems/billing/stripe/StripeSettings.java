package com.nexasystems.billing.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How Stripe is reached. What it prints contains no secret.
 *
 * @param secretKey      {@code sk_...} or, better, a restricted key {@code rk_...}. For the {@link StripeGateway} it may
 *                       write customers, payment intents, refunds, setup intents and checkout sessions, and read payment
 *                       methods and disputes. For {@link StripeInvoices}, which may have a key of its own, it may read
 *                       invoices, credit notes, tax rates, customers (for the transactions on their balances), charges and
 *                       refunds, and write nothing
 * @param webhookSecrets {@code whsec_...} of the endpoint there; two while one replaces the other, none if no notices come
 * @param apiBase        Stripe's own, or that of a fake
 * @param connectTimeout until a connection stands; above zero
 * @param answerTimeout  until the whole answer has come, from the begin of the call; above zero. Charges of a bank that
 *                       takes its time answer after half a minute, and what is cut off has to be looked up
 * @param means          the kinds of means of payment that {@link StripeGateway#setUpPage} offers, in Stripe's words
 */
public record StripeSettings(String secretKey, List<String> webhookSecrets, URI apiBase, Duration connectTimeout,
                             Duration answerTimeout, List<String> means) {

    private static final URI STRIPE = URI.create("https://api.stripe.com");

    public StripeSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
        means = List.copyOf(means);
        if (secretKey.isBlank() || webhookSecrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a secret at Stripe is not blank");
        }
        if (!isFinite(connectTimeout) || !isFinite(answerTimeout)) {
            throw new IllegalArgumentException("a timeout is above zero: " + connectTimeout + ", " + answerTimeout);
        }
        if (means.isEmpty() || !StripeAccounts.kinds().containsAll(means)) {
            throw new IllegalArgumentException("what is offered is some of what Stripe knows: " + means);
        }
    }

    /** Stripe itself, with timeouts for calls that nobody waits for, and cards. */
    public static StripeSettings of(String secretKey, String... webhookSecrets) {
        return new StripeSettings(secretKey, List.of(webhookSecrets), STRIPE, Duration.ofSeconds(10), Duration.ofSeconds(60),
                List.of("card"));
    }

    public StripeSettings withApiBase(URI newApiBase) {
        return new StripeSettings(secretKey, webhookSecrets, newApiBase, connectTimeout, answerTimeout, means);
    }

    public StripeSettings withTimeouts(Duration newConnectTimeout, Duration newAnswerTimeout) {
        return new StripeSettings(secretKey, webhookSecrets, apiBase, newConnectTimeout, newAnswerTimeout, means);
    }

    /** Such as {@code card} and {@code sepa_debit}. */
    public StripeSettings withMeans(String... newMeans) {
        return new StripeSettings(secretKey, webhookSecrets, apiBase, connectTimeout, answerTimeout, List.of(newMeans));
    }

    private static boolean isFinite(Duration timeout) {
        return !timeout.isNegative() && !timeout.isZero();
    }

    @Override
    public String toString() {
        return "StripeSettings[secretKey=***, webhookSecrets=" + webhookSecrets.size() + " of ***, apiBase=" + apiBase
                + ", connectTimeout=" + connectTimeout + ", answerTimeout=" + answerTimeout + ", means=" + means + "]";
    }
}
