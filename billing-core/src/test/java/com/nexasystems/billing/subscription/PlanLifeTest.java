package com.nexasystems.billing.subscription;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanOverride;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.PublishPlanVersion.Editions;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.UsageExplanation;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of plan, pauses, editions and minimums, from the use case to the invoice. */
class PlanLifeTest {

    private static final Instant MID_MARCH = Instant.parse("2026-03-16T10:00:00Z");
    private static final Instant LATE_MARCH = Instant.parse("2026-03-21T10:00:00Z");

    private final Shop shop = new Shop();

    private Plan plan(String code, String price, boolean inAdvance, Charge... charges) {
        return shop.billing.plans().publish(Plan.of(code, Interval.MONTHLY, inAdvance, cad(price), MARCH, charges));
    }

    private Subscription change(String code, Timing timing) {
        return shop.billing.changes().change(shop.hosting.id(), "web", new PlanCode(code), timing);
    }

    private List<String> lines() {
        return shop.invoices().stream().flatMap(invoice -> invoice.lines().stream())
                .map(line -> line.description() + " " + line.amount().amount()).toList();
    }

    private List<EventType> events(Subscription subscription) {
        return shop.billing.ports().eventLog().of(subscription.id().value()).stream().map(EventLog.Sequenced::event)
                .map(event -> event.type()).filter(type -> type.code().startsWith("subscription")).toList();
    }

    @Test
    void a_dearer_plan_comes_at_once_and_what_was_paid_in_advance_is_given_back() {
        Subscription web = shop.subscribe(shop.customer("ada"), "web", shop.inAdvance);
        plan("pro", "62.00", true);
        shop.bill(MARCH);
        shop.clock.set(MID_MARCH);
        assertThat(change("pro", Timing.BY_PRICE).planAt(MID_MARCH)).isEqualTo(new PlanCode("pro"));
        shop.bill(MID_MARCH);
        assertThat(lines()).containsExactly("ahead 20.00", "Unused time on ahead -10.32", "Remaining time on pro 32.00");
        assertThat(events(web)).containsExactly(EventType.SUBSCRIPTION_STARTED, EventType.SUBSCRIPTION_STARTED);
    }

    @Test
    void a_cheaper_plan_waits_for_the_end_of_the_period_and_can_be_replaced_or_cancelled_until_then() {
        shop.subscribe("web");
        plan("small", "5.00", false);
        plan("tiny", "1.00", false);
        shop.clock.set(MID_MARCH);
        change("small", Timing.BY_PRICE);
        assertThat(change("tiny", Timing.BY_PRICE).phases()).extracting(Phase::from).containsExactly(MARCH, APRIL);
        shop.billing.changes().cancel(shop.hosting.id(), "web");
        assertThatThrownBy(() -> shop.billing.changes().cancel(shop.hosting.id(), "web")).hasMessageContaining("no change");
        change("small", Timing.BY_PRICE);
        shop.bill(MAY);
        assertThat(lines()).containsExactly("starter 20.00", "small 5.00");
    }

    @Test
    void a_change_is_refused_that_cannot_be_billed() {
        shop.subscribe("web");
        shop.billing.plans().publish(Plan.of("euro", Interval.MONTHLY, false,
                Money.of(Currency.getInstance("EUR"), "5.00"), MARCH));
        shop.billing.plans().publish(Plan.of("later", Interval.MONTHLY, false, cad("50.00"), MAY));
        assertThatThrownBy(() -> change("euro", Timing.NOW)).isInstanceOf(CurrencyMismatchException.class);
        assertThatThrownBy(() -> change("later", Timing.NOW)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("no version");
        assertThatThrownBy(() -> change("starter", Timing.NOW)).hasMessageContaining("is the one it is on");
        assertThatThrownBy(() -> change("none", Timing.NOW)).hasMessageContaining("does not exist");
    }

    @Test
    void a_pause_is_not_billed_and_the_parts_of_the_period_add_up() {
        Subscription web = shop.subscribe("web");
        shop.clock.set(MID_MARCH);
        shop.billing.pauses().pause(shop.hosting.id(), "web");
        shop.use("web", MID_MARCH.plusSeconds(10), "3600");
        shop.clock.set(LATE_MARCH);
        assertThat(shop.billing.resumptions().resume(shop.hosting.id(), "web").state()).isEqualTo(SubscriptionState.ACTIVE);
        shop.bill(APRIL);
        // 15 and 11 of 31 days: 9.68 and 7.10 alone; 26 of 31 days are 16.77.
        assertThat(lines()).containsExactly("starter 9.68", "starter 7.09");
        assertThat(events(web)).contains(EventType.SUBSCRIPTION_REACTIVATED);
        var key = new UsageKey(web.id(), new MetricCode(CPU), MID_MARCH.plusSeconds(10).toString());
        UsageExplanation why = shop.billing.explainUsage().explain(key).orElseThrow();
        assertThat(why.verdict()).isEqualTo(UsageExplanation.Verdict.NOT_CHARGED);
        assertThat(why.reason()).contains("paused");
        assertThat(shop.billing.ports().usageRecords().late(List.of(web.id()))).isEmpty();
    }

    @Test
    void usage_that_comes_late_for_a_pause_is_not_marked() {
        Subscription web = shop.subscribe("web");
        shop.clock.set(MID_MARCH);
        shop.billing.pauses().pause(shop.hosting.id(), "web");
        shop.clock.set(LATE_MARCH);
        shop.billing.resumptions().resume(shop.hosting.id(), "web");
        shop.bill(APRIL);
        shop.use("web", MID_MARCH.plusSeconds(10), "3600");
        assertThat(shop.billing.ports().usageRecords().late(List.of(web.id()))).isEmpty();
    }

    @Test
    void an_end_to_come_is_told_by_the_run_that_reaches_it_and_can_be_moved() {
        Subscription web = shop.subscribe(shop.customer("ada"), "web", shop.inAdvance);
        shop.billing.terminations().terminateAt(shop.hosting.id(), "web", MID_MARCH, UnusedTime.CREDIT);
        shop.bill(MARCH);
        shop.billing.terminations().terminateAt(shop.hosting.id(), "web", LATE_MARCH, UnusedTime.CREDIT);
        shop.bill(APRIL);
        // 16 days to the first end, 5 more to the second.
        assertThat(lines()).containsExactly("ahead 10.32", "Remaining time on ahead 3.23");
        assertThat(shop.find(web).state()).isEqualTo(SubscriptionState.TERMINATED);
        assertThat(events(web)).containsExactly(EventType.SUBSCRIPTION_STARTED, EventType.SUBSCRIPTION_TERMINATED);
    }

    private Charge cpu(String minimum) {
        return Charge.of(new MetricCode(CPU), Quota.of("0"), Standard.of("1"))
                .on(new ChargeTerms(false, false, new BigDecimal(minimum), List.of(), List.of()));
    }

    @Test
    void late_usage_is_taken_off_the_minimum_that_covered_it() {
        shop.subscribe(shop.customer("ada"), "web", plan("least", "0.00", false, cpu("10")));
        shop.use("web", MARCH, "7");
        shop.bill(APRIL);
        shop.use("web", MARCH.plusSeconds(1), "2");
        shop.bill(MAY);
        shop.use("web", MARCH.plusSeconds(2), "4");
        shop.bill(Shop.JUNE);
        assertThat(lines().stream().filter(line -> !line.contains("minimum 10.00")).toList()).containsExactly(
                CPU + " 7.00", CPU + ", minimum 3.00",
                CPU + ", adjustment of 2026-03-01 to 2026-03-31 2.00",
                CPU + ", minimum, adjustment of 2026-03-01 to 2026-03-31 -2.00",
                CPU + ", adjustment of 2026-03-01 to 2026-03-31 4.00",
                CPU + ", minimum, adjustment of 2026-03-01 to 2026-03-31 -1.00");
    }

    @Test
    void late_usage_is_taken_off_the_commitment_that_covered_it() {
        var version = new PlanVersion(1, MARCH, cad("5.00"), List.of(cpu("0")), List.of(),
                Optional.of(cad("20.00")), List.of());
        Plan sure = shop.billing.plans().publish(new Plan(new PlanCode("sure"), "Sure", Shop.CAD, Interval.MONTHLY, false,
                true, PlanTerms.PLAIN, List.of(version)));
        shop.subscribe(shop.customer("ada"), "web", sure);
        shop.use("web", MARCH, "10");
        shop.bill(APRIL);
        assertThat(lines()).containsExactly("Sure 5.00", CPU + " 10.00", "Sure, minimum commitment 5.00");
        shop.use("web", MARCH.plusSeconds(1), "7");
        shop.clock.set(MAY.minusSeconds(1));
        shop.use("web", MAY.minusSeconds(2), "40");
        shop.bill(MAY);
        assertThat(lines().subList(3, lines().size())).containsExactly("Sure 5.00", CPU + " 40.00",
                CPU + ", adjustment of 2026-03-01 to 2026-03-31 7.00", "Sure, minimum commitment -5.00");
    }

    @Test
    void an_edition_follows_the_plan_but_for_what_it_has_otherwise() {
        Plan edition = shop.billing.overrides().override(shop.starter.code(), "web",
                PlanOverride.NOTHING.withFlatPrice(cad("15.00")));
        assertThat(edition.code()).isEqualTo(new PlanCode("starter@web"));
        assertThat(shop.billing.overrides().override(shop.starter.code(), "web", PlanOverride.NOTHING).code())
                .isEqualTo(new PlanCode("starter@web.2"));
        shop.subscribe(shop.customer("ada"), "web", edition);
        PlanVersion next = shop.starter.latest().next(APRIL, cad("30.00"), List.of(cpu("0")));
        shop.billing.plans().publish(shop.starter.code(), next, Editions.FOLLOW);
        shop.bill(APRIL);
        shop.use("web", APRIL, "3");
        shop.bill(MAY);
        assertThat(lines()).containsExactly("starter 15.00", "starter 15.00", CPU + " 3.00");
        assertThatThrownBy(() -> shop.billing.overrides().override(edition.code(), "web", PlanOverride.NOTHING))
                .hasMessageContaining("is an edition itself");
        assertThatThrownBy(() -> shop.billing.overrides().override(shop.starter.code(), "web", PlanOverride.NOTHING
                .withCharges(Charge.of(new MetricCode("disk"), Quota.of("0"), Standard.of("1")))))
                .hasMessageContaining("no charge");
    }
}
