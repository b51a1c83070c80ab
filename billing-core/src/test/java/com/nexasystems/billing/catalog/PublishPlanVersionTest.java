package com.nexasystems.billing.catalog;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.testing.Shop;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishPlanVersionTest {

    private final Shop shop = new Shop();

    @Test
    void a_change_of_price_is_a_new_version_beside_the_old_one() {
        publish("25.00", shop.starter.versions().get(0).charges());
        Plan plan = shop.billing.ports().plans().find(shop.starter.code()).orElseThrow();
        assertThat(plan.versions()).extracting(PlanVersion::number).containsExactly(1, 2);
        assertThat(plan.versionAt(APRIL.minusNanos(1)).flatPrice()).isEqualTo(cad("20.00"));
        assertThat(plan.versionAt(APRIL).flatPrice()).isEqualTo(cad("25.00"));
    }

    @Test
    void a_plan_has_no_price_before_its_first_version() {
        assertThatThrownBy(() -> shop.starter.versionAt(MARCH.minusNanos(1))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("no version in force at");
    }

    @Test
    void a_version_begins_after_the_one_before_it() {
        publish("25.00", List.of());
        assertThatThrownBy(() -> publish("30.00", List.of())).hasMessageContaining("effective_from: must be after " + APRIL);
    }

    @Test
    void a_plan_keeps_its_currency() {
        Money euro = Money.of(Currency.getInstance("EUR"), "20.00");
        assertThatThrownBy(() -> shop.billing.plans().publish(shop.starter.code(), APRIL, euro, List.of()))
                .hasMessage("flat_price: is in EUR, the plan is in CAD");
    }

    @Test
    void a_price_is_never_negative() {
        assertThatThrownBy(() -> publish("-0.01", List.of())).hasMessage("flat_price: must not be negative: -0.01 CAD");
    }

    @Test
    void a_code_is_taken_once_and_must_exist_to_be_changed() {
        assertThatThrownBy(() -> shop.billing.plans().publish(shop.starter)).hasMessage("plan_code: is taken: starter");
        assertThatThrownBy(() -> shop.billing.plans().publish(new PlanCode("x"), MAY, cad("1.00"), List.of()))
                .hasMessage("plan_code: does not exist: x");
    }

    @Test
    void a_new_price_is_not_dated_back() {
        shop.clock.set(APRIL.plusSeconds(1));
        assertThatThrownBy(() -> shop.billing.plans().publish(shop.starter.code(), APRIL, cad("99.00"), List.of()))
                .hasMessage("effective_from: is in the past: 2026-04-01T00:00:00Z (it is 2026-04-01T00:00:01Z)");
    }

    @Test
    void a_charge_names_a_metric_that_exists_and_a_code_of_its_own() {
        Charge unknown = Charge.of(new MetricCode("unknown"), Quota.NONE, Standard.of("1"));
        Charge cpu = Charge.of(new MetricCode(CPU), Quota.NONE, Standard.of("1"));
        assertThatThrownBy(() -> publish("1.00", List.of(cpu, unknown)))
                .hasMessage("charges[1].metric: does not exist: unknown");
        assertThatThrownBy(() -> publish("1.00", List.of(cpu, cpu))).hasMessageContaining("two charges have the code");
    }

    @ParameterizedTest(name = "dynamic on {0}")
    @EnumSource(value = Aggregation.class, mode = EnumSource.Mode.EXCLUDE, names = "SUM")
    void amounts_that_come_with_events_are_summed_and_nothing_else(Aggregation aggregation) {
        assertThatThrownBy(() -> publishOn(aggregation, new Dynamic())).hasMessageContaining("dynamic as it is set up here");
    }

    @ParameterizedTest(name = "free events on {0}: {1}")
    @CsvSource({"SUM, true", "COUNT, true", "MAX, false", "LATEST, false", "WEIGHTED_SUM, false"})
    void single_events_are_priced_only_where_they_add_up(Aggregation aggregation, boolean fits) {
        Metric metric = Metric.of("m", aggregation, "u");
        Percentage together = Percentage.of("1", "1");
        assertThat(Charge.of(metric.code(), Quota.NONE, together.free(1, "0")).fits(metric)).isEqualTo(fits);
        assertThat(Charge.of(metric.code(), Quota.NONE, together).fits(metric)).isTrue();
        Metric rounded = metric.rounded(new QuantityRounding(QuantityRounding.Mode.UP, 0));
        assertThat(Charge.of(metric.code(), Quota.NONE, together.free(1, "0")).fits(rounded)).isFalse();
    }

    @Test
    void single_events_have_no_quota() {
        assertThatThrownBy(() -> Charge.of(new MetricCode(CPU), Quota.of("1"), Percentage.of("1", "1")))
                .isInstanceOf(InvalidValue.class).hasMessageStartingWith("included_units");
    }

    @Test
    void a_plan_has_at_least_one_version() {
        assertThatThrownBy(() -> new Plan(new PlanCode("x"), "X", Shop.CAD, Interval.MONTHLY, false, true,
                PlanTerms.PLAIN, List.of()))
                .hasMessage("versions: a plan has at least one");
    }

    private void publish(String price, List<Charge> charges) {
        shop.billing.plans().publish(shop.starter.code(), APRIL, cad(price), charges);
    }

    private void publishOn(Aggregation aggregation, ChargeModel model) {
        Metric metric = shop.billing.define(aggregation == Aggregation.UNIQUE_COUNT
                ? Metric.uniqueCount("m", "user", "u") : Metric.of("m", aggregation, "u"));
        publish("1.00", List.of(Charge.of(metric.code(), Quota.NONE, model)));
    }
}
