package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.HttpWebhooks;
import com.nexasystems.billing.http.PaymentProvider;
import com.nexasystems.billing.http.WebhookSettings;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.stripe.StripeGateway;
import com.nexasystems.billing.stripe.StripeNotices;
import com.nexasystems.billing.stripe.StripeSettings;
import com.nexasystems.billing.webhook.DeliverySchedule;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Whom the settings say that is spoken to: a payment provider, and the receivers of webhooks. */
final class Connected {

    private Connected() {
    }

    /**
     * Empty if none is set.
     *
     * @throws InvalidValue if one is, and something is missing beside it
     */
    static Optional<PaymentProvider> provider(Settings settings, Clock clock) {
        Optional<StripeSettings> set = stripe(settings);
        if (set.isEmpty()) {
            return Optional.empty();
        }
        String returnTo = settings.text(Setting.BILLING_PAYMENT_RETURN_URL);
        if (returnTo.isEmpty()) {
            throw new InvalidValue(Setting.BILLING_PAYMENT_RETURN_URL.name(), "is mandatory with BILLING_STRIPE_KEY: where"
                    + " customers are sent who have left a means of payment at Stripe");
        }
        StripeSettings stripe = set.get();
        Optional<Notices> notices = stripe.webhookSecrets().isEmpty() ? Optional.empty()
                : Optional.of(StripeNotices.of(stripe, clock));
        return Optional.of(new PaymentProvider(StripeGateway.of(stripe, clock),
                Setting.dunning(settings.text(Setting.BILLING_DUNNING_DAYS)), notices, URI.create(returnTo)));
    }

    /** @throws InvalidValue if none is set */
    static PaymentProvider mandatoryProvider(Settings settings, Clock clock) {
        return provider(settings, clock).orElseThrow(() -> new InvalidValue(Setting.BILLING_STRIPE_KEY.name(),
                "is not set: without a payment provider nothing can be collected"));
    }

    /** Empty if no key is set. */
    static Optional<StripeSettings> stripe(Settings settings) {
        if (settings.text(Setting.BILLING_STRIPE_KEY).isEmpty()) {
            return Optional.empty();
        }
        StripeSettings stripe = StripeSettings.of(settings.text(Setting.BILLING_STRIPE_KEY),
                        Setting.words(settings.text(Setting.BILLING_STRIPE_WEBHOOK_SECRETS)).toArray(String[]::new))
                .withMeans(Setting.words(settings.text(Setting.BILLING_STRIPE_MEANS)).toArray(String[]::new));
        String url = settings.text(Setting.BILLING_STRIPE_URL);
        return Optional.of(url.isEmpty() ? stripe : stripe.withApiBase(URI.create(url)));
    }

    static HttpWebhooks webhooks(Settings settings, Billing billing) {
        return HttpWebhooks.open(billing, WebhookSettings.DEFAULT.allowingLoopback(
                settings.is(Setting.BILLING_WEBHOOK_ALLOW_LOOPBACK)));
    }

    static DeliverySchedule schedule(Settings settings) {
        return Setting.waits(settings.text(Setting.BILLING_WEBHOOK_WAITS));
    }
}
