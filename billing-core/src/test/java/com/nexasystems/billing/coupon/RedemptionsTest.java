package com.nexasystems.billing.coupon;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.AppliedCoupon.State;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.testing.Cases;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedemptionsTest {

    private static final ServiceCustomer ADA = new ServiceCustomer(new ServiceId(new UUID(0, 1)),
            new CustomerId(new UUID(0, 2)));
    private static final List<String> PLANS = List.of("a", "b");
    private static final List<String> METRICS = List.of("m", "n");

    /** Lines are {@code plan[/metric]:cents}, coupons {@code fixed|percent amount frequency [limit]}. */
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # figures of Lago, in cents
            fixed 12 once                                    | a:200 a:100  | 8 4        | used_up
            fixed 12 once                                    | a:0 a:0      | 0 0        | active
            fixed 12 once                                    | a:4 a:2      | 4 2        | active
            percent 20 once                                  | a:200 a:100  | 40 20      | used_up
            fixed 12 recurring:3                             | a:200 a:100  | 8 4        | active
            fixed 12 recurring:3                             | a:4 a:2      | 4 2        | active
            fixed 12 forever                                 | a:200 a:100  | 8 4        | active
            fixed 12 forever                                 | a:4 a:2      | 4 2        | active
            percent 20 recurring:3                           | a:200 a:100  | 40 20      | active
            percent 20 recurring:1                           | a:200 a:100  | 40 20      | used_up
            fixed 12 once plan:a                             | a:300 b:100  | 12 0       | used_up
            fixed 12 once plan:c                             | a:300 b:100  | 0 0        | active
            fixed 12 once metric:m                           | a/m:300 a:100 | 12 0      | used_up
            fixed 10 once, percent 20 once                   | a:100        | 28         | used_up used_up
            fixed 10 once, percent 20 once                   | a:5          | 5          | active active
            fixed 10 once, fixed 20 once                     | a:100        | 30         | used_up used_up
            percent 15 once, percent 20 once                 | a:100        | 32         | used_up used_up
            fixed 10 once plan:b, fixed 20 once plan:b       | a:100        | 0          | active active
            fixed 10 once plan:b, fixed 20 once plan:a       | a:100        | 20         | active used_up
            fixed 82 once plan:a, fixed 5 once metric:m, fixed 2 once plan:c | a:75 b/m:12 | 75 5 | active used_up active
            fixed 25000 forever plan:b                       | a:17900 b:39900 | 0 25000 | active
            # our own
            percent 50 once                                  | a:1          | 1          | used_up
            percent 49.999999999999 once                     | a:1          | 0          | active
            percent 33.3333 forever                          | a:5 a:5 a:5  | 2 2 1      | active
            percent 100 forever                              | a:1 a:2 a:3  | 1 2 3      | active
            fixed 10 once                                    | a:10 a:-4    | 6 0        | active
            fixed 10 once                                    | a:10 a:-14   | 0 0        | active
            percent 50 once plan:a                           | a:10 b:-8    | 2 0        | used_up
            percent 50 once plan:a                           | a:10 a:-4 b:9 | 3 0 0     | used_up
            fixed 10 once plan:a                             | a:-3 b:20    | 0 0        | active
            fixed 1 once                                     | a:1 a:1      | 1 0        | used_up
            """)
    void takes_off(String coupons, String lines, String off, String states) {
        List<AppliedCoupon> claimed = coupons(coupons);
        Redemptions redemptions = Redemptions.of(invoice(lines), claimed);
        List<Long> taken = IntStream.range(0, redemptions.net().size()).mapToObj(i -> invoice(lines).lines().get(i).amount()
                .minus(redemptions.net().get(i)).minorUnits().longValueExact()).toList();
        assertThat(taken).isEqualTo(Stream.of(off.split(" ")).map(Long::valueOf).toList());
        assertThat(claimed.stream().map(c -> after(redemptions, c.id()).state().code()).toList())
                .containsExactly(states.split(" "));
    }

    @Test
    void a_coupon_that_is_had_twice_counts_twice() {
        takes_off("fixed 1000 forever, fixed 1000 forever", "a:1999 a:99290 a:299770 a:3130 a:6460 a:3130",
                "10 480 1448 15 32 15", "active active");
    }

    @Test
    void of_a_fixed_amount_that_counts_once_the_rest_is_kept_for_the_next_invoices() {
        AppliedCoupon twelve = coupons("fixed 12 once").get(0);
        Redemptions first = Redemptions.of(invoice("a:5"), List.of(twelve));
        Redemptions second = Redemptions.of(invoice("a:4"), first.after());
        Redemptions third = Redemptions.of(invoice("a:100"), second.after());
        assertThat(first.after().get(0).amountLeft()).contains(cad("0.07"));
        assertThat(second.after().get(0).amountLeft()).contains(cad("0.03"));
        assertThat(third.made()).extracting(CouponRedemption::amount).containsExactly(cad("0.03"));
        assertThat(third.after().get(0).state()).isEqualTo(State.USED_UP);
        assertThat(Redemptions.of(invoice("a:100"), third.after()).made()).isEmpty();
    }

    @Test
    void a_recurring_coupon_counts_invoices_down_and_carries_nothing() {
        List<AppliedCoupon> twice = coupons("fixed 12 recurring:2");
        Redemptions first = Redemptions.of(invoice("a:5"), twice);
        assertThat(first.after().get(0).invoicesLeft()).contains(1);
        Redemptions second = Redemptions.of(invoice("a:100"), first.after());
        assertThat(second.made()).extracting(CouponRedemption::amount).containsExactly(cad("0.12"));
        assertThat(second.after().get(0)).extracting(AppliedCoupon::invoicesLeft, AppliedCoupon::state)
                .containsExactly(Optional.of(0), State.USED_UP);
    }

    @Test
    void metric_limited_coupons_come_first_then_plan_limited_ones_then_the_oldest() {
        List<AppliedCoupon> claimed = coupons("percent 1 forever, percent 2 forever plan:a, percent 3 forever metric:m,"
                + " percent 4 forever, percent 5 forever metric:m");
        assertThat(Redemptions.of(invoice("a/m:10000"), Cases.shuffled(new SplittableRandom(1), claimed)).made())
                .extracting(CouponRedemption::applied).containsExactly(id(2), id(4), id(1), id(0), id(3));
    }

    @Test
    void coupons_of_another_customer_service_or_currency_are_left_alone() {
        var otherService = new ServiceCustomer(new ServiceId(new UUID(9, 9)), ADA.customer());
        var otherCustomer = new ServiceCustomer(ADA.service(), new CustomerId(new UUID(9, 9)));
        var usd = new Discount.Fixed(Money.of(Currency.getInstance("USD"), "1.00"));
        List<AppliedCoupon> foreign = List.of(
                applied(0, otherService, new Discount.Fixed(cad("1.00")), CouponFrequency.forever(), CouponScope.ALL),
                applied(1, otherCustomer, new Discount.Fixed(cad("1.00")), CouponFrequency.forever(), CouponScope.ALL),
                applied(2, ADA, usd, CouponFrequency.forever(), CouponScope.ALL));
        Redemptions redemptions = Redemptions.of(invoice("a:100"), foreign);
        assertThat(redemptions.made()).isEmpty();
        assertThat(redemptions.changed()).isEmpty();
        assertThat(redemptions.after()).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void lines_of_two_currencies_never_meet() {
        var usd = new Discountable.Line(new PlanCode("a"), Optional.empty(), Money.of(Currency.getInstance("USD"), "1.00"));
        var mixed = new Discountable(new UUID(1, 1), ADA, List.of(invoice("a:1").lines().get(0), usd), MARCH);
        assertThatThrownBy(() -> Redemptions.of(mixed, coupons("percent 1 once")))
                .isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void an_invoice_without_lines_uses_nothing() {
        var empty = new Discountable(new UUID(1, 1), ADA, List.of(), MARCH);
        assertThat(Redemptions.of(empty, coupons("percent 1 once")).made()).isEmpty();
    }

    @Test
    void nothing_becomes_negative_nothing_is_lost_and_voiding_puts_everything_back() {
        Cases.check(20_000, random -> {
            List<AppliedCoupon> claimed = randomCoupons(random);
            Discountable invoice = randomInvoice(random);
            Redemptions redemptions = Redemptions.of(invoice, claimed);

            Money before = sum(invoice.lines().stream().map(Discountable.Line::amount).toList());
            Money after = sum(redemptions.net());
            Money off = sum(redemptions.made().stream().map(CouponRedemption::amount).toList());
            assertThat(after.plus(off)).isEqualTo(before);
            assertThat(after.isNegative()).isEqualTo(before.isNegative());
            for (int i = 0; i < redemptions.net().size(); i++) {
                Money line = invoice.lines().get(i).amount();
                Money net = redemptions.net().get(i);
                assertThat(line.isNegative() ? net.equals(line) : !net.isNegative() && net.compareTo(line) <= 0).isTrue();
            }
            assertThat(redemptions.changed()).extracting(AppliedCoupon::id)
                    .isEqualTo(redemptions.made().stream().map(CouponRedemption::applied).toList());
            for (CouponRedemption made : redemptions.made()) {
                AppliedCoupon used = claimed.stream().filter(c -> c.id().equals(made.applied())).findFirst().orElseThrow();
                assertThat(after(redemptions, made.applied()).restored(made.amount())).isEqualTo(used);
            }
            assertThat(Redemptions.of(invoice, Cases.shuffled(random, claimed))).isEqualTo(redemptions);
        });
    }

    private static List<AppliedCoupon> randomCoupons(SplittableRandom random) {
        var coupons = new ArrayList<AppliedCoupon>();
        for (int i = random.nextInt(5); i > 0; i--) {
            Discount discount = chance(random, 50) ? new Discount.Fixed(cents(1 + random.nextInt(500)))
                    : Discount.Percentage.of(oneOf(random, "0.5", "12.5", "33.3333", "50", "100"));
            CouponFrequency frequency = oneOf(random, CouponFrequency.once(), CouponFrequency.forever(),
                    CouponFrequency.recurring(1 + random.nextInt(3)));
            CouponScope scope = oneOf(random, CouponScope.ALL, CouponScope.ofPlans(new PlanCode(oneOf(random, PLANS))),
                    CouponScope.ofMetrics(new MetricCode(oneOf(random, METRICS))));
            coupons.add(applied(i, ADA, discount, frequency, scope));
        }
        return coupons;
    }

    private static Discountable randomInvoice(SplittableRandom random) {
        List<Discountable.Line> lines = IntStream.rangeClosed(0, random.nextInt(6)).mapToObj(i -> new Discountable.Line(
                new PlanCode(oneOf(random, PLANS)),
                chance(random, 60) ? Optional.of(new MetricCode(oneOf(random, METRICS))) : Optional.empty(),
                cents(chance(random, 20) ? -random.nextInt(300) : random.nextInt(300)))).toList();
        return new Discountable(new UUID(3, 3), ADA, lines, MARCH);
    }

    private static List<AppliedCoupon> coupons(String text) {
        String[] coupons = text.split(", *");
        return IntStream.range(0, coupons.length).mapToObj(i -> coupon(i, coupons[i].split(" "))).toList();
    }

    private static AppliedCoupon coupon(int number, String[] words) {
        Discount discount = words[0].equals("fixed") ? new Discount.Fixed(cents(Long.parseLong(words[1])))
                : Discount.Percentage.of(words[1]);
        String[] frequency = words[2].split(":");
        CouponFrequency often = switch (frequency[0]) {
            case "once" -> CouponFrequency.once();
            case "forever" -> CouponFrequency.forever();
            default -> CouponFrequency.recurring(Integer.parseInt(frequency[1]));
        };
        return applied(number, ADA, discount, often, words.length < 4 ? CouponScope.ALL : scope(words[3].split(":")));
    }

    private static CouponScope scope(String[] limit) {
        return limit[0].equals("plan") ? CouponScope.ofPlans(new PlanCode(limit[1]))
                : CouponScope.ofMetrics(new MetricCode(limit[1]));
    }

    private static AppliedCoupon applied(int number, ServiceCustomer holder, Discount discount, CouponFrequency frequency,
                                         CouponScope scope) {
        Coupon coupon = Coupon.of(holder.service(), "c" + number, discount, frequency).limitedTo(scope);
        return AppliedCoupon.of(id(number), holder, coupon, coupon.terms(), MARCH.plusSeconds(number));
    }

    private static AppliedCouponId id(int number) {
        return new AppliedCouponId(new UUID(7, number));
    }

    private static Discountable invoice(String lines) {
        return new Discountable(new UUID(1, 1), ADA, Arrays.stream(lines.split(" ")).map(line -> {
            String[] parts = line.split(":");
            String[] names = parts[0].split("/");
            return new Discountable.Line(new PlanCode(names[0]),
                    names.length > 1 ? Optional.of(new MetricCode(names[1])) : Optional.empty(),
                    cents(Long.parseLong(parts[1])));
        }).toList(), MARCH);
    }

    private static AppliedCoupon after(Redemptions redemptions, AppliedCouponId id) {
        return redemptions.after().stream().filter(coupon -> coupon.id().equals(id)).findFirst().orElseThrow();
    }

    private static Money sum(List<Money> amounts) {
        return amounts.stream().reduce(Money.zero(CAD), Money::plus);
    }

    private static Money cents(long cents) {
        return Money.ofMinor(CAD, BigInteger.valueOf(cents));
    }
}
