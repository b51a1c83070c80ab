package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nexasystems.billing.boundary.PortFailure.Effect;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.simulator.stripe.FakeStripe.Intent;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders become payment intents, and whatever Stripe does with them is an answer or a failure. */
class StripeChargesTest {

    private final StripeWorld world = new StripeWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void an_order_is_one_intent_that_says_what_it_is_of() {
        Order order = world.order("invoice-1-1");
        world.gateway.charge(order);
        assertThat(world.stripe.intents()).singleElement().satisfies(intent -> {
            assertThat(intent.metadata()).containsEntry("billing_reference", "invoice-1-1").containsEntry("invoice_id", "1");
            assertThat(intent.customer()).isEqualTo(world.account);
            assertThat(intent.amount()).isEqualTo(1000);
        });
        assertThat(world.stripe.requests()).containsExactly("POST /v1/payment_intents");
    }

    @Test
    void nobody_is_waited_for_and_nobody_is_sent_anywhere() {
        Order order = world.order("invoice-1-1");
        world.gateway.charge(order);
        assertThat(world.stripe.posted("/v1/payment_intents")).singleElement().satisfies(sent -> assertThat(sent)
                .containsEntry("confirm", "true").containsEntry("off_session", "true")
                .containsEntry("error_on_requires_action", "true").containsEntry("payment_method", order.means())
                .containsEntry("automatic_payment_methods[allow_redirects]", "never"));
    }

    @ParameterizedTest(name = "{0} {1} is {2} at Stripe")
    @CsvSource({"JPY, 500, 500", "ISK, 500, 50000", "KWD, 1.230, 1230", "MGA, 500, 500", "CAD, 0.50, 50"})
    void amounts_are_in_the_units_of_stripe(String currency, String amount, long units) {
        Charge charge = world.gateway.charge(world.order("invoice-1-1", world.card("pm_card_visa"), amount, currency));
        assertThat(world.stripe.intents()).extracting(Intent::amount).containsExactly(units);
        assertThat(charge.amount()).isEqualTo(Money.of(Currency.getInstance(currency), amount));
    }

    @ParameterizedTest
    @CsvSource({"UGX, 500", "KWD, 1.234"})
    void an_amount_that_stripe_cannot_be_told_is_declined_and_not_sent(String currency, String amount) {
        Charge charge = world.gateway.charge(world.order("invoice-1-1", world.card("pm_card_visa"), amount, currency));
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.id()).isEqualTo("invoice-1-1");
        assertThat(charge.refusal().map(Refusal::code)).contains("amount_not_supported");
        assertThat(world.stripe.requests()).isEmpty();
    }

    @ParameterizedTest(name = "{0} is declined with {1}")
    @CsvSource({"pm_card_chargeDeclined, generic_decline", "pm_card_chargeDeclinedInsufficientFunds, insufficient_funds",
        "pm_card_chargeDeclinedExpiredCard, expired_card", "pm_card_chargeDeclinedProcessingError, processing_error",
        "pm_card_authenticationRequired, authentication_required"})
    void a_decline_says_what_the_bank_said(String means, String code) {
        Charge charge = world.gateway.charge(world.order("invoice-1-1", world.card(means), "10.00", "CAD"));
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.refusal().map(Refusal::code)).contains(code);
        assertThat(charge.refusal().map(Refusal::message).orElse("")).startsWith("Your card was declined");
        assertThat(charge.id()).isEqualTo(world.stripe.intents().get(0).id());
        assertThat(world.gateway.charge(charge.id())).contains(charge);
    }

    @ParameterizedTest
    @CsvSource({"succeeded, SUCCEEDED", "processing, PROCESSING", "requires_capture, PROCESSING", "of_tomorrow, PROCESSING",
        "requires_payment_method, DECLINED", "requires_confirmation, DECLINED", "requires_action, DECLINED",
        "canceled, DECLINED"})
    void a_state_at_stripe_is_an_outcome(String status, Outcome outcome) {
        Charge charge = world.gateway.charge(world.order("invoice-1-1"));
        world.stripe.putInState(charge.id(), status);
        Charge now = world.gateway.charge(charge.id()).orElseThrow();
        assertThat(now.outcome()).isEqualTo(outcome);
        assertThat(now.refusal().map(Refusal::code).orElse("none")).isEqualTo(outcome == Outcome.DECLINED ? status : "none");
    }

    @Test
    void the_answer_to_a_key_once_more_is_not_believed() {
        Order order = world.order("invoice-1-1", world.card("pm_card_chargeDeclined"), "10.00", "CAD");
        Charge declined = world.gateway.charge(order);
        world.stripe.payLate(declined.id(), world.card("pm_card_visa"));
        assertThat(world.gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.stripe.succeeded("invoice-1-1")).hasSize(1);
    }

    @Test
    void the_key_with_another_card_is_not_known_to_have_failed() {
        Order order = world.order("invoice-1-1");
        world.gateway.charge(order);
        Order other = world.order("invoice-1-1");
        assertThat(failure(() -> world.gateway.charge(other)).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(world.stripe.intents()).hasSize(1);
    }

    @Test
    void an_order_of_yesterday_is_looked_up_before_it_is_given_again() {
        Order order = world.order("invoice-1-1");
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        failure(() -> world.gateway.charge(order));
        world.clock.advance(Duration.ofHours(25));
        assertThat(world.gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.stripe.intents()).hasSize(1);
    }

    @Test
    void an_order_is_found_on_the_last_of_many_pages() {
        Order order = world.order("invoice-1-1");
        Charge charge = world.gateway.charge(order);
        String card = world.card("pm_card_visa");
        IntStream.range(0, 205).forEach(i -> world.gateway.charge(world.order("other-" + i, card, "1.00", "CAD")));
        assertThat(world.gateway.find(order)).contains(charge);
        assertThat(world.stripe.requests()).filteredOn("GET /v1/payment_intents"::equals).hasSize(3);
    }

    @Test
    void a_list_that_ends_in_the_middle_does_not_say_that_there_is_nothing() {
        Order order = world.order("invoice-1-1");
        world.gateway.charge(order);
        world.stripe.faults().next(StripeFault.MORE_OF_NOTHING);
        assertThat(failure(() -> world.gateway.find(order)).effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void if_stripe_has_two_the_one_that_moved_money_is_known() {
        Order order = world.order("invoice-1-1");
        Charge paid = world.gateway.charge(order);
        world.stripe.forgetKeys();
        Charge second = world.gateway.charge(order);
        world.stripe.putInState(second.id(), "canceled");
        assertThat(world.gateway.find(order)).contains(paid);
    }

    @Test
    void an_intent_of_somebody_else_is_not_ours() {
        Charge charge = world.gateway.charge(world.order("invoice-1-1"));
        assertThat(world.gateway.charge(charge.id())).isPresent();
        assertThat(world.gateway.charge("pi_unknown")).isEmpty();
        assertThat(world.gateway.charge("")).isEmpty();
        assertThat(world.gateway.charge("../refunds?x=1")).isEmpty();
    }

    @ParameterizedTest(name = "{0} CAD")
    @ValueSource(strings = {"0.10", "1000000.00"})
    void an_amount_that_stripe_never_takes_is_declined(String amount) {
        Charge charge = world.gateway.charge(world.order("invoice-1-1", world.card("pm_card_visa"), amount, "CAD"));
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.id()).isEqualTo("invoice-1-1");
        assertThat(charge.refusal().map(Refusal::code).orElse("")).startsWith("amount_too_");
        assertThat(world.gateway.charge(charge.id())).isEmpty();
    }

    @Test
    void a_card_that_is_gone_is_declined() {
        String card = world.card("pm_card_visa");
        world.stripe.detach(card);
        Charge charge = world.gateway.charge(world.order("invoice-1-1", card, "10.00", "CAD"));
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.refusal().map(Refusal::code)).contains("resource_missing");
    }

    @Test
    void a_card_that_is_gone_is_not_declined_before_the_customer_is_known_to_be_there() {
        String card = world.card("pm_card_visa");
        world.stripe.detach(card);
        world.stripe.faults().next(StripeFault.NONE, StripeFault.NONE, StripeFault.UNAVAILABLE);
        assertThat(failure(() -> world.gateway.charge(world.order("invoice-1-1", card, "10.00", "CAD"))).effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void a_card_that_is_gone_after_it_was_charged_is_not_declined() {
        Order order = world.order("invoice-1-1");
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        failure(() -> world.gateway.charge(order));
        world.stripe.forgetKeys();
        world.stripe.detach(order.means());
        assertThat(world.gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void a_customer_who_is_not_there_is_a_failure_for_the_key_may_be_of_another_account() {
        var order = new Order("invoice-1-1", "cus_unknown", "pm_unknown", Money.of(Currency.getInstance("CAD"), "10.00"),
                world.clock.instant(), "Invoice 1", Map.of());
        assertThat(failure(() -> world.gateway.charge(order))).hasMessageContaining("No such customer: 'cus_unknown'")
                .extracting(PortFailure::effect).isEqualTo(Effect.NONE);
        assertThat(failure(() -> world.gateway.find(order))).isNotNull();
    }

    @Test
    void what_is_refused_for_an_unknown_reason_is_declined_once_it_has_had_half_a_day_to_pass() {
        Order order = world.order("invoice-1-1");
        world.stripe.delete(world.account);
        assertThat(failure(() -> world.gateway.charge(order)).effect()).isEqualTo(Effect.NONE);
        world.clock.advance(Duration.ofHours(13));
        Charge charge = world.gateway.charge(order);
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.refusal().map(Refusal::code)).contains("resource_missing");
    }

    @Test
    void what_waits_is_cancelled_once() {
        Order order = world.order("invoice-1-1", world.card("pm_card_chargeDeclined"), "10.00", "CAD");
        Charge declined = world.gateway.charge(order);
        assertThat(world.gateway.close(order).map(Charge::refusal)).contains(declined.refusal());
        assertThat(world.gateway.close(order)).isPresent();
        assertThat(world.stripe.intents()).extracting(Intent::status).containsExactly("canceled");
        assertThat(world.stripe.requests()).filteredOn(request -> request.endsWith("/cancel")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requires_action", "requires_confirmation", "requires_payment_method"})
    void whatever_waits_for_somebody_is_cancelled(String status) {
        Order order = world.order("invoice-1-1");
        world.stripe.putInState(world.gateway.charge(order).id(), status);
        assertThat(world.gateway.close(order).map(Charge::outcome)).contains(Outcome.DECLINED);
        assertThat(world.stripe.intents()).extracting(Intent::status).containsExactly("canceled");
    }

    @Test
    void what_cannot_be_cancelled_and_is_not_over_is_not_closed() {
        Order order = world.order("invoice-1-1", world.card("pm_card_chargeDeclined"), "10.00", "CAD");
        world.gateway.charge(order);
        for (StripeFault fault : new StripeFault[] {StripeFault.CONFLICT, StripeFault.LOST_BEFORE_WORK, StripeFault.EMPTY}) {
            world.stripe.faults().nextPosts(fault);
            assertThat(failure(() -> world.gateway.close(order)).effect()).isEqualTo(Effect.UNKNOWN);
        }
        assertThat(world.gateway.close(order).map(Charge::outcome)).contains(Outcome.DECLINED);
    }

    @Test
    void long_notes_are_cut_and_the_reference_stays() {
        String card = world.card("pm_card_visa");
        var order = new Order("invoice-1-1", world.account, card, Money.of(Currency.getInstance("CAD"), "10.00"),
                world.clock.instant(), "x".repeat(2_000), Map.of("note", "y".repeat(2_000), "billing_reference", "another"));
        assertThat(world.gateway.charge(order).reference()).isEqualTo("invoice-1-1");
        assertThat(world.stripe.intents().get(0).metadata().get("note")).hasSize(500);
    }

    private static PortFailure failure(Runnable call) {
        PortFailure failure = catchThrowableOfType(PortFailure.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
