package com.nexasystems.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.reference.RandomCharges;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for every plan, usage and period. */
class SimulationLawsTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final Instant[] STARTS = {Shop.MARCH, Instant.parse("2026-03-17T09:30:00Z"), Shop.APRIL};

    /** A shop whose plan and customers are made from a seed; shops of one seed differ in nothing but the plan. */
    private static final class RandomShop {

        private final Shop shop = new Shop();
        private final Plan plan;

        RandomShop(long seed, Plan prices) {
            var random = new SplittableRandom(seed);
            plan = shop.billing.plans().publish(Plan.of("random", Interval.MONTHLY, false,
                    prices.versions().get(0).flatPrice(), Shop.MARCH,
                    prices.versions().get(0).charges().toArray(Charge[]::new)));
            int customers = 1 + random.nextInt(4);
            for (int i = 0; i < 6; i++) {
                String id = "s" + i;
                shop.subscribe(shop.customer("customer " + random.nextInt(customers)), id, plan,
                        STARTS[random.nextInt(STARTS.length)]);
            }
            shop.clock.set(Shop.JUNE);
            for (int i = 0; i < 40; i++) {
                shop.use("s" + random.nextInt(6), Shop.MARCH.plusSeconds(random.nextInt(91 * 86400)),
                        Integer.toString(random.nextInt(100_000)));
            }
        }

        SimulationReport simulate(Plan changed, LocalDate through, List<SimulatedCustomer> told) {
            return shop.billing.simulate().simulate(new SimulationRequest(plan.code(), changed, FIRST, through), told::add);
        }

        Money billedUntil(Instant end) {
            shop.bill(end);
            return shop.invoices().stream().map(invoice -> invoice.subtotal()).reduce(Money.zero(Shop.CAD), Money::plus);
        }
    }

    private static Plan prices(SplittableRandom random) {
        var charges = new ArrayList<Charge>();
        var shop = new Shop();
        var cpu = shop.billing.ports().metrics().find(new MetricCode(Shop.CPU)).orElseThrow();
        for (int i = 0; i < random.nextInt(3); i++) {
            Charge any = new RandomCharges(random, new BigDecimal("3600")).chargeOn(cpu);
            charges.add(new Charge("charge " + random.nextInt(2) + i, "a charge", any.metric(), any.quota(), any.model(),
                    ChargeTerms.PLAIN));
        }
        return Plan.of("prices", Interval.MONTHLY, false, Money.ofMinor(Shop.CAD, BigInteger.valueOf(random.nextInt(5000))),
                Shop.MARCH, charges.toArray(Charge[]::new));
    }

    @Test
    void before_is_what_was_billed_and_after_is_what_would_have_been() {
        Cases.check(60, random -> {
            long seed = random.nextLong();
            Plan changed = prices(random);
            var asItIs = new RandomShop(seed, prices(random));
            var asItWouldBe = new RandomShop(seed, changed);

            SimulationReport report = asItIs.simulate(changed, LocalDate.parse("2026-05-31"), new ArrayList<>());

            assertThat(report.prices().total().before()).isEqualTo(asItIs.billedUntil(Shop.JUNE));
            assertThat(report.prices().total().after()).isEqualTo(asItWouldBe.billedUntil(Shop.JUNE));
        });
    }

    @Test
    void parts_customers_and_groups_add_up_to_the_total() {
        Cases.check(60, random -> {
            var told = new ArrayList<SimulatedCustomer>();
            SimulationReport report = new RandomShop(random.nextLong(), prices(random)).simulate(prices(random),
                    FIRST.plusDays(random.nextInt(95)), told);

            PriceChange total = report.prices().total();
            Money none = Money.zero(Shop.CAD);
            assertThat(report.prices().parts().values().stream().map(PriceChange::difference).reduce(none, Money::plus))
                    .isEqualTo(total.difference());
            assertThat(told.stream().map(one -> one.prices().total()).reduce(PriceChange.none(Shop.CAD), PriceChange::plus))
                    .isEqualTo(total);
            assertThat(report.paysLess().difference().plus(report.paysMore().difference())
                    .plus(report.paysTheSame().difference())).isEqualTo(total.difference());
            assertThat(report.customers()).isEqualTo(told.size());
            assertThat(report.subscriptions()).isEqualTo(told.stream().mapToLong(SimulatedCustomer::subscriptions).sum());
            assertThat(report.periods()).isEqualTo(told.stream().mapToLong(SimulatedCustomer::periods).sum());
        });
    }

    @Test
    void a_plan_against_itself_changes_nothing() {
        Cases.check(60, random -> {
            var told = new ArrayList<SimulatedCustomer>();
            var shop = new RandomShop(random.nextLong(), prices(random));
            SimulationReport report = shop.simulate(shop.plan, FIRST.plusDays(random.nextInt(95)), told);

            assertThat(report.prices().parts().values()).allSatisfy(part -> {
                assertThat(part.after()).isEqualTo(part.before());
                assertThat(part.exactAfter()).isEqualTo(part.exactBefore());
            });
            assertThat(report.paysLess().customers() + report.paysMore().customers()).isZero();
        });
    }

    @Test
    void cutting_the_time_in_two_cuts_no_cent_off_what_is_metered_without_quota() {
        Cases.check(20, random -> {
            Plan metered = Plan.of("prices", Interval.MONTHLY, false, Money.zero(Shop.CAD), Shop.MARCH,
                    Charge.of(new MetricCode(Shop.CPU), Quota.NONE, Standard.of("0.01", "1")));
            var shop = new RandomShop(random.nextLong(), metered);
            LocalDate cut = FIRST.plusDays(random.nextInt(90));
            LocalDate end = LocalDate.parse("2026-05-31");
            Money first = shop.simulate(metered, cut, new ArrayList<>()).prices().total().before();
            Money rest = shop.shop.billing.simulate().simulate(
                    new SimulationRequest(shop.plan.code(), metered, cut.plusDays(1), end), one -> { })
                    .prices().total().before();
            assertThat(first.plus(rest)).isEqualTo(shop.simulate(metered, end, new ArrayList<>()).prices().total().before());
        });
    }
}
