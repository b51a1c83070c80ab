package com.nexasystems.billing.wallet;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.Workers;
import com.nexasystems.billing.wallet.TopUpRule.Method;
import com.nexasystems.billing.wallet.TopUpRule.Trigger;
import com.nexasystems.billing.wallet.Wallet.Settings;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import com.nexasystems.billing.wallet.WalletTransaction.Status;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WalletsInUseTest {

    private static final int WORKERS = 3;
    private static final BillingCycle MONTHLY =
            new BillingCycle(Interval.MONTHLY, LocalDate.of(2026, 1, 31), ZoneOffset.UTC);

    private final Shop shop = new Shop();
    private final Billing billing = shop.billing;
    private final Customer ada = shop.customer("ada");

    @Test
    void a_wallet_is_created_empty_for_what_exists_and_six_at_most() {
        Wallet wallet = create(Settings.named("main"));
        assertThat(wallet.balance().isNone()).isTrue();
        assertInvalid(() -> create(Settings.named("w").limitedTo(WalletScope.ofMetrics(new MetricCode("gone")))),
                "applies_to.billable_metric_codes: does not exist: gone");
        assertInvalid(() -> create(Settings.named("w").expiring(MARCH)),
                "expiration_at: is not in the future: 2026-03-01T00:00:00Z");
        assertInvalid(() -> create(Settings.named("w").with(rule(new Trigger.Every(MONTHLY, MARCH), fixed("1", "0")))),
                "recurring_transaction_rules: begin in the future, not at 2026-03-01T00:00:00Z");
        IntStream.range(1, 6).forEach(i -> create(Settings.named("w" + i)));
        assertInvalid(() -> create(Settings.named("seventh")),
                "wallet: the customer has 6 active wallets, which is as many as one may have");
        billing.terminateWallet().terminate(shop.hosting.id(), wallet.id());
        create(Settings.named("in its place"));
    }

    @Test
    void values_that_cannot_be_are_refused() {
        assertInvalid(() -> new Method.Fixed(BigDecimal.ZERO, BigDecimal.ZERO),
                "paid_credits: paid or granted credits must be above zero");
        assertInvalid(() -> new Method.Target(BigDecimal.ZERO), "target_ongoing_balance: must be above zero: 0");
        assertInvalid(() -> new Trigger.AtMost(new BigDecimal("-1")), "threshold_credits: must not be negative: -1");
        Wallet wallet = create(Settings.named("main"));
        assertInvalid(() -> grant(wallet, "0.004"), "credits: must be worth at least one minor unit: 0.004");
        assertInvalid(() -> grant(wallet, "-5"), "credits: must be above zero: -5");
        assertInvalid(() -> take(wallet, "0"), "voided_credits: must be above zero: 0");
        Customer american = ada.withCurrency(Currency.getInstance("USD"));
        assertThatThrownBy(() -> billing.wallets().create(shop.hosting.id(),
                new CreateWallet.Request(american, CAD, BigDecimal.ONE, Settings.named("w"))))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void the_wallet_of_one_service_is_not_there_for_another() {
        Wallet wallet = create(Settings.named("main"));
        WalletTransaction purchase = purchase(wallet, "10");
        var chat = billing.register("chat", "Chat");
        String unknown = "wallet: does not exist: " + wallet.id();
        assertInvalid(() -> billing.topUpWallet().grant(chat.id(), wallet.id(), BigDecimal.ONE, Optional.empty()), unknown);
        assertInvalid(() -> billing.topUpWallet().settle(chat.id(), purchase.id()), unknown);
        assertInvalid(() -> billing.terminateWallet().terminate(chat.id(), wallet.id()), unknown);
        assertInvalid(() -> billing.wallets().update(chat.id(), wallet.id(), Settings.named("stolen")), unknown);
        assertThat(now(wallet)).isEqualTo(wallet);
    }

    @Test
    void a_purchase_counts_once_when_it_is_paid() {
        Wallet wallet = create(Settings.named("main"));
        WalletTransaction purchase = purchase(wallet, "10");
        assertThat(now(wallet).balance().isNone()).isTrue();
        assertThat(waiting()).containsExactly(purchase);
        WalletTransaction settled = settle(purchase);
        assertThat(settle(purchase)).isEqualTo(settled);
        assertThat(now(wallet).balance().worth()).isEqualTo(cad("10.00"));
        assertThat(waiting()).isEmpty();
        assertThatThrownBy(() -> fail(purchase)).isInstanceOf(IllegalStateException.class)
                .hasMessage("a purchase that is settled cannot become failed");
        WalletTransaction grant = grant(wallet, "1");
        assertInvalid(() -> settle(grant), "wallet_transaction: is no purchase: " + grant.id());
    }

    @Test
    void a_payment_that_comes_after_all_counts_unless_the_wallet_is_gone() {
        Wallet wallet = create(Settings.named("main"));
        WalletTransaction purchase = purchase(wallet, "10");
        assertThat(fail(purchase).status()).isEqualTo(Status.FAILED);
        assertThat(fail(purchase).status()).isEqualTo(Status.FAILED);
        settle(purchase);
        assertThat(now(wallet).balance().worth()).isEqualTo(cad("10.00"));
        WalletTransaction late = purchase(wallet, "5");
        billing.terminateWallet().terminate(shop.hosting.id(), wallet.id());
        assertInvalid(() -> settle(late), "wallet: is terminated: " + wallet.id());
        assertBooks(billing.ports(), wallet.id());
    }

    @Test
    void voiding_takes_granted_credits_first_and_no_more_than_there_are() {
        Wallet wallet = create(Settings.named("main"));
        settle(purchase(wallet, "10"));
        WalletTransaction grant = grant(wallet, "4");
        assertInvalid(() -> take(wallet, "14.01"), "voided_credits: are more than there are: 14.01 of 14");
        WalletTransaction voided = take(wallet, "3.335");
        assertThat(voided.sources()).extracting(WalletTransaction.Source::topUp).containsExactly(grant.id());
        assertThat(now(wallet).balance()).isEqualTo(new Credits(new BigDecimal("10.665"), cad("10.67")));
        assertBooks(billing.ports(), wallet.id());
    }

    @Test
    void a_terminated_wallet_is_empty_and_stays_so() {
        Wallet wallet = create(Settings.named("main"));
        grant(wallet, "10");
        WalletTransaction purchase = purchase(wallet, "5");
        pay(billing.ports(), invoice(1), 400);
        Wallet gone = billing.terminateWallet().terminate(shop.hosting.id(), wallet.id());
        assertThat(billing.terminateWallet().terminate(shop.hosting.id(), wallet.id())).isEqualTo(gone);
        assertThat(gone.balance().isNone()).isTrue();
        assertThat(billing.ports().wallets().findAll(List.of(purchase.id()))).extracting(WalletTransaction::status)
                .containsExactly(Status.FAILED);
        assertThat(billing.restoreWallets().restore(invoice(1))).containsExactly(gone);
        assertThat(kinds(wallet)).containsExactly(Kind.GRANTED, Kind.PURCHASED, Kind.CONSUMED, Kind.VOIDED, Kind.RESTORED,
                Kind.VOIDED);
        assertInvalid(() -> grant(wallet, "1"), "wallet: is terminated: " + wallet.id());
        assertInvalid(() -> billing.wallets().update(shop.hosting.id(), wallet.id(), Settings.named("again")),
                "wallet: is terminated: " + wallet.id());
    }

    @Test
    void a_voided_invoice_gives_back_to_where_it_came_from_once() {
        Wallet wallet = create(Settings.named("main"));
        WalletTransaction grant = grant(wallet, "3");
        WalletTransaction paid = settle(purchase(wallet, "10"));
        assertThat(pay(billing.ports(), invoice(1), 700)).isEqualTo(cad("7.00"));
        assertThat(billing.restoreWallets().restore(invoice(1))).containsExactly(now(wallet));
        assertThat(billing.restoreWallets().restore(invoice(1))).isEmpty();
        assertThat(billing.restoreWallets().restore(invoice(2))).isEmpty();
        assertThat(billing.ports().wallets().findAll(List.of(grant.id(), paid.id()))).extracting(WalletTransaction::left)
                .containsExactly(grant.credits(), paid.credits());
        assertThat(now(wallet).balance().worth()).isEqualTo(cad("13.00"));
    }

    @Test
    void what_is_over_expires_once_also_when_it_comes_back_later() {
        Wallet ending = create(Settings.named("ending").expiring(MAY));
        Wallet lasting = create(Settings.named("lasting"));
        grant(ending, "5");
        billing.topUpWallet().grant(shop.hosting.id(), lasting.id(), BigDecimal.TEN, Optional.of(APRIL));
        grant(lasting, "1");
        pay(billing.ports(), invoice(1), 1200);
        assertThat(billing.expireWallets().expire(APRIL.minusNanos(1000))).isZero();
        assertThat(billing.expireWallets().expire(APRIL)).isEqualTo(1);
        assertThat(billing.expireWallets().expire(APRIL)).isZero();
        assertThat(now(lasting).balance().worth()).isEqualTo(cad("1.00"));
        billing.restoreWallets().restore(invoice(1));
        assertThat(now(lasting).balance().worth()).isEqualTo(cad("8.00"));
        assertThat(billing.expireWallets().expire(MAY)).isEqualTo(2);
        assertThat(billing.expireWallets().expire(MAY)).isZero();
        assertThat(now(lasting).balance().worth()).isEqualTo(cad("1.00"));
        assertThat(now(ending)).extracting(Wallet::status, wallet -> wallet.balance().isNone())
                .containsExactly(Wallet.Status.TERMINATED, true);
    }

    @Test
    void settings_change_and_the_money_stays() {
        Wallet wallet = create(Settings.named("main"));
        grant(wallet, "10");
        var settings = new Settings("other", 1, WalletScope.ofMetrics(new MetricCode(Shop.CPU)), Optional.of(MAY),
                List.of(rule(Trigger.Every.from(MONTHLY, MARCH), fixed("1", "0"))));
        Wallet updated = billing.wallets().update(shop.hosting.id(), wallet.id(), settings);
        assertThat(now(wallet)).isEqualTo(updated);
        assertThat(updated.balance().worth()).isEqualTo(cad("10.00"));
        shop.clock.set(Instant.parse("2026-03-31T12:00:00Z"));
        assertThat(billing.wallets().update(shop.hosting.id(), wallet.id(), settings)).isEqualTo(updated);
    }

    @Test
    void a_rule_by_interval_has_its_turn_once_for_each_interval() {
        Wallet wallet = create(Settings.named("main").with(rule(Trigger.Every.from(MONTHLY, MARCH), fixed("10", "2"))));
        assertThat(topUps("2026-03-30T23:59:59Z")).isEmpty();
        assertThat(topUps("2026-03-31T00:00:00Z")).extracting(WalletTransaction::kind)
                .containsExactly(Kind.GRANTED, Kind.PURCHASED);
        assertThat(topUps("2026-03-31T12:00:00Z")).isEmpty();
        assertThat(topUps("2026-04-30T00:00:00Z")).hasSize(2);
        assertThat(topUps("2026-07-30T00:00:00Z")).hasSize(4);
        assertThat(now(wallet).balance().units()).isEqualByComparingTo("8");
        assertThat(waiting()).hasSize(4);
    }

    @Test
    void a_rule_by_threshold_waits_until_its_purchase_is_paid() {
        Wallet wallet = create(Settings.named("main")
                .with(rule(new Trigger.AtMost(new BigDecimal("6")), fixed("10", "0"))));
        grant(wallet, "6.01");
        assertThat(topUps("2026-03-02T00:00:00Z")).isEmpty();
        take(wallet, "0.01");
        List<WalletTransaction> bought = topUps("2026-03-03T00:00:00Z");
        assertThat(bought).extracting(WalletTransaction::credits)
                .containsExactly(new Credits(BigDecimal.TEN, cad("10.00")));
        assertThat(topUps("2026-03-04T00:00:00Z")).isEmpty();
        fail(bought.get(0));
        assertThat(topUps("2026-03-05T00:00:00Z").stream().map(this::settle)).hasSize(1);
        assertThat(topUps("2026-03-06T00:00:00Z")).isEmpty();
    }

    @Test
    void a_rule_with_a_target_buys_what_is_missing() {
        Wallet wallet = create(Settings.named("main").with(
                rule(new Trigger.AtMost(new BigDecimal("6")), new Method.Target(new BigDecimal("200"))),
                rule(Trigger.Every.from(MONTHLY, MARCH), new Method.Target(new BigDecimal("210")))));
        grant(wallet, "5.5");
        assertThat(topUps("2026-03-02T00:00:00Z")).extracting(topUp -> topUp.credits().worth())
                .containsExactly(cad("194.50"));
        assertThat(topUps("2026-03-31T00:00:00Z")).extracting(topUp -> topUp.credits().worth())
                .containsExactly(cad("10.00"));
        assertThat(topUps("2026-04-30T00:00:00Z")).isEmpty();
    }

    @Test
    void a_rule_that_is_over_does_nothing() {
        create(Settings.named("main").with(new TopUpRule(new Trigger.AtMost(BigDecimal.ONE), fixed("0", "10"),
                Optional.of(APRIL))));
        assertThat(topUps("2026-04-01T00:00:00Z")).isEmpty();
        assertThat(topUps("2026-03-31T23:59:59Z")).hasSize(1);
    }

    @Test
    void whatever_happens_the_transactions_and_what_is_left_come_to_the_balance() {
        Cases.check(2_000, random -> {
            var world = new RandomWallets(random, Ports.inMemory());
            for (int step = 0; step < 25; step++) {
                world.anything();
                world.wallets.forEach(id -> assertBooks(world.ports, id));
            }
        });
    }

    @Test
    void concurrent_workers_never_spend_a_wallet_twice() {
        try (var workers = new Workers(WORKERS)) {
            Cases.check(10_000, random -> {
                Ports ports = Ports.inMemory();
                WalletId id = filled(ports);
                workers.race(IntStream.range(0, WORKERS).mapToObj(i -> work(ports, random.split(), i)).toList());
                assertBooks(ports, id);
            });
        }
    }

    @Test
    void concurrent_passes_let_a_rule_have_its_turn_once() {
        try (var workers = new Workers(WORKERS)) {
            Cases.check(1_000, random -> {
                Ports ports = Ports.inMemory();
                Billing own = Billing.over(ports).clock(shop.clock).build();
                own.wallets().create(shop.hosting.id(), new CreateWallet.Request(ada, CAD, BigDecimal.ONE,
                        Settings.named("w").expiring(MAY).with(rule(Trigger.Every.from(MONTHLY, MARCH), fixed("0", "1")))));
                List<Instant> ends = IntStream.range(0, WORKERS).mapToObj(i -> oneOf(random, MARCH, MAY)).toList();
                workers.race(ends.stream().<Runnable>map(end -> () -> {
                    own.topUpRules().apply(APRIL, topUp -> { });
                    own.expireWallets().expire(end);
                }).toList());
                Wallet wallet = ports.wallets().of(holder()).get(0);
                assertThat(ports.wallets().transactions(wallet.id(), Optional.empty(), 9))
                        .filteredOn(made -> made.kind() == Kind.GRANTED).hasSize(1);
                assertBooks(ports, wallet.id());
            });
        }
    }

    private WalletId filled(Ports ports) {
        Wallet wallet = Wallet.of(new WalletId(new UUID(1, 1)), holder(), CAD, new BigDecimal("0.333"), Settings.named("w"),
                MARCH);
        ports.unitOfWork().run(() -> {
            ports.wallets().add(wallet);
            WalletChange change = new OpenWallet(wallet, List.of())
                    .granted(new BigDecimal("31"), Optional.empty(), ports.ids(), MARCH);
            ports.wallets().store(List.of(change));
        });
        return wallet.id();
    }

    private Runnable work(Ports ports, SplittableRandom random, int worker) {
        var restore = new RestoreWallets(ports.wallets(), ports.ids(), shop.clock, ports.unitOfWork());
        return () -> {
            for (int i = 0; i < 3; i++) {
                pay(ports, invoice(worker * 10 + i), random.nextInt(800));
                if (chance(random, 30)) {
                    restore.restore(invoice(random.nextInt(WORKERS) * 10 + i));
                }
            }
        };
    }

    /** The balance is what is left of the top-ups, and what all transactions add up to; each source is what was taken. */
    private static void assertBooks(Ports ports, WalletId id) {
        OpenWallet open = ports.unitOfWork().call(() -> ports.wallets().claimAll(List.of(id))).get(0);
        DrawDownTest.assertBalanced(open);
        BigDecimal units = BigDecimal.ZERO;
        Money worth = Money.zero(CAD);
        for (WalletTransaction made : ports.wallets().transactions(id, Optional.empty(), Integer.MAX_VALUE)) {
            if (made.status() == Status.SETTLED) {
                boolean in = made.kind().isInbound();
                units = in ? units.add(made.credits().units()) : units.subtract(made.credits().units());
                worth = in ? worth.plus(made.credits().worth()) : worth.minus(made.credits().worth());
            }
            assertThat(made.left().units().compareTo(made.credits().units())).isNotPositive();
        }
        assertThat(open.wallet().balance().units()).isEqualByComparingTo(units);
        assertThat(open.wallet().balance().worth()).isEqualTo(worth);
    }

    /** A customer's wallets, to which anything may happen. */
    private final class RandomWallets {

        private final SplittableRandom random;
        private final Ports ports;
        private final Billing own;
        private final List<WalletId> wallets = new ArrayList<>();
        private Instant now = MARCH;
        private int invoices;

        RandomWallets(SplittableRandom random, Ports ports) {
            this.random = random;
            this.ports = ports;
            this.own = Billing.over(ports).clock(shop.clock).build();
            IntStream.range(0, 2).forEach(i -> wallets.add(own.wallets().create(shop.hosting.id(), new CreateWallet.Request(
                    ada, CAD, new BigDecimal(oneOf(random, "1", "0.333", "12.5")), Settings.named("w" + i).with(
                            rule(Trigger.Every.from(MONTHLY, MARCH), fixed("3", "1.5"))))).id()));
        }

        void anything() {
            try {
                WalletId wallet = oneOf(random, wallets);
                BigDecimal units = BigDecimal.valueOf(1 + random.nextInt(20_000), 3);
                Optional<Instant> end = Optional.of(now.plusSeconds(random.nextInt(99))).filter(any -> chance(random, 30));
                switch (random.nextInt(10)) {
                    case 0 -> own.topUpWallet().grant(shop.hosting.id(), wallet, units, end);
                    case 1 -> own.topUpWallet().purchase(shop.hosting.id(), wallet, units, end);
                    case 2 -> waitingOnes().forEach(id -> own.topUpWallet().settle(shop.hosting.id(), id));
                    case 3 -> waitingOnes().stream().limit(1).forEach(id -> own.topUpWallet().fail(shop.hosting.id(), id));
                    case 4 -> own.topUpWallet().voidCredits(shop.hosting.id(), wallet, units.movePointLeft(1));
                    case 5, 6 -> pay(ports, invoice(invoices++), random.nextInt(2000));
                    case 7 -> own.restoreWallets().restore(invoice(random.nextInt(invoices + 1)));
                    case 8 -> own.topUpRules().apply(now.plus(Duration.ofDays(random.nextInt(60))), topUp -> { });
                    default -> expireOrEnd(wallet);
                }
            } catch (InvalidValue refused) {
                assertThat(refused.field()).isIn("credits", "voided_credits", "wallet");
            }
        }

        private void expireOrEnd(WalletId wallet) {
            now = now.plusSeconds(random.nextInt(60));
            own.expireWallets().expire(now);
            if (chance(random, 10)) {
                own.terminateWallet().terminate(shop.hosting.id(), wallet);
            }
        }

        private List<TransactionId> waitingOnes() {
            return ports.wallets().waiting(shop.hosting.id(), Optional.empty(), 99).stream()
                    .map(WalletTransaction::id).toList();
        }
    }

    /** As an invoice is finalised. */
    private Money pay(Ports ports, UUID invoice, int cents) {
        Money total = Money.ofMinor(CAD, BigInteger.valueOf(cents));
        return ports.unitOfWork().call(() -> {
            DrawDown drawn = DrawDown.of(new Payable(invoice, holder(), total, List.of(), MARCH),
                    ports.wallets().claim(List.of(holder())), ports.ids());
            ports.wallets().store(drawn.changes());
            return drawn.paid();
        });
    }

    private List<WalletTransaction> topUps(String asOf) {
        var made = new ArrayList<WalletTransaction>();
        billing.topUpRules().apply(Instant.parse(asOf), made::add);
        return made;
    }

    private List<Kind> kinds(Wallet wallet) {
        return billing.ports().wallets().transactions(wallet.id(), Optional.empty(), 99).stream()
                .map(WalletTransaction::kind).toList();
    }

    private List<WalletTransaction> waiting() {
        return billing.ports().wallets().waiting(shop.hosting.id(), Optional.empty(), 99);
    }

    private Wallet create(Settings settings) {
        return billing.wallets().create(shop.hosting.id(), new CreateWallet.Request(ada, CAD, BigDecimal.ONE, settings));
    }

    private WalletTransaction grant(Wallet wallet, String units) {
        return billing.topUpWallet().grant(shop.hosting.id(), wallet.id(), new BigDecimal(units), Optional.empty());
    }

    private WalletTransaction purchase(Wallet wallet, String units) {
        return billing.topUpWallet().purchase(shop.hosting.id(), wallet.id(), new BigDecimal(units), Optional.empty());
    }

    private WalletTransaction take(Wallet wallet, String units) {
        return billing.topUpWallet().voidCredits(shop.hosting.id(), wallet.id(), new BigDecimal(units));
    }

    private WalletTransaction settle(WalletTransaction purchase) {
        return billing.topUpWallet().settle(shop.hosting.id(), purchase.id());
    }

    private WalletTransaction fail(WalletTransaction purchase) {
        return billing.topUpWallet().fail(shop.hosting.id(), purchase.id());
    }

    private Wallet now(Wallet wallet) {
        return billing.ports().wallets().find(wallet.id()).orElseThrow();
    }

    private ServiceCustomer holder() {
        return new ServiceCustomer(shop.hosting.id(), ada.id());
    }

    private static TopUpRule rule(Trigger trigger, Method method) {
        return TopUpRule.of(trigger, method);
    }

    private static Method fixed(String paid, String granted) {
        return new Method.Fixed(new BigDecimal(paid), new BigDecimal(granted));
    }

    private static UUID invoice(int number) {
        return new UUID(5, number);
    }

    private static void assertInvalid(Runnable work, String message) {
        assertThatThrownBy(work::run).isInstanceOf(InvalidValue.class).hasMessage(message);
    }
}
