package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.metric.Metrics}. */
public abstract class MetricsContract extends PortContract {

    protected MetricsContract() {
    }

    @Test
    @DisplayName("ME-1 a metric of every aggregation and rounding is found by its code, exactly as it was")
    void a_metric_is_found_exactly_as_it_was() {
        List<Metric> all = Stream.of(Aggregation.values()).flatMap(aggregation ->
                Stream.of(QuantityRounding.Mode.values()).flatMap(mode -> Stream.of(-26, 0, 12)
                        .map(scale -> Samples.metric(aggregation, new QuantityRounding(mode, scale))))).toList();
        all.forEach(metric -> assertThat(add(metric)).isTrue());
        assertThat(all).allSatisfy(metric -> assertThat(ports.metrics().find(metric.code())).contains(metric));
    }

    @Test
    @DisplayName("ME-1 an expression is kept to the letter")
    void an_expression_is_kept_to_the_letter() {
        Metric computed = Samples.CPU.computedBy("  ROUND(event.properties.seconds * 1.50, -1) - greatest(1,2)");
        add(computed);
        assertThat(ports.metrics().find(computed.code())).contains(computed);
    }

    @Test
    @DisplayName("ME-1 codes are kept to the letter")
    void codes_are_kept_to_the_letter() {
        add(Samples.CPU);
        assertThat(ports.metrics().find(new MetricCode("CPU_seconds"))).isEmpty();
        assertThat(ports.metrics().find(new MetricCode("cpu_seconds "))).isEmpty();
        assertThat(add(Metric.of("CPU_seconds", Aggregation.MAX, "core"))).isTrue();
    }

    @Test
    @DisplayName("ME-2 a code is taken once")
    void a_code_is_taken_once() {
        add(Samples.CPU);
        assertThat(add(Metric.of(Samples.CPU.code().value(), Aggregation.MAX, "core"))).isFalse();
        assertThat(ports.metrics().all()).containsExactly(Samples.CPU);
    }

    @Test
    @DisplayName("ME-2 of concurrent metrics with one code, one is added")
    void of_concurrent_metrics_with_one_code_one_is_added() {
        List<Metric> rivals = Stream.of(Aggregation.COUNT, Aggregation.SUM, Aggregation.MAX, Aggregation.LATEST)
                .map(aggregation -> Metric.of("calls", aggregation, "call")).toList();
        List<Boolean> added = OtherThread.together(rivals.size(), i -> add(rivals.get(i)));
        assertThat(added).containsOnlyOnce(true);
        assertThat(ports.metrics().all()).containsExactly(rivals.get(added.indexOf(true)));
    }

    @Test
    @DisplayName("ME-3 all are sorted by code, in the same way on every machine")
    void all_are_sorted_by_code() {
        Samples.CODES_SHUFFLED.forEach(code -> add(Metric.of(code, Aggregation.SUM, "unit")));
        assertThat(ports.metrics().all()).extracting(metric -> metric.code().value())
                .containsExactlyElementsOf(Samples.CODES_SORTED);
    }

    private boolean add(Metric metric) {
        return kept(() -> ports.metrics().add(metric));
    }
}
