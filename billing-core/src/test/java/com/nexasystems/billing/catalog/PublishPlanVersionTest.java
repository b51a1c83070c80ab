package com.nexasystems.billing.catalog;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Map;
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
    void a_price_changes_from_now_on_by_one_look_at_a_clock_that_runs() {
        Billing running = Billing.over(shop.billing.ports()).clock(Clock.systemUTC()).build();
        Plan changed = running.plans().publishNow(shop.starter.code(),
                now -> shop.starter.latest().next(now, cad("25.00"), List.of()), PublishPlanVersion.Editions.STAY);
        assertThat(changed.latest().flatPrice()).isEqualTo(cad("25.00"));
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

    @ParameterizedTest(name = "{0}{1} {2} {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            COUNT        | false | STANDARD  | true  | false | 0 |
            SUM          | false | PACKAGE   | true  | false | 0 |
            UNIQUE_COUNT | true  | GRADUATED | true  | false | 5 |
            SUM          | false | VOLUME    | true  | false | 0 | pay_in_advance: has no meaning with charge model volume
            MAX          | false | STANDARD  | true  | false | 0 | pay_in_advance: has no meaning with aggregation max
            LATEST       | false | STANDARD  | true  | false | 0 | pay_in_advance: has no meaning with aggregation latest
            WEIGHTED_SUM | true  | STANDARD  | true  | false | 0 | pay_in_advance: has no meaning with aggregation weighted_sum
            SUM          | true  | STANDARD  | false | true  | 5 |
            SUM          | true  | GRADUATED | false | true  | 0 |
            UNIQUE_COUNT | true  | VOLUME    | false | true  | 0 |
            SUM          | true  | STANDARD  | true  | true  | 0 |
            SUM          | true  | GRADUATED | true  | true  | 0 | prorated: has no meaning with charge model graduated in advance
            SUM          | true  | PACKAGE   | false | true  | 0 | prorated: has no meaning with charge model package
            SUM          | false | STANDARD  | false | true  | 0 | prorated: needs a recurring metric that sums
            WEIGHTED_SUM | true  | STANDARD  | false | true  | 0 | prorated: needs a recurring metric that sums
            """)
    void a_charge_is_billed_as_its_metric_and_model_allow(Aggregation aggregation, boolean recurring, Model model,
                                                          boolean inAdvance, boolean prorated, String quota, String refused) {
        Metric plain = aggregation == Aggregation.UNIQUE_COUNT ? Metric.uniqueCount("m", "user", "u")
                : Metric.of("m", aggregation, "u");
        Metric metric = shop.billing.define(recurring ? plain.carriedOver() : plain);
        List<Charge> charges = List.of(Charge.of(metric.code(), Quota.of(quota), model.model)
                .on(new ChargeTerms(inAdvance, prorated, BigDecimal.ZERO, List.of(), List.of())));
        if (refused == null) {
            publish("1.00", charges);
        } else {
            assertThatThrownBy(() -> publish("1.00", charges)).hasMessageStartingWith("charges[0]." + refused);
        }
    }

    private enum Model {
        STANDARD(Standard.of("1")), PACKAGE(PackageModel.of("1", "1", "0")), GRADUATED(Graduated.of(Tier.rest("1", "1"))),
        VOLUME(Volume.of(Tier.rest("1", "1")));

        private final ChargeModel model;

        Model(ChargeModel model) {
            this.model = model;
        }
    }

    @Test
    void units_of_a_rounded_metric_have_no_places_in_tiers() {
        Metric metric = shop.billing.define(Metric.of("m", Aggregation.SUM, "u").carriedOver()
                .rounded(new QuantityRounding(QuantityRounding.Mode.UP, 0)));
        var prorated = new ChargeTerms(false, true, BigDecimal.ZERO, List.of(), List.of());
        assertThatThrownBy(() -> publish("1.00", List.of(Charge.of(metric.code(), Quota.of("1"), Standard.of("1")).on(prorated))))
                .hasMessageStartingWith("charges[0].prorated: cannot give each unit its place");
        publish("1.00", List.of(Charge.of(metric.code(), Quota.NONE, Standard.of("1")).on(prorated)));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            region | us |
            region | mars | filters: metric m does not declare the value mars of region
            size   | 1  | filters: metric m does not declare the property size
            zone   | 7  |
            """)
    void filters_name_what_the_metric_declares(String property, String value, String refused) {
        Metric metric = shop.billing.define(Metric.of("m", Aggregation.SUM, "u")
                .filteredBy(Map.of("region", List.of("us", "ca"), "zone", List.of())));
        var filter = new ChargeFilter("f", Map.of(property, List.of(value)), Quota.NONE, Standard.of("1"));
        List<Charge> charges = List.of(Charge.of(metric.code(), Quota.NONE, Standard.of("1")).on(
                new ChargeTerms(false, false, BigDecimal.ZERO, List.of("anything"), List.of(filter))));
        if (refused == null) {
            publish("1.00", charges);
        } else {
            assertThatThrownBy(() -> publish("1.00", charges)).hasMessage("charges[0]." + refused);
        }
    }

    @Test
    void a_filter_that_prices_single_events_has_no_quota_and_needs_a_metric_that_adds_up() {
        assertThatThrownBy(() -> new ChargeFilter("f", Map.of("a", List.of()), Quota.of("1"), new Dynamic()))
                .hasMessageStartingWith("included_units");
        Metric metric = shop.billing.define(Metric.of("m", Aggregation.MAX, "u"));
        var filter = new ChargeFilter("f", Map.of("a", List.of()), Quota.NONE, new Dynamic());
        assertThatThrownBy(() -> publish("1.00", List.of(Charge.of(metric.code(), Quota.NONE, Standard.of("1"))
                .on(new ChargeTerms(false, false, BigDecimal.ZERO, List.of(), List.of(filter))))))
                .hasMessageStartingWith("charges[0].charge_model");
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
