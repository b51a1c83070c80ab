package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.ApplyCoupon;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.coupon.Discountable;
import com.nexasystems.billing.coupon.Redemptions;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.testkit.Samples;
import com.nexasystems.billing.testkit.TestClock;
import com.nexasystems.billing.wallet.CreateWallet;
import com.nexasystems.billing.wallet.DrawDown;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.Payable;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.WalletTransaction.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that finalise and void invoices of the same customers at once, on one database. */
@ExtendWith(TestDatabase.class)
class PrepaidTest {

    private static final int WORKERS = 4;
    private static final int ROUNDS = 12;
    private static final Money COUPON = cad(5000);
    private static final Money PREPAID = cad(33300);

    private final TestClock clock = TestClock.startingAt("2026-03-01T00:00:00Z");
    private final List<Billing> nodes = new ArrayList<>();
    private final List<ServiceCustomer> customers = new ArrayList<>();

    @BeforeEach
    void two_nodes_and_three_customers_with_a_coupon_and_a_wallet_each() {
        JpaSettings settings = TestDatabase.freshSchema();
        IntStream.range(0, 2).forEach(i -> nodes.add(
                Billing.over(TestDatabase.open(settings).ports()).clock(clock).build()));
        Billing billing = nodes.get(0);
        Service hosting = billing.register("hosting", "Hosting");
        Coupon coupon = billing.coupons().define(
                Coupon.of(hosting.id(), "FIFTY", new Discount.Fixed(COUPON), CouponFrequency.once()));
        for (String name : List.of("ada", "bob", "cleo")) {
            Customer customer = billing.customers().resolve(hosting.id(), Account.of(name));
            customers.add(new ServiceCustomer(hosting.id(), customer.id()));
            billing.applyCoupon().apply(hosting.id(), ApplyCoupon.Request.of(customer, coupon.code()));
            Wallet wallet = billing.wallets().create(hosting.id(), new CreateWallet.Request(customer, Samples.CAD,
                    new BigDecimal("0.333"), Wallet.Settings.named(name)));
            billing.topUpWallet().grant(hosting.id(), wallet.id(), new BigDecimal("1000"), Optional.empty());
        }
    }

    @Test
    @Timeout(120)
    void nothing_is_spent_twice_and_nothing_is_lost() throws Exception {
        var threads = Executors.newFixedThreadPool(WORKERS);
        try {
            for (Future<Void> done : threads.invokeAll(
                    IntStream.range(0, WORKERS).<Callable<Void>>mapToObj(i -> () -> work(i)).toList())) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        customers.forEach(this::assertBooks);
    }

    private Void work(int worker) {
        Billing node = nodes.get(worker % nodes.size());
        var random = new Random(worker);
        for (int round = 0; round < ROUNDS; round++) {
            var page = new ArrayList<>(customers);
            Collections.shuffle(page, random);
            int number = worker * ROUNDS + round;
            node.ports().unitOfWork().run(() -> finalise(node.ports(), page, number, random));
            if (random.nextInt(3) == 0) {
                UUID voided = invoice(customers.get(random.nextInt(customers.size())), random.nextInt(WORKERS * ROUNDS));
                node.restoreCoupons().restore(voided);
                node.restoreWallets().restore(voided);
            }
        }
        return null;
    }

    /** Coupons first, then wallets, as whoever finalises a page of invoices has to. */
    private void finalise(Ports ports, List<ServiceCustomer> page, int number, Random random) {
        Instant now = clock.instant();
        List<AppliedCoupon> coupons = ports.coupons().claim(page);
        List<OpenWallet> wallets = ports.wallets().claim(page);
        for (ServiceCustomer holder : page) {
            var line = new Discountable.Line(new PlanCode("starter"), Optional.empty(), cad(random.nextInt(2500)));
            UUID invoice = invoice(holder, number);
            Redemptions redemptions = Redemptions.of(new Discountable(invoice, holder, List.of(line), now), coupons);
            ports.coupons().update(redemptions.changed());
            ports.coupons().record(redemptions.made());
            DrawDown drawn = DrawDown.of(
                    new Payable(invoice, holder, redemptions.net().get(0), List.of(), now), wallets, ports.ids());
            ports.wallets().store(drawn.changes());
        }
    }

    private void assertBooks(ServiceCustomer holder) {
        Ports ports = nodes.get(0).ports();
        AppliedCoupon coupon = ports.coupons().of(holder).get(0);
        Money redeemed = IntStream.range(0, WORKERS * ROUNDS).boxed()
                .flatMap(i -> ports.coupons().redemptions(invoice(holder, i)).stream())
                .map(CouponRedemption::amount).reduce(cad(0), Money::plus);
        assertThat(coupon.amountLeft().orElseThrow().plus(redeemed)).isEqualTo(COUPON);

        WalletId id = ports.wallets().of(holder).get(0).id();
        OpenWallet open = ports.unitOfWork().call(() -> ports.wallets().claimAll(List.of(id))).get(0);
        Money paid = ports.wallets().transactions(id, Optional.empty(), 1000).stream()
                .map(PrepaidTest::paid).reduce(cad(0), Money::plus);
        assertThat(open.wallet().balance().worth().plus(paid)).isEqualTo(PREPAID);
        assertThat(open.available(clock.instant())).isEqualTo(open.wallet().balance());
    }

    private static Money paid(WalletTransaction made) {
        Money worth = made.credits().worth();
        return made.kind() == Kind.CONSUMED ? worth : made.kind() == Kind.RESTORED ? worth.negated() : cad(0);
    }

    private static UUID invoice(ServiceCustomer holder, int number) {
        return Samples.id(holder + " " + number);
    }

    private static Money cad(int cents) {
        return Money.ofMinor(Samples.CAD, BigInteger.valueOf(cents));
    }
}
