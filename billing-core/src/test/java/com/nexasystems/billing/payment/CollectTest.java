package com.nexasystems.billing.payment;

import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.Workers;
import com.nexasystems.billing.wallet.CreateWallet;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletTransaction;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CollectTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEASE = Duration.ofMinutes(30);

    private final Till till = new Till();

    @Test
    void what_is_open_is_charged_once_and_those_who_wait_are_told() {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        var told = new ArrayList<Payment>();
        CollectionReport report = till.provided.collect().run(2, told::add);
        assertThat(report).isEqualTo(new CollectionReport(1, 0, 0, 0, List.of()));
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.now(invoice).paid()).isEqualTo(cad("20.00"));
        assertThat(till.state(invoice)).isEqualTo(State.DONE);
        assertThat(told).containsExactly(till.last(invoice));
        assertThat(till.last(invoice).reference()).isEqualTo("invoice-" + invoice.id() + "-1");
        assertThat(till.last(invoice).applied()).isEqualTo(cad("20.00"));
        assertThat(till.told(invoice)).containsExactly(EventType.INVOICE_PAYMENT_SUCCEEDED);
        till.collectAfter(DAY);
        till.takeNotices();
        assertThat(till.provider.charges()).hasSize(1);
        assertThat(till.told(invoice)).hasSize(1);
    }

    @Test
    void a_customer_who_is_not_known_to_the_provider_is_not_collected_from() {
        Invoice invoice = till.invoice(till.shop.customer("max"), "web");
        assertThat(till.collect()).isEqualTo(new CollectionReport(0, 0, 0, 0, List.of()));
        assertThat(till.payments().collection(invoice.id())).isEmpty();
        till.known("max");
        till.provider.leave("cus_max", Means.GOOD);
        till.collect();
        assertThat(till.payments().collection(invoice.id())).isEmpty();
    }

    @Test
    void a_customer_who_is_made_known_is_collected_from_then_on() {
        Customer max = till.shop.customer("max");
        Invoice invoice = till.invoice(max, "web");
        till.provided.setUp().page(max.id(), URI.create("https://shop.example/back"));
        till.provider.leave("cus_" + max.id(), Means.GOOD);
        till.collect();
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void who_has_left_no_means_of_payment_is_declined_without_asking() {
        Invoice invoice = till.invoice(till.known("ada"), "web");
        till.collect();
        Payment attempt = till.last(invoice);
        assertThat(attempt.status()).isEqualTo(Status.DECLINED);
        assertThat(attempt.refusal().map(Payment.Refusal::code)).contains("no_payment_method");
        assertThat(till.collection(invoice).nextAt()).contains(Shop.MARCH.plus(DAY));
        till.provider.leave("cus_ada", Means.GOOD);
        till.collectAfter(DAY);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.provider.charges()).hasSize(1);
    }

    // --- dunning

    @Test
    void a_decline_is_tried_again_after_1_3_5_and_7_days_and_then_the_service_is_told() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        var tried = new ArrayList<Long>();
        for (int hour = 0; hour <= 24 * 20; hour++) {
            int before = till.provider.charges().size();
            till.collect();
            if (till.provider.charges().size() > before) {
                tried.add(Duration.between(Shop.MARCH, till.shop.clock.instant()).toHours());
            }
            boolean failed = till.provider.charges().size() == 5;
            assertThat(till.told(invoice)).isEqualTo(failed ? List.of(EventType.INVOICE_PAYMENT_FAILED) : List.of());
            assertThat(till.stateOf("web")).isEqualTo(failed ? SubscriptionState.PAST_DUE : SubscriptionState.ACTIVE);
            till.shop.clock.advance(Duration.ofHours(1));
        }
        assertThat(tried).containsExactly(0L, 24L, 72L, 120L, 168L);
        assertThat(till.state(invoice)).isEqualTo(State.FAILED);
        assertThat(till.payments(invoice)).extracting(Payment::number).containsExactly(1, 2, 3, 4, 5);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.FINALISED);
    }

    @Test
    void an_outage_does_not_use_up_the_plan() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        till.collect();
        till.collectAfter(Duration.ofDays(30));
        assertThat(till.payments(invoice)).hasSize(2);
        assertThat(till.collection(invoice).nextAt()).contains(till.shop.clock.instant().plus(Duration.ofDays(2)));
    }

    @Test
    void each_subscription_is_restored_once_all_that_it_owed_is_paid() {
        Customer ada = till.customer("ada", Means.DECLINING);
        Invoice march = till.invoice(ada, "web");
        failed();
        till.shop.bill(Shop.APRIL);
        Invoice april = till.shop.lastInvoice();
        failed();
        assertThat(till.state(april)).isEqualTo(State.FAILED);
        till.shop.billing.recordPayment().paid(till.shop.hosting.id(), april.id(), Till.ZOE);
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.PAST_DUE);
        till.provider.leave("cus_ada", Means.GOOD);
        till.retry(march.id());
        till.collect();
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(till.told(march)).containsExactly(EventType.INVOICE_PAYMENT_FAILED, EventType.INVOICE_PAYMENT_FAILED,
                EventType.INVOICE_PAYMENT_SUCCEEDED, EventType.INVOICE_PAYMENT_SUCCEEDED,
                EventType.SUBSCRIPTION_REACTIVATED);
    }

    @Test
    void what_is_paused_and_resumed_still_owes() {
        Invoice march = till.invoice(till.customer("ada", Means.DECLINING), "web");
        failed();
        till.shop.billing.pauses().pause(till.shop.hosting.id(), "web");
        till.shop.clock.advance(Duration.ofDays(1));
        till.shop.billing.resumptions().resume(till.shop.hosting.id(), "web");
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.PAST_DUE);
        assertThat(till.told(march)).containsExactly(EventType.INVOICE_PAYMENT_FAILED);
        till.shop.billing.recordPayment().paid(till.shop.hosting.id(), march.id(), Till.ZOE);
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(till.told(march)).containsExactly(EventType.INVOICE_PAYMENT_FAILED, EventType.INVOICE_PAYMENT_SUCCEEDED,
                EventType.SUBSCRIPTION_REACTIVATED);
    }

    @Test
    void what_is_tried_again_is_owed_until_it_is_paid() {
        Customer ada = till.customer("ada", Means.DECLINING);
        Invoice march = till.invoice(ada, "web");
        failed();
        till.shop.bill(Shop.APRIL);
        Invoice april = till.shop.lastInvoice();
        failed();
        till.retry(march.id());
        till.shop.billing.recordPayment().paid(till.shop.hosting.id(), april.id(), Till.ZOE);
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.PAST_DUE);
        till.collect();
        assertThat(till.payments(march)).hasSize(6);
        assertThat(till.state(march)).isEqualTo(State.FAILED);
        till.collectAfter(Duration.ofDays(30));
        assertThat(till.payments(march)).hasSize(6);
        assertThat(till.told(march)).filteredOn(EventType.INVOICE_PAYMENT_FAILED::equals).hasSize(2);
    }

    @Test
    void a_retry_on_request_is_the_next_one_of_the_plan() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        till.collect();
        till.shop.clock.advance(Duration.ofHours(2));
        till.retry(invoice.id());
        till.collect();
        assertThat(till.payments(invoice)).hasSize(2);
        assertThat(till.collection(invoice).nextAt()).contains(Shop.MARCH.plus(Duration.ofDays(3)));
    }

    @Test
    void what_is_not_open_or_asked_for_already_is_not_tried_again() {
        Customer ada = till.customer("ada", Means.PROCESSING);
        Invoice invoice = till.invoice(ada, "web");
        till.collect();
        assertThatThrownBy(() -> till.retry(invoice.id())).isInstanceOf(RetryPayment.AlreadyAsked.class)
                .hasMessageContaining("HOSTING-000001");
        till.provider.decide(till.last(invoice).charge().orElseThrow(), true);
        till.takeNotices();
        assertThatThrownBy(() -> till.retry(invoice.id())).isInstanceOf(InvalidValue.class);
        var chat = till.shop.billing.register("chat", "Chat").id();
        assertThatThrownBy(() -> till.shop.billing.retryPayment().again(chat, invoice.id(), Till.ZOE))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("does not exist");
    }

    @Test
    void what_is_declined_after_its_invoice_was_withdrawn_fails_nothing() {
        Invoice invoice = till.invoice(till.customer("ada", Means.PROCESSING), "web");
        for (int i = 0; i < 5; i++) {
            till.collectAfter(Duration.ofDays(i == 0 ? 0 : 2));
            if (i == 4) {
                till.withdraw(invoice);
            }
            till.provider.decide(till.last(invoice).charge().orElseThrow(), false);
            till.takeNotices();
        }
        assertThat(till.payments(invoice)).hasSize(5);
        assertThat(till.state(invoice)).isEqualTo(State.DONE);
        assertThat(till.told(invoice)).isEmpty();
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.ACTIVE);
    }

    // --- outcomes that are not known

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"TURNED_AWAY", "LOST_BEFORE", "LOST_AFTER", "BROKEN"})
    void an_unknown_outcome_is_looked_up_and_never_taken_for_a_decline(Fault fault) {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        failCharge(fault);
        assertThat(till.collect().failed()).isEqualTo(1);
        assertThat(till.last(invoice).status()).isEqualTo(Status.ASKED);
        till.collectAfter(MemoryPaymentGateway.KEYS_LIVE.plusHours(1));
        assertThat(till.payments(invoice)).hasSize(1);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("20.00");
    }

    @Test
    void a_provider_that_does_not_answer_is_asked_less_and_less_often() {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        failCharge(Fault.LOST_BEFORE);
        till.collect();
        till.provider.script(() -> Fault.LOST_BEFORE);
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 13; i++) {
            Instant now = till.shop.clock.instant();
            Instant next = till.collection(invoice).nextAt().orElseThrow();
            waits.add(Duration.between(now, next));
            till.shop.clock.set(next);
            till.collect();
        }
        assertThat(waits).startsWith(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(2)).isSorted()
                .endsWith(Duration.ofHours(6));
        assertThat(till.payments(invoice)).hasSize(1);
    }

    @Test
    void what_is_processing_ends_when_it_is_asked_for_or_notified_of() {
        Customer ada = till.customer("ada", Means.PROCESSING);
        Invoice asked = till.invoice(ada, "web");
        Invoice notified = till.invoice(ada, "mail");
        assertThat(till.collect().open()).isEqualTo(2);
        assertThat(till.last(asked).status()).isEqualTo(Status.PROCESSING);
        till.provider.decide(till.last(notified).charge().orElseThrow(), true);
        till.takeNotices();
        assertThat(till.now(notified).status()).isEqualTo(InvoiceStatus.PAID);
        till.collectAfter(MemoryPaymentGateway.PROCESSING_TAKES);
        assertThat(till.now(asked).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.provider.charges()).hasSize(2);
    }

    @Test
    void a_notice_may_come_twice_and_late_and_be_of_somebody_else() {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        failCharge(Fault.LOST_AFTER);
        till.collect();
        List<Notice> notices = till.provider.notices();
        notices.forEach(notice -> assertThat(till.provided.notices().take(notice)).isTrue());
        notices.forEach(till.provided.notices()::take);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.told(invoice)).hasSize(1);
        for (Notice.Subject subject : Notice.Subject.values()) {
            assertThat(till.provided.notices().take(new Notice(subject, "of nobody", "evt"))).isFalse();
        }
    }

    @Test
    void what_was_declined_and_is_paid_late_restores_the_subscription() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        failed();
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.PAST_DUE);
        assertThat(till.provider.payLate(till.last(invoice).charge().orElseThrow())).isTrue();
        till.takeNotices();
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.ACTIVE);
    }

    @Test
    void a_payer_who_tries_it_himself_in_vain_does_not_use_up_the_plan() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        till.collect();
        Instant planned = till.collection(invoice).nextAt().orElseThrow();
        Charge declined = till.provider.charges().get(0);
        var underWay = new StaleGateway(till.provider).charge(new Charge(declined.id(), declined.reference(),
                Charge.Outcome.PROCESSING, declined.amount(), Optional.empty()));
        till.shop.billing.with(underWay, DunningPlan.DEFAULT).notices()
                .take(new Notice(Notice.Subject.CHARGE, declined.id(), "payment_intent.processing"));
        assertThat(till.collection(invoice).nextAt()).contains(planned);
    }

    @Test
    void what_was_declined_is_closed_before_it_is_tried_again_also_after_a_manual_payment() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        till.collect();
        String first = till.last(invoice).charge().orElseThrow();
        till.receive(invoice, "5.00", "cash");
        till.provider.leave("cus_ada", Means.GOOD);
        till.collectAfter(DAY);
        assertThat(till.provider.payLate(first)).isFalse();
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("15.00");
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void what_was_paid_late_without_a_notice_is_found_before_it_is_tried_again() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        till.collect();
        till.provider.payLate(till.last(invoice).charge().orElseThrow());
        till.collectAfter(DAY);
        assertThat(till.payments(invoice)).hasSize(1);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("20.00");
    }

    // --- several nodes

    @Test
    void another_node_waits_for_the_lease_and_asks_under_the_same_reference_then() {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        till.payments().enrol(till.shop.clock.instant(), 10);
        // A node claims it, and dies.
        till.payments().claimDue(till.shop.clock.instant(), till.shop.clock.instant().plus(LEASE), 1);
        till.collectAfter(LEASE.minusSeconds(1));
        assertThat(till.payments(invoice)).isEmpty();
        till.collectAfter(Duration.ofSeconds(1));
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
    }

    @Test
    void nodes_that_work_at_once_charge_each_invoice_once() throws Exception {
        Customer ada = till.customer("ada", Means.GOOD);
        List<Invoice> invoices = IntStream.range(0, 60).mapToObj(i -> till.sold(ada, "1.00")).toList();
        var random = new SplittableRandom(7);
        till.provider.script(() -> {
            synchronized (random) {
                return random.nextInt(3) > 0 ? Fault.NONE : Fault.values()[random.nextInt(Fault.values().length)];
            }
        });
        var other = till.shop.billing.with(till.provider, DunningPlan.DEFAULT);
        try (var workers = new Workers(2)) {
            for (int i = 0; i < 40; i++) {
                workers.race(List.of(() -> till.provided.collect().run(3, payment -> { }),
                        () -> other.collect().run(3, payment -> { })));
                till.shop.clock.advance(Duration.ofHours(5));
            }
        }
        till.provider.script(() -> Fault.NONE);
        IntStream.range(0, 20).forEach(i -> till.collectAfter(DAY));
        assertThat(invoices).allMatch(invoice -> till.now(invoice).status() == InvoiceStatus.PAID);
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("60.00");
    }

    @Test
    void one_invoice_that_the_adapter_cannot_take_does_not_stop_the_others() {
        Invoice good = till.invoice(till.customer("ada", Means.GOOD), "web");
        Invoice bad = till.invoice(till.customer("max", Means.GOOD), "mail");
        var odd = till.shop.billing.with((PaymentGateway) Proxy.newProxyInstance(
                PaymentGateway.class.getClassLoader(), new Class<?>[] {PaymentGateway.class}, (proxy, method, args) -> {
                    if (method.getName().equals("meansOf") && args[0].equals("cus_max")) {
                        throw new IllegalStateException("odd");
                    }
                    return method.invoke(till.provider, args);
                }), DunningPlan.DEFAULT);
        CollectionReport report = odd.collect().run(1, payment -> { });
        assertThat(report.succeeded()).isEqualTo(1);
        assertThat(report.failures()).containsExactly("invoice " + bad.id() + ": odd");
        assertThat(till.now(good).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.payments(bad)).isEmpty();
    }

    // --- what happens meanwhile

    @Test
    void a_decline_that_is_told_before_our_answer_gets_lost_is_tried_again_when_the_plan_says() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        var late = till.shop.billing.with((PaymentGateway) Proxy.newProxyInstance(
                PaymentGateway.class.getClassLoader(), new Class<?>[] {PaymentGateway.class}, (proxy, method, args) -> {
                    Object answer = method.invoke(till.provider, args);
                    if (method.getName().equals("charge")) {
                        till.takeNotices();
                        throw new PortFailure(PortFailure.Effect.UNKNOWN, "lost", null);
                    }
                    return answer;
                }), DunningPlan.DEFAULT);
        assertThat(late.collect().run(1, payment -> { }).failed()).isEqualTo(1);
        assertThat(till.last(invoice).status()).isEqualTo(Status.DECLINED);
        assertThat(till.collection(invoice).nextAt()).contains(till.shop.clock.instant().plus(DAY));
    }

    @Test
    void what_comes_for_an_invoice_that_was_withdrawn_meanwhile_is_paid_back() {
        Invoice invoice = till.invoice(till.customer("ada", Means.PROCESSING), "web");
        till.collect();
        till.withdraw(invoice);
        till.provider.decide(till.last(invoice).charge().orElseThrow(), true);
        till.takeNotices();
        assertThat(till.last(invoice).surplus()).isEqualTo(cad("20.00"));
        assertThat(till.state(invoice)).isEqualTo(State.DONE);
        till.provided.refunds().run();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("20.00");
        assertThat(till.told(invoice)).isEmpty();
    }

    @Test
    void what_was_offset_meanwhile_is_paid_back() {
        Invoice invoice = till.invoice(till.customer("ada", Means.PROCESSING), "web");
        till.collect();
        till.give(invoice, Given.offset(cad("7.50")));
        till.provider.decide(till.last(invoice).charge().orElseThrow(), true);
        till.takeNotices();
        assertThat(till.now(invoice).paid()).isEqualTo(cad("12.50"));
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        till.provided.refunds().run();
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("7.50");
    }

    @Test
    void money_that_comes_for_what_is_wholly_offset_pays_nothing_and_nobody_is_told() {
        Invoice invoice = till.invoice(till.customer("ada", Means.PROCESSING), "web");
        till.collect();
        till.give(invoice, Given.offset(cad("20.00")));
        till.provider.decide(till.last(invoice).charge().orElseThrow(), true);
        till.takeNotices();
        assertThat(till.now(invoice).paid()).isEqualTo(cad("0.00"));
        assertThat(till.told(invoice)).isEmpty();
        assertThat(till.refunds(till.last(invoice))).extracting(Refund::amount).containsExactly(cad("20.00"));
    }

    @Test
    void what_was_offset_or_withdrawn_is_not_tried_any_more() {
        Customer ada = till.customer("ada", Means.DECLINING);
        Invoice offset = till.invoice(ada, "web");
        Invoice withdrawn = till.invoice(ada, "mail");
        till.collect();
        till.give(offset, Given.offset(cad("20.00")));
        till.withdraw(withdrawn);
        till.collectAfter(DAY);
        assertThat(List.of(till.state(offset), till.state(withdrawn))).containsOnly(State.DONE);
        assertThat(till.provider.charges()).hasSize(2);
    }

    @Test
    void a_subscription_is_restored_when_what_it_owed_is_offset() {
        Invoice invoice = till.invoice(till.customer("ada", Means.DECLINING), "web");
        failed();
        till.give(invoice, Given.offset(cad("20.00")));
        till.collect();
        assertThat(till.stateOf("web")).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(till.told(invoice)).containsExactly(EventType.INVOICE_PAYMENT_FAILED, EventType.SUBSCRIPTION_REACTIVATED);
    }

    @Test
    void credits_whose_invoice_has_failed_are_not_waited_for_and_are_there_if_it_is_paid_after_all() {
        Customer ada = till.customer("ada", Means.DECLINING);
        Wallet wallet = wallet(ada);
        WalletTransaction purchase = purchase(wallet);
        Invoice invoice = till.shop.lastInvoice();
        failed();
        assertThat(found(purchase).status()).isEqualTo(WalletTransaction.Status.FAILED);
        assertThat(till.told(invoice)).containsExactly(EventType.INVOICE_PAYMENT_FAILED);
        till.provider.leave("cus_ada", Means.GOOD);
        till.retry(invoice.id());
        till.collect();
        assertThat(found(purchase).status()).isEqualTo(WalletTransaction.Status.SETTLED);
    }

    private WalletTransaction found(WalletTransaction purchase) {
        return till.shop.billing.ports().wallets().findAll(List.of(purchase.id())).get(0);
    }

    private Wallet wallet(Customer customer) {
        return till.shop.billing.wallets().create(till.shop.hosting.id(),
                new CreateWallet.Request(customer, Shop.CAD, BigDecimal.ONE, Wallet.Settings.named("credits")));
    }

    /** Of 10.00 CAD, and billed. */
    private WalletTransaction purchase(Wallet wallet) {
        WalletTransaction purchase = till.shop.billing.topUpWallet().purchase(till.shop.hosting.id(), wallet.id(),
                new BigDecimal("10"), Optional.empty());
        till.shop.billing.billPurchases().bill();
        return purchase;
    }

    @Test
    void what_was_bought_for_a_wallet_that_is_gone_is_paid_back() {
        Customer ada = till.customer("ada", Means.PROCESSING);
        Wallet wallet = wallet(ada);
        purchase(wallet);
        Invoice invoice = till.shop.lastInvoice();
        till.collect();
        till.shop.billing.terminateWallet().terminate(till.shop.hosting.id(), wallet.id());
        till.provider.decide(till.last(invoice).charge().orElseThrow(), true);
        till.takeNotices();
        till.provided.refunds().run();
        assertThat(till.now(invoice).paid()).isEqualTo(cad("0.00"));
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("10.00");
        till.collectAfter(Duration.ofDays(30));
        assertThat(till.payments(invoice)).hasSize(1);
        assertThat(till.told(invoice)).isEmpty();
    }

    @Test
    void a_second_charge_under_one_reference_is_paid_back() {
        Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");
        till.collect();
        Payment paid = till.last(invoice);
        till.provider.forgetKeys();
        till.provider.charge(new PaymentGateway.Order(paid.reference(), "cus_ada", paid.means().orElseThrow(), paid.amount(),
                paid.createdAt(), "held up", Map.of()));
        till.takeNotices();
        till.provided.refunds().run();
        assertThat(till.payments(invoice)).hasSize(2);
        assertThat(till.now(invoice).paid()).isEqualTo(cad("20.00"));
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("40.00");
        assertThat(till.provider.refunded("cus_ada")).isEqualByComparingTo("20.00");
    }

    /** Until the dunning is over. */
    private void failed() {
        IntStream.range(0, 5).forEach(i -> till.collectAfter(Duration.ofDays(i == 0 ? 0 : 2)));
    }

    /** The means are asked for before: that is to succeed. */
    private void failCharge(Fault fault) {
        var script = new ArrayList<>(List.of(Fault.NONE, fault));
        till.provider.script(() -> script.isEmpty() ? Fault.NONE : script.remove(0));
    }
}
