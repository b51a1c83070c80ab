package com.nexasystems.billing.rating;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures by hand. A CAD is 480 000 CPU-seconds as it is, and 240 000 as it would be. */
class SimulateTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final LocalDate LAST = LocalDate.parse("2026-03-31");
    private static final Optional<String> CHARGE = Optional.of(CPU);

    private final Shop shop = new Shop();
    private final List<SimulatedCustomer> told = new ArrayList<>();

    @Test
    void some_would_pay_less_and_others_more() {
        use(shop.subscribe(shop.customer("ada"), "web", shop.starter), "978000");
        use(shop.subscribe(shop.customer("bob"), "api", shop.starter), "18000");
        use(shop.subscribe(shop.customer("cid"), "job", shop.starter), "4818000");
        use(shop.subscribe(shop.customer("dan"), "lab", shop.starter), "2382000");

        SimulationReport report = simulate(cheaperFlat(), FIRST, LAST);

        assertThat(total("ada")).isEqualTo(change("22.00", "19.08", "22", "19.075"));
        assertThat(total("bob")).isEqualTo(change("20.00", "15.08", "20", "15.075"));
        assertThat(total("cid")).isEqualTo(change("30.00", "35.08", "30", "35.075"));
        assertThat(total("dan")).isEqualTo(change("24.93", "24.93", "24.925", "24.925"));
        assertThat(report.paysLess()).isEqualTo(new SimulationReport.Group(2, cad("-7.84")));
        assertThat(report.paysMore()).isEqualTo(new SimulationReport.Group(1, cad("5.08")));
        assertThat(report.paysTheSame()).isEqualTo(new SimulationReport.Group(1, cad("0.00")));
        assertThat(report.prices().parts()).containsOnlyKeys(PriceComparison.FLAT, CHARGE);
        assertThat(report.prices().parts().get(PriceComparison.FLAT)).isEqualTo(change("80.00", "60.00", "80", "60"));
        assertThat(report.prices().parts().get(CHARGE)).isEqualTo(change("16.93", "34.17", "16.925", "34.15"));
        assertThat(report.prices().total()).isEqualTo(change("96.93", "94.17", "96.925", "94.15"));
        assertThat(report.prices().total().difference()).isEqualTo(cad("-2.76"));
        assertThat(report.prices().total().exactDifference().value()).isEqualByComparingTo("-2.775");
        assertThat(report).extracting(SimulationReport::customers, SimulationReport::subscriptions,
                SimulationReport::periods, SimulationReport::cutPeriods).containsExactly(4L, 4L, 4L, 0L);
    }

    @Test
    void the_subscriptions_of_a_customer_are_one_result() {
        Customer ada = shop.customer("ada");
        use(shop.subscribe(ada, "web", shop.starter), "978000");
        use(shop.subscribe(ada, "api", shop.starter), "978000");
        shop.subscribe(ada, "on another plan", shop.inAdvance);

        SimulationReport report = simulate(cheaperFlat(), FIRST, LAST);

        assertThat(told).singleElement().satisfies(only -> {
            assertThat(only.customer()).isEqualTo(ada);
            assertThat(only.subscriptions()).isEqualTo(2);
            assertThat(only.prices().total()).isEqualTo(change("44.00", "38.16", "44", "38.15"));
        });
        assertThat(report.customers()).isEqualTo(1);
    }

    @Test
    void charges_that_go_and_charges_that_come_are_parts_of_their_own() {
        shop.billing.define(Metric.of("requests", Aggregation.COUNT, "request"));
        use(shop.subscribe("web"), "978000");
        Plan changed = plan("20.00", Charge.of(new MetricCode("requests"), Quota.NONE, Standard.of("3", "1")));

        PriceComparison prices = simulate(changed, FIRST, LAST).prices();

        assertThat(prices.parts()).containsOnlyKeys(PriceComparison.FLAT, CHARGE, Optional.of("requests"));
        assertThat(prices.parts().get(CHARGE)).isEqualTo(change("2.00", "0.00", "2", "0"));
        assertThat(prices.parts().get(Optional.of("requests"))).isEqualTo(change("0.00", "0.00", "0", "0"));
    }

    @Test
    void a_charge_that_is_called_flat_is_not_the_flat_price() {
        use(shop.subscribe("web"), "18000");
        Plan changed = plan("20.00", new Charge(Explanation.FLAT, "flat", new MetricCode(CPU), Quota.NONE,
                Standard.of("1", "18000"), ChargeTerms.PLAIN));
        assertThat(simulate(changed, FIRST, LAST).prices().parts().get(Optional.of(Explanation.FLAT)).after())
                .isEqualTo(cad("1.00"));
    }

    @Test
    void the_flat_price_of_a_stretch_is_prorated_as_the_policy_says() {
        shop.subscribe(shop.customer("ada"), "from the middle", shop.starter, Instant.parse("2026-03-16T12:00:00Z"));
        PriceChange byDay = simulate(plan("31.00"), FIRST, LAST).prices().total();
        assertThat(byDay.before()).isEqualTo(cad("10.32"));
        assertThat(byDay.after()).isEqualTo(cad("16.00"));

        Shop bySecond = new Shop(BillingPolicy.DEFAULT.with(ProrationPolicy.BY_SECOND));
        bySecond.subscribe(bySecond.customer("ada"), "from the middle", bySecond.starter,
                Instant.parse("2026-03-16T12:00:00Z"));
        assertThat(bySecond.billing.simulate().simulate(
                new SimulationRequest(bySecond.starter.code(), plan("31.00"), FIRST, LAST), told::add)
                .prices().total().after())
                .isEqualTo(cad("15.50"));
    }

    @Test
    void days_in_the_middle_of_a_period_are_a_stretch_of_it() {
        Subscription web = shop.subscribe("web");
        shop.clock.set(APRIL);
        shop.use(web.externalId(), Instant.parse("2026-03-09T23:59:59Z"), "498000");
        shop.use(web.externalId(), Instant.parse("2026-03-10T00:00:00Z"), "978000");
        shop.use(web.externalId(), Instant.parse("2026-03-12T00:00:00Z"), "978000");

        SimulationReport report = simulate(plan("31.00"), LocalDate.parse("2026-03-10"), LocalDate.parse("2026-03-11"));

        assertThat(report.cutPeriods()).isEqualTo(1);
        assertThat(report.prices().parts().get(PriceComparison.FLAT).before()).isEqualTo(cad("1.29"));
        assertThat(report.prices().parts().get(CHARGE).before()).isEqualTo(cad("2.00"));
        assertThat(report.prices().total().after()).isEqualTo(cad("2.00"));
    }

    @Test
    void each_period_keeps_the_price_it_began_with_and_what_would_be_has_one() {
        shop.subscribe("web");
        shop.billing.plans().publish(shop.starter.code(), Instant.parse("2026-04-15T00:00:00Z"), cad("50.00"), List.of());
        shop.clock.set(JUNE);

        SimulationReport report = simulate(plan("30.00"), FIRST, LocalDate.parse("2026-05-31"));

        assertThat(report.periods()).isEqualTo(3);
        assertThat(report.prices().total().before()).isEqualTo(cad("90.00"));
        assertThat(report.prices().total().after()).isEqualTo(cad("90.00"));
    }

    @Test
    void days_are_those_of_the_customers_clocks() {
        Customer ada = shop.billing.customers().resolveAll(shop.hosting.id(),
                List.of(Account.of("ada")),
                known -> known.withZone(ZoneId.of("America/Toronto"))).get(0);
        shop.subscribe(ada, "web", shop.starter);
        shop.clock.set(JUNE);
        shop.use("web", Instant.parse("2026-04-01T03:59:59Z"), "978000");
        shop.use("web", Instant.parse("2026-04-01T04:00:00Z"), "498000");

        assertThat(simulate(plan("0.00"), FIRST, LAST).prices().parts().get(CHARGE).before()).isEqualTo(cad("2.00"));
        assertThat(simulate(plan("0.00"), LAST.plusDays(1), LAST.plusDays(30)).prices().parts().get(CHARGE).before())
                .isEqualTo(cad("1.00"));
    }

    @Test
    void what_has_ended_counts_until_its_end_and_what_has_not_begun_does_not_count() {
        Subscription web = shop.subscribe("web");
        shop.clock.set(Instant.parse("2026-03-08T00:00:00Z"));
        shop.billing.terminations().terminate(shop.hosting.id(), web.externalId());
        shop.subscribe(shop.customer("bob"), "later", shop.starter, APRIL);

        SimulationReport report = simulate(plan("31.00"), FIRST, LAST);

        assertThat(report.subscriptions()).isEqualTo(1);
        assertThat(report.prices().total().after()).isEqualTo(cad("7.00"));
    }

    @Test
    void a_flat_price_in_advance_counts_in_the_period_it_is_for() {
        shop.subscribe(shop.customer("ada"), "ahead", shop.inAdvance);
        assertThat(simulateAhead().prices().total()).isEqualTo(change("20.00", "31.00", "20", "31"));
    }

    @Test
    void a_pause_is_not_simulated() {
        update(shop.subscribe("web").paused(Instant.parse("2026-03-11T00:00:00Z"))
                .resumed(Instant.parse("2026-03-21T00:00:00Z")));
        SimulationReport report = simulate(plan("31.00"), FIRST, LAST);
        assertThat(report.periods()).isEqualTo(2);
        assertThat(report.prices().total().after()).isEqualTo(cad("21.00"));
    }

    @Test
    void time_on_another_plan_is_not_simulated() {
        Subscription web = shop.subscribe("web");
        Phase first = web.phases().get(0);
        update(like(web, web.state(), List.of(first, new Phase(Instant.parse("2026-03-16T00:00:00Z"), shop.inAdvance.code(),
                first.cycle(), first.usageInterval(), first.fixedInterval(), true, false)), Optional.empty(),
                Optional.empty()));
        use(web, "978000");
        assertThat(simulate(plan("31.00"), FIRST, LAST).prices().total().after()).isEqualTo(cad("15.00"));
        assertThat(told).singleElement().satisfies(ada -> assertThat(ada.prices().parts().get(CHARGE).before())
                .isEqualTo(cad("2.00")));
    }

    @Test
    void the_day_of_a_change_belongs_to_what_follows_and_parts_of_a_period_are_rounded_together() {
        Subscription web = shop.subscribe("web");
        update(web.paused(Instant.parse("2026-03-11T12:00:00Z")).resumed(Instant.parse("2026-03-21T12:00:00Z")));
        PriceChange flat = simulate(plan("31.00"), FIRST, LAST).prices().parts().get(PriceComparison.FLAT);
        assertThat(flat.after()).isEqualTo(cad("21.00"));
        assertThat(flat.before()).as("20.00 × 21 ÷ 31").isEqualTo(cad("13.55"));
        shop.clock.set(APRIL);
        shop.run(APRIL);
        assertThat(shop.invoices().stream().map(invoice -> invoice.subtotal()).reduce(cad("0.00"), Money::plus))
                .isEqualTo(flat.before());
    }

    @Test
    void a_trial_has_usage_but_no_flat_price() {
        Subscription web = shop.subscribe("web");
        update(like(web, web.state(), web.phases(), Optional.of(Instant.parse("2026-03-16T00:00:00Z")), Optional.empty()));
        use(web, "978000");
        PriceComparison prices = simulate(plan("31.00"), FIRST, LAST).prices();
        assertThat(prices.parts().get(PriceComparison.FLAT).after()).isEqualTo(cad("16.00"));
        assertThat(prices.parts().get(CHARGE).before()).isEqualTo(cad("2.00"));
    }

    @Test
    void what_is_in_shadow_mode_is_not_simulated_whatever_became_of_it() {
        Subscription web = shop.subscribe("web");
        Subscription shadow = like(web, SubscriptionState.SHADOW, web.phases(), Optional.empty(), Optional.empty());
        update(shadow);
        assertThat(simulate(plan("31.00"), FIRST, LAST).subscriptions()).isZero();
        update(shadow.terminated(Instant.parse("2026-03-16T00:00:00Z")));
        assertThat(simulate(plan("31.00"), FIRST, LAST).subscriptions()).isZero();
    }

    @Test
    void what_was_paid_in_advance_counts_in_whole_only_if_it_is_not_given_back() {
        Subscription ahead = shop.subscribe(shop.customer("ada"), "ahead", shop.inAdvance);
        Instant end = Instant.parse("2026-03-08T00:00:00Z");
        update(ahead.terminated(end, UnusedTime.CREDIT));
        assertThat(simulateAhead().prices().total().after()).isEqualTo(cad("7.00"));
        update(ahead.terminated(end, UnusedTime.SKIP));
        assertThat(simulateAhead().prices().total().after()).isEqualTo(cad("31.00"));
    }

    private SimulationReport simulateAhead() {
        return shop.billing.simulate().simulate(
                new SimulationRequest(shop.inAdvance.code(), plan("31.00"), FIRST, LAST), told::add);
    }

    private void update(Subscription changed) {
        shop.billing.ports().unitOfWork().run(() -> shop.billing.ports().subscriptions().update(List.of(changed)));
    }

    private static Subscription like(Subscription s, SubscriptionState state, List<Phase> phases, Optional<Instant> trialEnd,
                                     Optional<Subscription.End> end) {
        return new Subscription(s.id(), s.service(), s.customer(), s.externalId(), s.deployment(), state, phases, trialEnd,
                end, s.watched(), s.billedThrough(), s.flatThrough(), s.lastInvoiceAt(), s.nextInvoiceAt());
    }

    @Test
    void a_plan_that_nobody_was_on_comes_to_nothing() {
        SimulationReport report = simulate(cheaperFlat(), FIRST, LAST);
        assertThat(report.customers()).isZero();
        assertThat(report.prices().total()).isEqualTo(PriceChange.none(Shop.CAD));
        assertThat(told).isEmpty();
    }

    @Test
    void what_cannot_be_compared_is_refused() {
        Plan yen = Plan.of("other", Interval.MONTHLY, false, Money.of(Currency.getInstance("JPY"), "20"), MARCH);
        refused(yen, "amount_currency: is JPY, but plan starter is in CAD");
        refused(Plan.of("other", Interval.YEARLY, false, cad("20.00"), MARCH),
                "interval: is YEARLY, but plan starter is MONTHLY");
        refused(plan("20.00", Charge.of(new MetricCode("disk"), Quota.NONE, Standard.of("1", "1"))),
                "charges[0].metric: does not exist: disk");
        shop.billing.define(Metric.of("peak", Aggregation.MAX, "unit"));
        refused(plan("20.00", Charge.of(new MetricCode("peak"), Quota.NONE, new Percentage(BigDecimal.ONE, BigDecimal.ONE,
                1, BigDecimal.ZERO, Optional.empty(), Optional.empty()))), "charges[0].charge_model: percentage");
        assertThatThrownBy(() -> new SimulationRequest(shop.starter.code(), shop.starter, LAST, FIRST))
                .isInstanceOf(InvalidValue.class).hasMessage("period: ends on 2026-03-01, before it begins on 2026-03-31");
    }

    private void refused(Plan changed, String why) {
        assertThatThrownBy(() -> simulate(changed, FIRST, LAST)).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(why);
    }

    private SimulationReport simulate(Plan changed, LocalDate first, LocalDate last) {
        return shop.billing.simulate().simulate(new SimulationRequest(shop.starter.code(), changed, first, last), told::add);
    }

    /** A lower flat price, no quota, and usage at double the price. */
    private static Plan cheaperFlat() {
        return plan("15.00", Charge.of(new MetricCode(CPU), Quota.NONE, Standard.of("0.015", "3600")));
    }

    private static Plan plan(String flat, Charge... charges) {
        return Plan.of("changed", Interval.MONTHLY, false, cad(flat), MARCH, charges);
    }

    private void use(Subscription subscription, String cpuSeconds) {
        shop.clock.set(APRIL);
        shop.use(subscription.externalId(), Instant.parse("2026-03-10T00:00:00Z"), cpuSeconds);
    }

    private PriceChange total(String customer) {
        return told.stream().filter(one -> one.customer().name().equals(customer)).findFirst().orElseThrow()
                .prices().total();
    }

    private static PriceChange change(String before, String after, String exactBefore, String exactAfter) {
        return new PriceChange(cad(before), cad(after), exact(exactBefore), exact(exactAfter));
    }

    private static ExactAmount exact(String value) {
        return new ExactAmount(Shop.CAD, new BigDecimal(value));
    }
}
