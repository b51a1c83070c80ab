package com.nexasystems.billing.stripe;

import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.testkit.PaymentGatewayContract;
import java.math.BigDecimal;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

/** The gateway over a fake of Stripe passes the contract. */
class StripeGatewayContractTest extends PaymentGatewayContract {

    private final FakeStripe stripe = FakeStripe.started("sk_test_1", Clock.systemUTC());

    @AfterEach
    void stop() {
        stripe.close();
    }

    @Override
    protected PaymentGateway gateway() {
        return StripeGateway.of(StripeSettings.of("sk_test_1").withApiBase(stripe.base()), Clock.systemUTC());
    }

    @Override
    protected String account() {
        return stripe.customer("somebody@example.com");
    }

    @Override
    protected void leave(String account, Means means) {
        stripe.makeDefault(account, stripe.attach(account, switch (means) {
            case GOOD -> "pm_card_visa";
            case DECLINING -> "pm_card_chargeDeclined";
            case PROCESSING -> "pm_usBankAccount_processing";
        }));
    }

    @Override
    protected void loseNextAnswer(boolean afterTheWork) {
        stripe.faults().nextPosts(afterTheWork ? StripeFault.LOST_AFTER_WORK : StripeFault.LOST_BEFORE_WORK);
    }

    @Override
    protected void forgetKeys() {
        stripe.forgetKeys();
    }

    @Override
    protected void decide(String charge, boolean succeeds) {
        stripe.decide(charge, succeeds);
    }

    @Override
    protected void payLate(String charge) {
        String customer = stripe.intents().stream().filter(intent -> intent.id().equals(charge)).findFirst().orElseThrow()
                .customer();
        stripe.payLate(charge, stripe.attach(customer, "pm_card_visa"));
    }

    @Override
    protected BigDecimal charged(String account) {
        return BigDecimal.valueOf(stripe.charged(account), 2);
    }

    @Override
    protected BigDecimal refunded(String account) {
        return BigDecimal.valueOf(stripe.refunded(account), 2);
    }
}
