package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nexasystems.billing.boundary.PortFailure.Effect;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund.Status;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import java.time.Duration;
import java.util.Currency;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Money that goes back, and money that is contested. */
class StripeRefundsTest {

    private final StripeWorld world = new StripeWorld();
    private final String charge = world.gateway.charge(world.order("invoice-1-1")).id();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SLOW"}, mode = EnumSource.Mode.EXCLUDE)
    void the_same_refund_again_gives_back_once_whatever_went_wrong(StripeFault fault) {
        RefundOrder order = world.refund("surplus-1", charge, "4.00");
        world.stripe.faults().nextPosts(fault);
        assertThat(catchThrowableOfType(PortFailure.class, () -> world.gateway.refund(order))).isNotNull();
        world.clock.advance(Duration.ofHours(25));
        assertThat(world.gateway.refund(order).status()).isEqualTo(Status.SUCCEEDED);
        assertThat(world.stripe.refunded(world.account)).isEqualTo(400);
    }

    @Test
    void a_refund_that_succeeded_can_fail_later() {
        RefundOrder order = world.refund("surplus-1", charge, "4.00");
        Refunded refund = world.gateway.refund(order);
        world.stripe.failRefund(refund.id(), "expired_or_canceled_card");
        Refunded now = world.gateway.refund(refund.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(Status.FAILED);
        assertThat(now.failure()).contains("expired_or_canceled_card");
        assertThat(world.gateway.refund(order)).as("the key's first answer is not believed").isEqualTo(now);
        assertThat(world.stripe.refunded(world.account)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pending, PROCESSING", "requires_action, PROCESSING", "of_tomorrow, PROCESSING", "succeeded, SUCCEEDED",
        "failed, FAILED", "canceled, FAILED"})
    void a_state_at_stripe_is_a_status(String state, Status status) {
        Refunded refund = world.gateway.refund(world.refund("surplus-1", charge, "4.00"));
        world.stripe.putInState(refund.id(), state);
        Refunded now = world.gateway.refund(refund.id()).orElseThrow();
        assertThat(now.status()).isEqualTo(status);
        assertThat(now.failure().isPresent()).isEqualTo(status == Status.FAILED);
    }

    @Test
    void more_than_is_left_has_failed_and_so_has_what_is_contested() {
        world.gateway.refund(world.refund("surplus-1", charge, "4.00"));
        assertThat(world.gateway.refund(world.refund("surplus-2", charge, "6.01")).status()).isEqualTo(Status.FAILED);
        world.gateway.refund(world.refund("surplus-3", charge, "6.00"));
        assertThat(world.gateway.refund(world.refund("surplus-4", charge, "0.01")).failure().orElse(""))
                .contains("already been refunded");
        String other = world.gateway.charge(world.order("invoice-2-1")).id();
        world.stripe.dispute(other, "needs_response");
        assertThat(world.gateway.refund(world.refund("surplus-5", other, "1.00")).status()).isEqualTo(Status.FAILED);
        assertThat(world.stripe.refunded(world.account)).isEqualTo(1000);
    }

    @Test
    void a_refund_of_all_that_was_not_heard_of_is_no_refund_too_many() {
        RefundOrder order = world.refund("surplus-1", charge, "10.00");
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        catchThrowableOfType(PortFailure.class, () -> world.gateway.refund(order));
        world.stripe.forgetKeys();
        assertThat(world.gateway.refund(order).status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void an_amount_that_stripe_cannot_be_told_has_failed_and_is_not_sent() {
        int asked = world.stripe.requests().size();
        var order = new RefundOrder("surplus-1", charge, Money.of(Currency.getInstance("KWD"), "1.005"), world.clock.instant());
        assertThat(world.gateway.refund(order).status()).isEqualTo(Status.FAILED);
        assertThat(world.stripe.requests()).hasSize(asked);
    }

    @Test
    void what_others_do_in_currencies_that_we_refuse_is_of_no_concern() {
        String theirs = world.stripe.chargedByOthers(world.account, world.card("pm_card_visa"), 50_000, "ugx");
        assertThat(world.gateway.charge(theirs)).isEmpty();
        assertThat(world.gateway.refund(world.stripe.refund(theirs, 250))).isEmpty();
        assertThat(world.gateway.dispute(world.stripe.dispute(theirs, "lost"))).isEmpty();
    }

    @Test
    void a_refund_of_nothing_is_a_failure() {
        PortFailure failure = catchThrowableOfType(PortFailure.class,
                () -> world.gateway.refund(world.refund("surplus-1", "pi_unknown", "1.00")));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void one_that_was_made_there_has_its_own_id_as_reference() {
        String made = world.stripe.refund(charge, 250);
        Refunded refund = world.gateway.refund(made).orElseThrow();
        assertThat(refund.reference()).isEqualTo(made);
        assertThat(refund.charge()).isEqualTo(charge);
        assertThat(world.gateway.refund("re_unknown")).isEmpty();
    }

    @Test
    void a_refund_is_found_on_the_last_page() {
        RefundOrder order = world.refund("surplus-1", charge, "1.00");
        Refunded refund = world.gateway.refund(order);
        IntStream.range(0, 130).forEach(i -> world.stripe.refund(charge, 1));
        assertThat(world.gateway.find(order)).contains(refund);
        assertThat(world.gateway.find(world.refund("surplus-2", charge, "1.00"))).isEmpty();
    }

    @Test
    void what_a_bank_takes_its_time_for_is_on_its_way() {
        String debit = world.gateway.charge(world.order("invoice-2-1", world.card("pm_usBankAccount_processing"), "5.00",
                "CAD")).id();
        world.stripe.decide(debit, true);
        assertThat(world.gateway.refund(world.refund("surplus-1", debit, "5.00")).status()).isEqualTo(Status.PROCESSING);
    }

    @ParameterizedTest
    @CsvSource({"needs_response, OPEN", "under_review, OPEN", "warning_needs_response, OPEN", "warning_under_review, OPEN",
        "of_tomorrow, OPEN", "won, WON", "warning_closed, WON", "prevented, WON", "lost, LOST"})
    void a_dispute_is_open_won_or_lost(String status, Payment.Dispute state) {
        String dispute = world.stripe.dispute(charge, status);
        assertThat(world.gateway.dispute(dispute)).hasValueSatisfying(disputed -> {
            assertThat(disputed.charge()).isEqualTo(charge);
            assertThat(disputed.state()).isEqualTo(state);
            assertThat(disputed.amount()).isEqualTo(world.order("x").amount());
        });
        assertThat(world.gateway.dispute("dp_unknown")).isEmpty();
    }
}
