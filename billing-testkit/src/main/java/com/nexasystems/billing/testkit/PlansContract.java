package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.catalog.Plans}. */
public abstract class PlansContract extends PortContract {

    private static final Instant SPRING = Instant.parse("2026-03-20T14:46:00.123456Z");

    private final Plan starter = Samples.plan("starter");

    protected PlansContract() {
    }

    @BeforeEach
    final void defineTheMetric() {
        keep(() -> ports.metrics().add(Samples.CPU));
    }

    @Test
    @DisplayName("PL-1 a plan is found with every version, charge, model and tier as it was")
    void a_plan_is_found_exactly_as_it_was() {
        Plan rich = Samples.richPlan("Über/plan 🚀");
        assertThat(add(rich)).isTrue();
        assertThat(ports.plans().find(rich.code())).contains(rich);
        assertThat(ports.plans().all()).containsExactly(rich);
    }

    @Test
    @DisplayName("PL-1 a plan of every interval, in advance and in arrears, in currencies with any minor unit")
    void a_plan_of_every_interval_is_found_exactly_as_it_was() {
        List<String> currencies = List.of("CAD", "JPY", "KWD");
        for (Interval interval : Interval.values()) {
            boolean even = interval.ordinal() % 2 == 0;
            var currency = Currency.getInstance(currencies.get(interval.ordinal() % currencies.size()));
            Plan plan = Plan.of("plan " + interval, interval, even, Money.of(currency, "1200"), SPRING);
            add(plan);
            assertThat(ports.plans().find(plan.code())).contains(plan);
        }
    }

    @Test
    @DisplayName("PL-1 nothing is found under a code that was not added")
    void nothing_is_found_under_another_code() {
        add(starter);
        assertThat(ports.plans().find(new PlanCode("Starter"))).isEmpty();
    }

    @Test
    @DisplayName("PL-2 a code is taken once")
    void a_code_is_taken_once() {
        add(starter);
        assertThat(add(Plan.of("starter", Interval.YEARLY, true, Money.of(Samples.CAD, "1"), SPRING))).isFalse();
        assertThat(ports.plans().all()).containsExactly(starter);
    }

    @Test
    @DisplayName("PL-3 a version that was published stands beside the earlier ones")
    void a_version_stands_beside_the_earlier_ones() {
        add(starter);
        List<ChargeModel> models = Samples.models();
        Plan expected = starter;
        for (int i = 0; i < models.size(); i++) {
            PlanVersion version = version(i + 2, "2" + i + ".00", models.get(i));
            assertThat(kept(() -> ports.plans().publish(starter.code(), version))).isTrue();
            expected = expected.withVersion(version);
            assertThat(ports.plans().find(starter.code())).contains(expected);
        }
        assertThat(ports.plans().all()).containsExactly(expected);
    }

    @Test
    @DisplayName("PL-4 a version number is taken once")
    void a_version_number_is_taken_once() {
        add(starter);
        PlanVersion second = version(2, "25.00", Standard.of("1"));
        PlanVersion rival = version(2, "99.00", Standard.of("9"));
        keep(() -> ports.plans().publish(starter.code(), second));
        assertThat(kept(() -> ports.plans().publish(starter.code(), rival))).isFalse();
        assertThat(ports.plans().find(starter.code())).contains(starter.withVersion(second));
    }

    @Test
    @DisplayName("PL-4 of concurrent publications of one number, one stands and the others are told")
    void of_concurrent_publications_one_stands() {
        add(starter);
        List<PlanVersion> rivals = IntStream.range(0, 5)
                .mapToObj(i -> version(2, "2" + i + ".00", Standard.of("1"))).toList();
        List<Boolean> published = OtherThread.together(rivals.size(),
                i -> kept(() -> ports.plans().publish(starter.code(), rivals.get(i))));
        assertThat(published).containsOnlyOnce(true);
        assertThat(ports.plans().find(starter.code()))
                .contains(starter.withVersion(rivals.get(published.indexOf(true))));
    }

    @Test
    @DisplayName("PL-5 all are sorted by code, in the same way on every machine")
    void all_are_sorted_by_code() {
        Samples.CODES_SHUFFLED.forEach(code -> add(Samples.plan(code)));
        assertThat(ports.plans().all()).extracting(plan -> plan.code().value())
                .containsExactlyElementsOf(Samples.CODES_SORTED);
    }

    @Test
    @DisplayName("PL-6 plans are put into shadow mode and taken out of it, and nothing else changes")
    void plans_are_put_into_shadow_mode_and_taken_out_of_it() {
        List<Plan> plans = List.of(Samples.richPlan("a"), Samples.plan("b"), starter);
        plans.forEach(this::add);
        keep(() -> ports.plans().setShadow(List.of(new PlanCode("a"), new PlanCode("b"), new PlanCode("unknown")), true));
        keep(() -> ports.plans().setShadow(List.of(), true));
        assertThat(ports.plans().all())
                .containsExactlyInAnyOrder(inShadow(plans.get(0)), inShadow(plans.get(1)), starter);
        keep(() -> ports.plans().setShadow(List.of(new PlanCode("b")), false));
        assertThat(ports.plans().all()).containsExactlyInAnyOrder(inShadow(plans.get(0)), plans.get(1), starter);
        assertThat(plans).allSatisfy(plan -> assertThat(ports.plans().find(plan.code()).map(Plan::terms)
                .map(PlanTerms::shadow)).contains(plan == plans.get(0)));
    }

    @Test
    @DisplayName("PL-6 a plan that was added in shadow mode is in it, also with another version")
    void a_plan_that_was_added_in_shadow_mode_is_in_it() {
        Plan shadow = inShadow(Samples.plan("shadow"));
        PlanVersion second = version(2, "25.00", Standard.of("1"));
        add(shadow);
        assertThat(ports.plans().find(shadow.code())).contains(shadow);
        keep(() -> ports.plans().publish(shadow.code(), second));
        assertThat(ports.plans().find(shadow.code())).contains(shadow.withVersion(second));
    }

    private static Plan inShadow(Plan plan) {
        return plan.on(plan.terms().inShadow(true));
    }

    private boolean add(Plan plan) {
        return kept(() -> ports.plans().add(plan));
    }

    private static PlanVersion version(int number, String flatPrice, ChargeModel model) {
        return new PlanVersion(number, SPRING.plusSeconds(number), Money.of(Samples.CAD, flatPrice),
                List.of(Charge.of(Samples.CPU.code(), Quota.NONE, model)));
    }
}
