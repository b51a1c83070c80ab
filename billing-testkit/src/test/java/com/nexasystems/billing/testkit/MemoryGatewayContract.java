package com.nexasystems.billing.testkit;

import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.payment.PaymentGateway;
import java.math.BigDecimal;
import java.time.Instant;

/** The contract over the provider in memory, or over what stands before it. */
public abstract class MemoryGatewayContract extends PaymentGatewayContract {

    protected final TestClock clock = TestClock.startingAt("2026-03-01T00:00:00Z");
    protected final MemoryPaymentGateway provider = new MemoryPaymentGateway(clock);
    private int accounts;

    @Override
    protected PaymentGateway gateway() {
        return provider;
    }

    @Override
    protected String account() {
        accounts++;
        return "cus_" + accounts;
    }

    @Override
    protected void leave(String account, Means means) {
        provider.leave(account, MemoryPaymentGateway.Means.valueOf(means.name()));
    }

    @Override
    protected void loseNextAnswer(boolean afterTheWork) {
        provider.next(afterTheWork ? Fault.LOST_AFTER : Fault.LOST_BEFORE);
    }

    @Override
    protected void forgetKeys() {
        clock.advance(MemoryPaymentGateway.KEYS_LIVE);
    }

    @Override
    protected void decide(String charge, boolean succeeds) {
        provider.decide(charge, succeeds);
    }

    @Override
    protected void payLate(String charge) {
        provider.payLate(charge);
    }

    @Override
    protected BigDecimal charged(String account) {
        return provider.charged(account);
    }

    @Override
    protected BigDecimal refunded(String account) {
        return provider.refunded(account);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }
}
