package com.nexasystems.billing.rating;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.BillingReport;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plan of the shop has a quota of 18 000 CPU-seconds: 80 % are 14 400. */
class WatchThresholdsTest {

    private static final String BOTH = "80 100";

    private final Shop shop = new Shop();
    private Subscription web = shop.subscribe("web");
    private Instant now = MARCH;

    private void use(String quantity) {
        now = now.plus(Duration.ofHours(1));
        shop.clock.set(now);
        assertThat(shop.use("web", now, quantity).isStored()).isTrue();
    }

    private BillingReport look() {
        now = now.plus(Duration.ofMinutes(1));
        shop.clock.set(now);
        return shop.billing.interim().run(drafted -> { });
    }

    private void bill(Instant asOf) {
        shop.bill(asOf);
        now = asOf;
    }

    private List<BillingEvent> told() {
        return shop.billing.ports().eventLog().of(web.id().value()).stream().map(Sequenced::event)
                .filter(event -> event.type() == EventType.USAGE_THRESHOLD_REACHED).toList();
    }

    private String percents() {
        return String.join(" ", told().stream().map(event -> event.data().get("percent")).toList());
    }

    @Test
    void each_is_told_once_in_a_period() {
        use("14399.999");
        look();
        assertThat(percents()).isEmpty();
        use("0.001");
        look();
        look();
        assertThat(percents()).as("to the last digit").isEqualTo("80");
        use("3599");
        look();
        assertThat(percents()).isEqualTo("80");
        use("1");
        use("100");
        look();
        use("100000");
        look();
        assertThat(percents()).isEqualTo(BOTH);
        bill(APRIL);
        use("18000");
        look();
        assertThat(percents()).isEqualTo(BOTH + " " + BOTH);
    }

    @Test
    void an_event_says_all_that_is_needed() {
        web = shop.billing.subscriptions().start(shop.hosting.id(), new Request(shop.customer("ada"), "deployed",
                shop.starter.code(), BillingTime.CALENDAR, MARCH, Optional.of("deployment-7")));
        shop.use("deployed", MARCH, "14400.50");
        look();
        assertThat(told()).singleElement().satisfies(event -> assertThat(event.data()).isEqualTo(Map.ofEntries(
                Map.entry("subscription_id", web.id().toString()), Map.entry("external_id", "deployed"),
                Map.entry("deployment_id", "deployment-7"), Map.entry("subscription_state", "active"),
                Map.entry("plan_code", "starter"), Map.entry("metric", CPU), Map.entry("charge", CPU),
                Map.entry("percent", "80"), Map.entry("quota", "18000"), Map.entry("used", "14400.5"),
                Map.entry("unit", "CPU-second"), Map.entry("period_start", "2026-03-01T00:00:00Z"),
                Map.entry("period_end", "2026-04-01T00:00:00Z"))));
    }

    @Test
    void both_at_once_are_two_events_and_a_correction_takes_neither_back() {
        use("20000");
        look();
        assertThat(percents()).isEqualTo(BOTH);
        shop.record(UsageSubmission.event("web", CPU, MARCH.plus(Duration.ofHours(1)), "5",
                MARCH.plus(Duration.ofHours(1)).toString()), RecordUsage.Option.REPLACE);
        look();
        use("19000");
        look();
        assertThat(percents()).isEqualTo(BOTH);
    }

    @Test
    void without_a_quota_nothing_is_told() {
        subscribe(Charge.of(new MetricCode(CPU), Quota.NONE, Standard.of("1")));
        use("1");
        look();
        assertThat(told()).isEmpty();
        assertThat(shop.billing.ports().freshUsage().waiting(Optional.empty(), 9)).isEmpty();
    }

    @Test
    void usage_of_a_period_that_is_over_is_not_told() {
        now = APRIL.minus(Duration.ofHours(2));
        use("18000");
        now = APRIL;
        look();
        assertThat(told()).as("looked at too late").isEmpty();
        bill(APRIL.plus(Duration.ofDays(1)));
        shop.use("web", MARCH.plus(Duration.ofDays(1)), "20000");
        look();
        assertThat(told()).as("came too late").isEmpty();
    }

    @Test
    void usage_of_a_new_period_is_told_before_the_old_one_is_billed() {
        now = APRIL;
        use("15000");
        look();
        assertThat(percents()).isEqualTo("80");
        bill(APRIL.plus(Duration.ofDays(1)));
        look();
        assertThat(percents()).isEqualTo("80");
    }

    @Test
    void a_clock_that_goes_ahead_counts_when_its_period_has_begun() {
        now = APRIL.minus(Duration.ofMinutes(10));
        shop.clock.set(now);
        shop.use("web", APRIL.plusSeconds(60), "18000");
        look();
        assertThat(told()).isEmpty();
        bill(APRIL.plus(Duration.ofHours(2)));
        look();
        assertThat(percents()).isEqualTo(BOTH);
    }

    @Test
    void a_yearly_plan_that_bills_usage_by_the_month_has_its_quota_by_the_month() {
        Charge charge = Charge.of(new MetricCode(CPU), Quota.of("10"), Standard.of("1"));
        Plan yearly = Plan.of("yearly", Interval.YEARLY, false, cad("1"), MARCH, charge)
                .on(new PlanTerms(0, true, false, Optional.empty()));
        shop.billing.plans().publish(yearly);
        web = shop.subscribe(shop.customer("ada"), "year", yearly);
        shop.use("year", MARCH, "8");
        look();
        bill(APRIL);
        shop.use("year", APRIL, "8");
        look();
        assertThat(told()).extracting(event -> event.data().get("period_start")).containsExactly(MARCH.toString(),
                APRIL.toString());
    }

    @Test
    void each_filter_and_each_group_has_a_quota_of_its_own() {
        var filter = new ChargeFilter("canada", Map.of("region", List.of("ca")), Quota.of("10"), Standard.of("1"));
        Charge charge = Charge.of(new MetricCode(CPU), Quota.of("100"), Standard.of("1"))
                .on(new ChargeTerms(false, false, BigDecimal.ZERO, List.of("size"), List.of(filter)));
        shop.billing.define(Metric.of("divided", Aggregation.SUM, "call").filteredBy(Map.of("region", List.of("ca", "us"))));
        subscribe(new Charge("divided", "divided", new MetricCode("divided"), charge.quota(), charge.model(), charge.terms()));
        for (String[] record : new String[][] {{"ca", "s", "9"}, {"us", "s", "80"}, {"us", "l", "79"}, {"us", "l, b", "200"}}) {
            shop.record(UsageSubmission.event("web", "divided", now, record[2], String.join("/", record))
                    .withProperty("region", record[0]).withProperty("size", record[1]));
        }
        look();
        assertThat(told()).extracting(event -> event.data().get("part") + " " + event.data().get("percent"))
                .containsExactlyInAnyOrder("divided, canada 80", "divided, size s 80", "divided, size l, b 80",
                        "divided, size l, b 100");
    }

    @Test
    void another_plan_is_another_quota() {
        use("18000");
        look();
        Plan bigger = shop.billing.plans().publish(Plan.of("bigger", Interval.MONTHLY, false, cad("40"), MARCH,
                Charge.of(new MetricCode(CPU), Quota.of("36000"), Standard.of("1"))));
        shop.billing.changes().change(shop.hosting.id(), "web", bigger.code(), Timing.NOW);
        use("28800");
        look();
        assertThat(told()).extracting(event -> event.data().get("plan_code") + " " + event.data().get("percent"))
                .containsExactly("starter 80", "starter 100", "bigger 80");
    }

    @Test
    void a_plan_that_gets_a_quota_is_watched_from_the_next_period_on() {
        Plan plan = subscribe(Charge.of(new MetricCode(CPU), Quota.NONE, Standard.of("1")));
        shop.billing.plans().publish(plan.code(), APRIL, cad("0"),
                List.of(Charge.of(new MetricCode(CPU), Quota.of("10"), Standard.of("1"))));
        use("10");
        look();
        assertThat(told()).isEmpty();
        now = APRIL;
        use("8");
        bill(APRIL.plus(Duration.ofDays(1)));
        look();
        assertThat(percents()).isEqualTo("80");
        bill(MAY);
    }

    @Test
    void nothing_is_told_of_what_is_paused_has_ended_or_has_not_begun() {
        use("10");
        shop.billing.pauses().pause(shop.hosting.id(), "web");
        use("18000");
        look();
        assertThat(told()).isEmpty();
        web = shop.subscribe(shop.customer("ada"), "later", shop.starter, APRIL);
        shop.clock.set(APRIL);
        now = APRIL;
        shop.use("later", APRIL, "18000");
        look();
        assertThat(told()).as("its start comes first").isEmpty();
        bill(APRIL.plus(Duration.ofMinutes(5)));
        look();
        assertThat(percents()).isEqualTo(BOTH);
        assertThat(shop.billing.ports().eventLog().of(web.id().value()).get(0).event().type())
                .isEqualTo(EventType.SUBSCRIPTION_STARTED);
        web = shop.subscribe(shop.customer("ada"), "gone", shop.starter, APRIL);
        shop.use("gone", APRIL, "18000");
        shop.billing.terminations().terminate(shop.hosting.id(), "gone");
        look();
        assertThat(told()).isEmpty();
    }

    @Test
    void one_that_cannot_be_looked_at_is_reported_and_looked_at_again_and_the_others_are_told() {
        Plan shadow = shop.billing.plans().publish(Plan.of("shadow", Interval.MONTHLY, false, cad("1"), MARCH,
                Charge.of(new MetricCode(CPU), Quota.of("10"), Standard.of("1"))));
        Subscription broken = shop.subscribe(shop.customer("ada"), "broken", shadow);
        shop.billing.ports().unitOfWork().run(() -> shop.billing.ports().plans().setShadow(List.of(shadow.code()), true));
        shop.use("broken", MARCH, "10");
        use("18000");
        assertThat(look().failures()).singleElement()
                .satisfies(failure -> assertThat(failure.subscription()).isEqualTo(broken.id()));
        assertThat(percents()).isEqualTo(BOTH);
        assertThat(shop.billing.ports().eventLog().of(broken.id().value())).extracting(one -> one.event().type())
                .doesNotContain(EventType.USAGE_THRESHOLD_REACHED);
        assertThat(shop.billing.ports().freshUsage().waiting(Optional.empty(), 9)).containsExactly(broken.id());
    }

    private Plan subscribe(Charge charge) {
        Plan plan = shop.billing.plans().publish(Plan.of("own", Interval.MONTHLY, false, cad("0"), MARCH, charge));
        shop.billing.terminations().terminate(shop.hosting.id(), "web");
        shop.run(MARCH);
        web = shop.subscribe(shop.customer("ada"), "web", plan);
        return plan;
    }
}
