package com.nexasystems.billing.stripe;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.testkit.TestClock;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;

/** A fake of Stripe, our gateway to it, and a customer with a card; all by one clock. */
final class StripeWorld implements AutoCloseable {

    static final String SECRET_KEY = "sk_test_donotlogme";

    final TestClock clock = TestClock.startingAt("2026-11-01T12:00:00Z");
    final FakeStripe stripe = FakeStripe.started(SECRET_KEY, clock);
    final StripeSettings settings = StripeSettings.of(SECRET_KEY, "whsec_1").withApiBase(stripe.base())
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));
    final StripeGateway gateway = StripeGateway.of(settings, clock);
    final String account = stripe.customer("zoe@example.com");

    String card(String testMeans) {
        return stripe.attach(account, testMeans);
    }

    /** Of 10.00 CAD, by a card that is good. */
    Order order(String reference) {
        return order(reference, card("pm_card_visa"), "10.00", "CAD");
    }

    Order order(String reference, String means, String amount, String currency) {
        return new Order(reference, account, means, Money.of(Currency.getInstance(currency), amount), clock.instant(),
                "Invoice 1", Map.of("invoice_id", "1"));
    }

    RefundOrder refund(String reference, String charge, String amount) {
        return new RefundOrder(reference, charge, Money.of(Currency.getInstance("CAD"), amount), clock.instant());
    }

    @Override
    public void close() {
        stripe.close();
    }
}
