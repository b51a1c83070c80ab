package com.nexasystems.billing.coupon;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.AppliedCoupon.State;
import com.nexasystems.billing.coupon.ApplyCoupon.Request;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.Workers;
import java.math.BigInteger;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CouponsInUseTest {

    private static final Discount TEN = new Discount.Fixed(cad("10.00"));
    private static final int WORKERS = 3;

    private final Shop shop = new Shop();
    private final Billing billing = shop.billing;
    private final Customer ada = shop.customer("ada");

    @Test
    void a_coupon_is_defined_once_and_for_what_exists() {
        Coupon ten = define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        assertInvalid(() -> define(ten), "coupon_code: is taken: TEN");
        assertInvalid(() -> define(ten.limitedTo(CouponScope.ofPlans(new PlanCode("gone")))),
                "applies_to.plan_codes: does not exist: gone");
        assertInvalid(() -> define(ten.limitedTo(CouponScope.ofMetrics(new MetricCode("gone")))),
                "applies_to.billable_metric_codes: does not exist: gone");
        Coupon limited = Coupon.of(shop.hosting.id(), "CPU", TEN, CouponFrequency.once())
                .limitedTo(CouponScope.ofMetrics(new MetricCode(Shop.CPU)));
        assertThat(define(limited)).isEqualTo(limited);
        assertThat(billing.ports().coupons().all(shop.hosting.id())).containsExactly(limited, ten);
    }

    @Test
    void values_that_cannot_be_are_refused() {
        assertInvalid(() -> new Discount.Fixed(cad("0.00")), "amount: must be above zero: 0.00 CAD");
        assertInvalid(() -> Discount.Percentage.of("0"), "percentage: must be above zero: 0");
        assertInvalid(() -> Discount.Percentage.of("100.000000000001"),
                "percentage: must not be above 100: 100.000000000001");
        assertInvalid(() -> CouponFrequency.recurring(0), "frequency_duration: must be at least 1: 0");
        assertInvalid(() -> new CouponFrequency(CouponFrequency.Kind.ONCE, Optional.of(1)),
                "frequency_duration: is given for a recurring coupon, and for no other");
        assertInvalid(() -> new CouponScope(Set.of(new PlanCode("a")), Set.of(new MetricCode("m"))),
                "applies_to: a coupon is limited to plans or to metrics, not to both");
    }

    @Test
    void what_is_applied_is_a_copy_of_the_terms_or_terms_of_its_own() {
        define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        AppliedCoupon plain = apply("TEN");
        assertThat(plain.amountLeft()).contains(cad("10.00"));
        var own = new CouponTerms(Discount.Percentage.of("20"), CouponFrequency.recurring(3));
        AppliedCoupon special = billing.applyCoupon().apply(shop.hosting.id(),
                new Request(ada, new CouponCode("TEN"), Optional.of(own)));
        assertThat(special).extracting(AppliedCoupon::terms, AppliedCoupon::amountLeft, AppliedCoupon::invoicesLeft)
                .containsExactly(own, Optional.empty(), Optional.of(3));
        assertThat(billing.ports().coupons().of(holder())).containsExactly(plain, special);
    }

    @Test
    void a_coupon_that_is_expired_withdrawn_or_unknown_is_not_applied() {
        define(Coupon.of(shop.hosting.id(), "OLD", TEN, CouponFrequency.once()).expiring(APRIL));
        AppliedCoupon early = apply("OLD");
        shop.clock.set(APRIL);
        assertInvalid(() -> apply("OLD"), "coupon_code: expired at 2026-04-01T00:00:00Z: OLD");
        define(Coupon.of(shop.hosting.id(), "GONE", TEN, CouponFrequency.once()));
        billing.coupons().withdraw(shop.hosting.id(), new CouponCode("GONE"));
        assertInvalid(() -> apply("GONE"), "coupon_code: is withdrawn: GONE");
        assertInvalid(() -> apply("NEVER"), "coupon_code: does not exist: NEVER");
        assertInvalid(() -> billing.coupons().withdraw(shop.hosting.id(), new CouponCode("NEVER")),
                "coupon_code: does not exist: NEVER");
        assertThat(billing.ports().coupons().of(holder())).containsExactly(early);
    }

    @Test
    void a_coupon_that_is_not_reusable_is_had_once_also_after_it_was_ended() {
        define(Coupon.of(shop.hosting.id(), "ONE", TEN, CouponFrequency.once()).singleUse());
        AppliedCoupon one = apply("ONE");
        assertInvalid(() -> apply("ONE"), "coupon_code: is not reusable, and the customer has had it: ONE");
        billing.endCoupon().end(shop.hosting.id(), one.id());
        assertInvalid(() -> apply("ONE"), "coupon_code: is not reusable, and the customer has had it: ONE");
        billing.applyCoupon().apply(shop.hosting.id(), Request.of(shop.customer("bob"), new CouponCode("ONE")));
    }

    @Test
    void a_fixed_amount_is_for_customers_of_its_currency() {
        define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        Customer american = ada.withCurrency(Currency.getInstance("USD"));
        assertThatThrownBy(() -> billing.applyCoupon().apply(shop.hosting.id(), Request.of(american, new CouponCode("TEN"))))
                .isInstanceOf(CurrencyMismatchException.class);
        var own = new CouponTerms(Discount.Percentage.of("5"), CouponFrequency.once());
        billing.applyCoupon().apply(shop.hosting.id(), new Request(american, new CouponCode("TEN"), Optional.of(own)));
    }

    @Test
    void the_coupon_of_one_service_is_not_there_for_another() {
        define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        AppliedCoupon ten = apply("TEN");
        var chat = billing.register("chat", "Chat");
        assertInvalid(() -> billing.applyCoupon().apply(chat.id(), Request.of(ada, new CouponCode("TEN"))),
                "coupon_code: does not exist: TEN");
        assertInvalid(() -> billing.endCoupon().end(chat.id(), ten.id()), "applied_coupon: does not exist: " + ten.id());
        assertThat(billing.ports().coupons().find(ten.id())).contains(ten);
    }

    @Test
    void a_coupon_ends_once_and_a_voided_invoice_does_not_bring_it_back() {
        define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        AppliedCoupon ten = apply("TEN");
        redeem(billing.ports(), holder(), invoice(1), 400);
        AppliedCoupon ended = billing.endCoupon().end(shop.hosting.id(), ten.id());
        shop.clock.set(APRIL);
        assertThat(billing.endCoupon().end(shop.hosting.id(), ten.id())).isEqualTo(ended);
        billing.restoreCoupons().restore(invoice(1));
        assertThat(billing.ports().coupons().find(ten.id()).orElseThrow())
                .extracting(AppliedCoupon::state, AppliedCoupon::amountLeft, AppliedCoupon::endedAt)
                .containsExactly(State.ENDED, Optional.of(cad("10.00")), Optional.of(MARCH));
    }

    @Test
    void a_voided_invoice_gives_back_what_it_used_once() {
        define(Coupon.of(shop.hosting.id(), "TEN", TEN, CouponFrequency.once()));
        AppliedCoupon ten = apply("TEN");
        redeem(billing.ports(), holder(), invoice(1), 400);
        redeem(billing.ports(), holder(), invoice(2), 9900);
        assertThat(now(ten).state()).isEqualTo(State.USED_UP);
        assertThat(billing.restoreCoupons().restore(invoice(1))).containsExactly(now(ten));
        assertThat(billing.restoreCoupons().restore(invoice(1))).isEmpty();
        assertThat(now(ten)).extracting(AppliedCoupon::state, AppliedCoupon::amountLeft)
                .containsExactly(State.ACTIVE, Optional.of(cad("4.00")));
        assertThat(billing.ports().coupons().redemptions(invoice(1))).isEmpty();
        assertThat(billing.ports().coupons().redemptions(invoice(2))).extracting(CouponRedemption::amount)
                .containsExactly(cad("6.00"));
    }

    @Test
    void concurrent_workers_never_spend_a_coupon_twice() {
        try (var workers = new Workers(WORKERS)) {
            Cases.check(10_000, random -> {
                Ports ports = Ports.inMemory();
                Coupon coupon = Coupon.of(shop.hosting.id(), "C", TEN,
                        oneOf(random, CouponFrequency.once(), CouponFrequency.recurring(2)));
                AppliedCoupon applied = AppliedCoupon.of(new AppliedCouponId(new UUID(1, 1)), holder(), coupon,
                        coupon.terms(), MARCH);
                ports.unitOfWork().run(() -> {
                    ports.coupons().add(coupon);
                    ports.coupons().apply(applied);
                });
                workers.race(IntStream.range(0, WORKERS).mapToObj(i -> work(ports, random.split(), i)).toList());
                assertBooksBalance(ports, applied);
            });
        }
    }

    private Runnable work(Ports ports, SplittableRandom random, int worker) {
        var restore = new RestoreCoupons(ports.coupons(), ports.unitOfWork());
        return () -> {
            for (int i = 0; i < 3; i++) {
                redeem(ports, holder(), invoice(worker * 10 + i), random.nextInt(800));
                if (chance(random, 30)) {
                    restore.restore(invoice(random.nextInt(WORKERS) * 10 + i));
                }
            }
        };
    }

    private static void assertBooksBalance(Ports ports, AppliedCoupon before) {
        AppliedCoupon now = ports.coupons().find(before.id()).orElseThrow();
        List<CouponRedemption> standing = IntStream.range(0, WORKERS * 10).boxed()
                .flatMap(i -> ports.coupons().redemptions(invoice(i)).stream()).toList();
        Money spent = standing.stream().map(CouponRedemption::amount).reduce(Money.zero(CAD), Money::plus);
        now.amountLeft().ifPresent(left -> assertThat(left.plus(spent)).isEqualTo(cad("10.00")));
        now.invoicesLeft().ifPresent(left -> assertThat(left + standing.size()).isEqualTo(2));
        boolean left = now.amountLeft().map(amount -> !amount.isZero()).orElse(true) && now.invoicesLeft().orElse(1) > 0;
        assertThat(now.state()).isEqualTo(left ? State.ACTIVE : State.USED_UP);
    }

    private static void redeem(Ports ports, ServiceCustomer holder, UUID invoice, int cents) {
        var line = new Discountable.Line(new PlanCode("starter"), Optional.empty(),
                Money.ofMinor(CAD, BigInteger.valueOf(cents)));
        ports.unitOfWork().run(() -> {
            Redemptions redemptions = Redemptions.of(new Discountable(invoice, holder, List.of(line), MARCH),
                    ports.coupons().claim(List.of(holder)));
            ports.coupons().update(redemptions.changed());
            ports.coupons().record(redemptions.made());
        });
    }

    private AppliedCoupon now(AppliedCoupon applied) {
        return billing.ports().coupons().find(applied.id()).orElseThrow();
    }

    private Coupon define(Coupon coupon) {
        return billing.coupons().define(coupon);
    }

    private AppliedCoupon apply(String code) {
        return billing.applyCoupon().apply(shop.hosting.id(), Request.of(ada, new CouponCode(code)));
    }

    private ServiceCustomer holder() {
        return new ServiceCustomer(shop.hosting.id(), ada.id());
    }

    private static UUID invoice(int number) {
        return new UUID(5, number);
    }

    private static void assertInvalid(Runnable work, String message) {
        assertThatThrownBy(work::run).isInstanceOf(InvalidValue.class).hasMessage(message);
    }
}
