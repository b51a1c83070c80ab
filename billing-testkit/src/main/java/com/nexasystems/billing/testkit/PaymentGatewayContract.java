package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.payment.PaymentGateway.RefundOrder;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Extend, hand over your gateway to a provider, or to a fake of it, and JUnit runs the rules of {@link PaymentGateway}. The
 * hooks say what happens at the provider, and what has moved there, without the gateway's help: a gateway that is asked
 * whether it is right says yes.
 */
@Timeout(120)
public abstract class PaymentGatewayContract {

    private static final int RIVALS = 6;

    private PaymentGateway gateway;

    /** For implementors in any package. */
    protected PaymentGatewayContract() {
    }

    /** How a customer's means of payment behave. */
    protected enum Means {
        /** What is charged succeeds at once. */
        GOOD,
        /** What is charged is declined. */
        DECLINING,
        /** What is charged is processing, until {@link #decide}. */
        PROCESSING
    }

    /** Your gateway. Called once, at the beginning of each test. */
    protected abstract PaymentGateway gateway();

    /** A new customer at the provider, who has left nothing. */
    protected abstract String account();

    /** The customer leaves such means of payment, instead of any before. */
    protected abstract void leave(String account, Means means);

    /**
     * The next request by which the gateway moves money, or makes a customer, gets no answer, however often the gateway
     * tries again within one call.
     *
     * @param afterTheWork whether the provider does what it is asked for all the same, once
     */
    protected abstract void loseNextAnswer(boolean afterTheWork);

    /** The provider forgets the keys of all requests, as after a day. */
    protected abstract void forgetKeys();

    /** What is processing ends. */
    protected abstract void decide(String charge, boolean succeeds);

    /** The payer tries to pay, at the provider, what was declined; nothing happens if the provider does not let him. */
    protected abstract void payLate(String charge);

    /** What was taken from the customer, in CAD, whatever was given back. */
    protected abstract BigDecimal charged(String account);

    /** What was given back to the customer, in CAD. */
    protected abstract BigDecimal refunded(String account);

    /** What time it is for the gateway. Override it if your gateway has a clock of its own. */
    protected Instant now() {
        return Instant.now();
    }

    @BeforeEach
    final void begin() {
        gateway = gateway();
    }

    @Test
    @DisplayName("PG-1 a charge that succeeds has moved the money once")
    void a_charge_moves_the_money_once() {
        String account = account(Means.GOOD);
        Charge charge = gateway.charge(order(account, "invoice-a-1", "113.27"));
        assertThat(charge.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(charge.reference()).isEqualTo("invoice-a-1");
        assertThat(charge.amount()).isEqualTo(cad("113.27"));
        assertThat(charge.refusal()).isEmpty();
        assertCharged(account, "113.27");
    }

    @Test
    @DisplayName("PG-1 a charge that succeeds is found by its reference and by its id")
    void a_charge_is_found() {
        String account = account(Means.GOOD);
        Order first = order(account, "invoice-a-1", "10.00");
        Order second = order(account, "invoice-a-2", "20.00");
        Charge one = gateway.charge(first);
        Charge other = gateway.charge(second);
        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(gateway.find(first)).contains(one);
        assertThat(gateway.find(second)).contains(other);
        assertThat(gateway.charge(one.id())).contains(one);
        assertThat(gateway.charge(other.id())).contains(other);
    }

    @Test
    @DisplayName("PG-2 the same order again moves nothing more and answers the same charge")
    void the_same_order_again_moves_nothing_more() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge charge = gateway.charge(order);
        assertThat(gateway.charge(order)).isEqualTo(charge);
        assertThat(gateway.charge(sameAs(order))).isEqualTo(charge);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-2 of concurrent calls for an order one moves the money")
    void of_concurrent_calls_one_moves_the_money() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        List<Optional<Charge>> answers = OtherThread.together(RIVALS, i -> answered(() -> gateway.charge(order)));
        Charge charge = gateway.charge(order);
        assertThat(answers.stream().flatMap(Optional::stream)).allMatch(charge::equals);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-3 a decline is an answer, with a code")
    void a_decline_is_an_answer() {
        String account = account(Means.DECLINING);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge charge = gateway.charge(order);
        assertThat(charge.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(charge.reference()).isEqualTo("invoice-a-1");
        assertThat(charge.refusal().map(Payment.Refusal::code).orElse("")).isNotBlank();
        assertCharged(account, "0");
    }

    @Test
    @DisplayName("PG-3 a later order with another reference is decided anew")
    void a_later_order_is_decided_anew() {
        String account = account(Means.DECLINING);
        gateway.charge(order(account, "invoice-a-1", "10.00"));
        leave(account, Means.GOOD);
        assertThat(gateway.charge(order(account, "invoice-a-2", "10.00")).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-4 an order whose answer was lost after the work can be given again")
    void an_answer_lost_after_the_work() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        loseNextAnswer(true);
        assertUnknown(() -> gateway.charge(order));
        assertThat(gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-4 an order that got lost before the work can be given again")
    void an_order_lost_before_the_work() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        loseNextAnswer(false);
        assertUnknown(() -> gateway.charge(order));
        assertCharged(account, "0");
        assertThat(gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-5 what was charged is found when its answer was lost and its key is forgotten")
    void what_was_charged_is_found_when_its_key_is_forgotten() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        gateway.charge(order(account, "invoice-a-0", "5.00"));
        loseNextAnswer(true);
        assertFails(() -> gateway.charge(order));
        forgetKeys();
        Charge found = gateway.find(order).orElseThrow();
        assertThat(found.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(found.reference()).isEqualTo("invoice-a-1");
        assertThat(found.amount()).isEqualTo(cad("10.00"));
        assertCharged(account, "15.00");
    }

    @Test
    @DisplayName("PG-5 nothing is found of an order that got lost before the work")
    void nothing_is_found_of_what_got_lost() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        gateway.charge(order(account, "invoice-a-11", "5.00"));
        loseNextAnswer(false);
        assertFails(() -> gateway.charge(order));
        assertThat(gateway.find(order)).isEmpty();
        assertThat(gateway.charge("of nobody")).isEmpty();
    }

    @Test
    @DisplayName("PG-6 what was declined and is closed cannot be paid at the provider any more")
    void what_is_closed_cannot_be_paid_any_more() {
        String account = account(Means.DECLINING);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge declined = gateway.charge(order);
        forgetKeys();
        assertThat(gateway.close(order).map(Charge::outcome)).contains(Outcome.DECLINED);
        assertThat(gateway.close(order).map(Charge::outcome)).contains(Outcome.DECLINED);
        leave(account, Means.GOOD);
        payLate(declined.id());
        assertCharged(account, "0");
        assertThat(gateway.charge(declined.id()).map(Charge::outcome)).contains(Outcome.DECLINED);
    }

    @Test
    @DisplayName("PG-6 what has succeeded stays, and closing says so")
    void what_has_succeeded_stays() {
        String account = account(Means.GOOD);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge charge = gateway.charge(order);
        Charge closed = gateway.close(order).orElseThrow();
        assertThat(closed.id()).isEqualTo(charge.id());
        assertThat(closed.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertCharged(account, "10.00");
        assertThat(refunded(account)).isEqualByComparingTo("0");
    }

    @Test
    @DisplayName("PG-6 what was paid at the provider before it is closed has succeeded, or cannot be paid there")
    void what_was_paid_late_has_succeeded() {
        String account = account(Means.DECLINING);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge declined = gateway.charge(order);
        leave(account, Means.GOOD);
        payLate(declined.id());
        Outcome closed = gateway.close(order).orElseThrow().outcome();
        assertCharged(account, closed == Outcome.SUCCEEDED ? "10.00" : "0");
    }

    @Test
    @DisplayName("PG-6 what is processing stays so, or is declined for good")
    void what_is_processing_stays_or_is_declined() {
        String account = account(Means.PROCESSING);
        Order order = order(account, "invoice-a-1", "10.00");
        String id = gateway.charge(order).id();
        Outcome closed = gateway.close(order).orElseThrow().outcome();
        assertThat(closed).isNotEqualTo(Outcome.SUCCEEDED);
        decide(id, true);
        assertCharged(account, closed == Outcome.DECLINED ? "0" : "10.00");
    }

    @Test
    @DisplayName("PG-6 closing an order of which there is nothing answers so")
    void there_is_nothing_to_close() {
        String account = account(Means.GOOD);
        assertThat(gateway.close(order(account, "invoice-a-1", "10.00"))).isEmpty();
        assertCharged(account, "0");
    }

    @Test
    @DisplayName("PG-7 a charge that is processing ends as succeeded, and is found so")
    void processing_ends_as_succeeded() {
        String account = account(Means.PROCESSING);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge charge = gateway.charge(order);
        assertThat(charge.outcome()).isEqualTo(Outcome.PROCESSING);
        assertThat(charge.refusal()).isEmpty();
        assertCharged(account, "0");
        decide(charge.id(), true);
        assertThat(gateway.charge(charge.id()).map(Charge::outcome)).contains(Outcome.SUCCEEDED);
        assertThat(gateway.find(order).map(Charge::outcome)).contains(Outcome.SUCCEEDED);
        assertCharged(account, "10.00");
    }

    @Test
    @DisplayName("PG-7 a charge that is processing ends as declined, and is found so")
    void processing_ends_as_declined() {
        String account = account(Means.PROCESSING);
        Order order = order(account, "invoice-a-1", "10.00");
        Charge charge = gateway.charge(order);
        decide(charge.id(), false);
        Charge ended = gateway.charge(charge.id()).orElseThrow();
        assertThat(ended.outcome()).isEqualTo(Outcome.DECLINED);
        assertThat(ended.refusal()).isPresent();
        assertThat(gateway.find(order)).contains(ended);
        assertCharged(account, "0");
    }

    @Test
    @DisplayName("PG-8 a refund gives back once, and is found by its reference and by its id")
    void a_refund_gives_back_once() {
        String account = account(Means.GOOD);
        RefundOrder order = refundOrder(charge(account, "50.00"), "surplus-1", "20.00");
        Refunded refund = gateway.refund(order);
        assertThat(refund.status()).isIn(Refund.Status.PROCESSING, Refund.Status.SUCCEEDED);
        assertThat(refund.reference()).isEqualTo("surplus-1");
        assertThat(refund.charge()).isEqualTo(order.charge());
        assertThat(refund.amount()).isEqualTo(cad("20.00"));
        assertThat(gateway.refund(order).id()).isEqualTo(refund.id());
        assertThat(gateway.find(order).map(Refunded::id)).contains(refund.id());
        assertThat(gateway.refund(refund.id()).map(Refunded::reference)).contains("surplus-1");
        assertThat(refunded(account)).isEqualByComparingTo("20.00");
    }

    @Test
    @DisplayName("PG-8 of concurrent calls for a refund one gives back")
    void of_concurrent_calls_one_gives_back() {
        String account = account(Means.GOOD);
        RefundOrder order = refundOrder(charge(account, "50.00"), "surplus-1", "20.00");
        OtherThread.together(RIVALS, i -> answered(() -> gateway.refund(order)));
        gateway.refund(order);
        assertThat(refunded(account)).isEqualByComparingTo("20.00");
    }

    @Test
    @DisplayName("PG-8 a refund whose answer was lost is found, also when its key is forgotten")
    void a_refund_whose_answer_was_lost_is_found() {
        String account = account(Means.GOOD);
        RefundOrder order = refundOrder(charge(account, "50.00"), "surplus-1", "20.00");
        loseNextAnswer(true);
        assertUnknown(() -> gateway.refund(order));
        assertThat(gateway.refund(order).reference()).isEqualTo("surplus-1");
        forgetKeys();
        assertThat(gateway.find(order).map(Refunded::amount)).contains(cad("20.00"));
        assertThat(refunded(account)).isEqualByComparingTo("20.00");
    }

    @Test
    @DisplayName("PG-8 nothing is found of a refund that got lost before the work, and it can be asked for again")
    void a_refund_that_got_lost() {
        String account = account(Means.GOOD);
        RefundOrder order = refundOrder(charge(account, "50.00"), "surplus-1", "20.00");
        loseNextAnswer(false);
        assertUnknown(() -> gateway.refund(order));
        assertThat(gateway.find(order)).isEmpty();
        gateway.refund(order);
        assertThat(refunded(account)).isEqualByComparingTo("20.00");
    }

    @Test
    @DisplayName("PG-8 more than was charged is not given back, and that is an answer")
    void more_than_was_charged_is_not_given_back() {
        String account = account(Means.GOOD);
        String charge = charge(account, "50.00");
        gateway.refund(refundOrder(charge, "surplus-1", "30.00"));
        Refunded tooMuch = gateway.refund(refundOrder(charge, "surplus-2", "20.01"));
        assertThat(tooMuch.status()).isEqualTo(Refund.Status.FAILED);
        assertThat(tooMuch.reference()).isEqualTo("surplus-2");
        assertThat(tooMuch.failure()).isPresent();
        assertThat(refunded(account)).isEqualByComparingTo("30.00");
        gateway.refund(refundOrder(charge, "surplus-3", "20.00"));
        assertThat(refunded(account)).isEqualByComparingTo("50.00");
    }

    @Test
    @DisplayName("PG-9 a customer who is known there stays who he is")
    void a_known_customer_stays_who_he_is() {
        String account = account();
        Customer zoe = Samples.customer("Zoë").withStripeCustomerId(account);
        assertThat(gateway.accountOf(zoe)).isEqualTo(account);
    }

    @Test
    @DisplayName("PG-9 a customer who is not known there is made once")
    void a_new_customer_is_made_once() {
        Customer zoe = Samples.customer("Zoë").withEmail("zoe@example.com");
        Customer ada = Samples.customer("Ada").withEmail("zoe@example.com");
        String account = gateway.accountOf(zoe);
        assertThat(account).isNotBlank();
        assertThat(gateway.accountOf(zoe)).isEqualTo(account);
        assertThat(gateway.accountOf(ada)).isNotEqualTo(account);
    }

    @Test
    @DisplayName("PG-9 a customer whose making was not answered can be asked for again")
    void a_customer_can_be_asked_for_again() {
        Customer zoe = Samples.customer("Zoë");
        loseNextAnswer(true);
        assertFails(() -> gateway.accountOf(zoe));
        String account = gateway.accountOf(zoe);
        leave(account, Means.GOOD);
        assertThat(gateway.accountOf(zoe)).isEqualTo(account);
        assertThat(gateway.meansOf(account)).isPresent();
    }

    @Test
    @DisplayName("PG-10 the means of payment are those that the customer has left")
    void means_are_those_that_were_left() {
        String account = account();
        assertThat(gateway.meansOf(account)).isEmpty();
        leave(account, Means.GOOD);
        String other = account(Means.DECLINING);
        Charge charge = gateway.charge(order(account, "invoice-a-1", "10.00"));
        assertThat(charge.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(gateway.charge(order(other, "invoice-b-1", "10.00")).outcome()).isEqualTo(Outcome.DECLINED);
        assertCharged(account, "10.00");
        assertCharged(other, "0");
    }

    private String account(Means means) {
        String account = account();
        leave(account, means);
        return account;
    }

    private String charge(String account, String amount) {
        return gateway.charge(order(account, "invoice-a-1", amount)).id();
    }

    private Order order(String account, String reference, String amount) {
        return new Order(reference, account, gateway.meansOf(account).orElseThrow(), cad(amount), now(), "Invoice A",
                Map.of("invoice_id", "a", "attempt", "1"));
    }

    private static Order sameAs(Order order) {
        return new Order(order.reference(), order.account(), order.means(), order.amount(), order.at(), order.description(),
                order.notes());
    }

    private RefundOrder refundOrder(String charge, String reference, String amount) {
        return new RefundOrder(reference, charge, cad(amount), now());
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }

    private void assertCharged(String account, String amount) {
        assertThat(charged(account)).isEqualByComparingTo(amount);
    }

    private static void assertUnknown(Runnable call) {
        assertThat(assertFails(call).effect()).isEqualTo(PortFailure.Effect.UNKNOWN);
    }

    private static PortFailure assertFails(Runnable call) {
        PortFailure failure = catchThrowableOfType(PortFailure.class, call::run);
        assertThat(failure).as("the failure of a call whose answer was lost").isNotNull();
        return failure;
    }

    /** A rival may be told that it is not known. */
    private static <T> Optional<T> answered(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (PortFailure e) {
            return Optional.empty();
        }
    }
}
