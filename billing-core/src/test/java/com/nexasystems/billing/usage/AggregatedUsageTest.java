package com.nexasystems.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AggregatedUsageTest {

    private static final SubscriptionId SUBSCRIPTION = new SubscriptionId(new UUID(0, 1));
    private static final MetricCode CODE = new MetricCode("m");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final BillingPeriod PERIOD =
            BillingPeriod.ofDays(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1), ZoneOffset.UTC);

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            COUNT  | 40           | 1
            COUNT  |              | 0
            SUM    | 12 12 12 12  | 48
            SUM    | 12 12 12 12 4.5 | 52.5
            SUM    | 5 -8         | 0
            MAX    | 12 12.5 3    | 12.5
            MAX    |              | 0
            LATEST | 18 18 18 14  | 14
            LATEST | 10 30 20     | 20
            LATEST | 10 -5        | 0
            LATEST |              | 0
            """)
    void records_of_a_period_become_one_quantity(Aggregation aggregation, String quantities, String result) {
        assertThat(quantity(Metric.of("m", aggregation, "u"), inOrder(quantities))).isEqualByComparingTo(result);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            +u1 +u2 +u2         | 2
            +u1 +u2 +u2 +u3 +u4 | 4
            +u1 -u1             | 0
            -u1                 | 0
            -u1 +u1             | 1
            +u1 -u1 -u1 +u1     | 1
            +u1 +u2 -u1         | 1
            """)
    void unique_values_come_and_go(String operations, String result) {
        var records = new ArrayList<UsageRecord>();
        for (String operation : operations.split(" ")) {
            records.add(record("k" + records.size(), MARCH.plusSeconds(records.size()), "1",
                    operation.startsWith("-") ? Map.of("user", operation.substring(1), "operation_type", "remove")
                            : Map.of("user", operation.substring(1))));
        }
        assertThat(quantity(Metric.uniqueCount("m", "user", "user"), records)).isEqualByComparingTo(result);
    }

    @Test
    void a_record_without_the_property_has_no_value_to_count() {
        assertThat(quantity(Metric.uniqueCount("m", "user", "user"), List.of(record("k", MARCH, "1", Map.of())))).isZero();
    }

    @ParameterizedTest(name = "in {0}, {1} is a level of {2} to {3} decimals")
    @CsvSource(delimiter = '|', textBlock = """
            2023-08 | 1T00:00+2 1T01:00+3 1T01:30+1 1T02:00-4 1T04:00-2 1T05:00+10 1T05:30-10 | 0.02218 | 5
            2023-08 | 1T00:00+1000 1T00:00+2 1T01:00+3 1T01:30+1 1T02:00-4 1T04:00-2 1T05:00+10 1T05:30-10 | 1000.02218 | 5
            2023-08 | 1T00:00+2 1T02:00-1 | 1.00269 | 5
            2023-08 | 1T01:00+3           | 2.99597 | 5
            2023-08 | 1T00:00+1000        | 1000    | 5
            2023-08 | 1T00:00+3 1T00:00+3 | 6       | 5
            2026-03 | 16T00:00+62         | 32      | 20
            2026-03 | 6T00:00+10 10T00:00+30 16T00:00+20 | 40 | 20
            2026-03 | 5T00:00+2500        | 2177.41935483870967741936 | 20
            2026-04 | 1T00:00+2500 4T00:00-2000 6T00:00-200 | 533.33333333333333333334 | 20
            """)
    void a_level_is_weighted_by_the_time_it_lasts(String month, String changes, String level, int decimals) {
        YearMonth of = YearMonth.parse(month);
        var period = BillingPeriod.ofDays(of.atDay(1), of.plusMonths(1).atDay(1), ZoneOffset.UTC);
        var records = new ArrayList<UsageRecord>();
        for (String change : changes.split(" ")) {
            int sign = Math.max(change.indexOf('+'), change.indexOf('-'));
            String[] at = change.substring(0, sign).split("T");
            Instant instant = Instant.parse("%s-%02dT%s:00Z".formatted(month, Integer.parseInt(at[0]), at[1]));
            records.add(record("k" + records.size(), instant, change.substring(sign).replace("+", ""), Map.of()));
        }
        BigDecimal weighted = AggregatedUsage.of(new UsageWindow(SUBSCRIPTION,
                Metric.of("m", Aggregation.WEIGHTED_SUM, "u"), period, false), records).quantity();
        assertThat(weighted.setScale(decimals, RoundingMode.HALF_UP)).isEqualByComparingTo(level);
    }

    @Test
    void a_level_is_averaged_over_the_whole_period_also_where_the_subscription_begins_inside_it() {
        var march = BillingPeriod.ofDays(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1), ZoneOffset.UTC);
        BillingPeriod fromTheFifth = march.from(Instant.parse("2026-03-05T00:00:00Z"));
        List<UsageRecord> records = List.of(record("k", fromTheFifth.start(), "2500", Map.of()));
        assertThat(AggregatedUsage.of(new UsageWindow(SUBSCRIPTION, Metric.of("m", Aggregation.WEIGHTED_SUM, "u"),
                fromTheFifth, march, false), records).quantity()).isEqualByComparingTo("2177.41935483870967741936");
    }

    @ParameterizedTest(name = "123.456 {0} to {1} decimals is {2}")
    @CsvSource({"HALF_UP, 2, 123.46", "HALF_UP, 0, 123", "HALF_UP, -2, 100", "UP, 2, 123.46", "UP, 0, 124", "UP, -2, 200",
            "DOWN, 2, 123.45", "DOWN, 0, 123", "DOWN, -2, 100", "NONE, 0, 123.456"})
    void quantities_are_rounded_as_the_metric_says(QuantityRounding.Mode mode, int scale, String rounded) {
        Metric metric = Metric.of("m", Aggregation.SUM, "u").rounded(new QuantityRounding(mode, scale));
        assertThat(quantity(metric, inOrder("123 0.456"))).isEqualByComparingTo(rounded);
    }

    @Test
    void of_two_records_at_one_time_the_one_that_was_recorded_later_is_the_latest() {
        Metric latest = Metric.of("m", Aggregation.LATEST, "u");
        UsageRecord first = recordedAt(record("z", MARCH, "1", Map.of()), MARCH);
        UsageRecord second = recordedAt(record("a", MARCH, "2", Map.of()), MARCH.plusSeconds(1));
        UsageRecord tie = recordedAt(record("b", MARCH, "3", Map.of()), MARCH.plusSeconds(1));
        assertThat(quantity(latest, List.of(second, first))).isEqualByComparingTo("2");
        assertThat(quantity(latest, List.of(tie, first, second))).isEqualByComparingTo("3");
    }

    @Test
    void a_record_belongs_to_the_period_in_which_it_starts() {
        List<UsageRecord> around = List.of(record("a", MARCH.minusNanos(1000), "1", Map.of()),
                record("b", MARCH, "2", Map.of()), record("c", PERIOD.end().minusNanos(1000), "4", Map.of()), record("d", PERIOD.end(), "8", Map.of()));
        assertThat(quantity(Metric.of("m", Aggregation.SUM, "u"), around)).isEqualByComparingTo("6");
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void the_order_of_arrival_changes_nothing(Aggregation aggregation) {
        Metric metric = aggregation == Aggregation.UNIQUE_COUNT ? Metric.uniqueCount("m", "user", "u")
                : Metric.of("m", aggregation, "u");
        Cases.check(300, random -> {
            List<UsageRecord> records = randomRecords(random);
            var window = new UsageWindow(SUBSCRIPTION, metric, PERIOD, true);
            assertThat(AggregatedUsage.of(window, Cases.shuffled(random, records)))
                    .isEqualTo(AggregatedUsage.of(window, records));
        });
    }

    static Stream<UsageRecord> changes() {
        Map<String, String> other = Map.of("user", "grace", "region", "ca");
        UsageRecord record = ada();
        return Stream.of(
                new UsageRecord(new UsageKey(SUBSCRIPTION, CODE, "other"), record.start(), record.end(), record.quantity(),
                        record.amount(), record.properties(), "s", MARCH),
                with(record, record.start().plusNanos(1000), record.end(), "5", Optional.of("1"), record.properties()),
                with(record, record.start(), Optional.of(MARCH.plusSeconds(61)), "5", Optional.of("1"), record.properties()),
                with(record, record.start(), Optional.empty(), "5", Optional.of("1"), record.properties()),
                with(record, record.start(), record.end(), "5.000000000001", Optional.of("1"), record.properties()),
                with(record, record.start(), record.end(), "5", Optional.of("1.01"), record.properties()),
                with(record, record.start(), record.end(), "5", Optional.empty(), record.properties()),
                with(record, record.start(), record.end(), "5", Optional.of("1"), other),
                with(record, record.start(), record.end(), "5", Optional.of("1"), Map.of("user", "ada")),
                with(record, record.start(), record.end(), "5", Optional.of("1"), Map.of("user", "ada", "region=", "ca")));
    }

    @ParameterizedTest(name = "change {index}")
    @MethodSource("changes")
    void the_digest_changes_with_any_change_of_a_record(UsageRecord changed) {
        List<UsageRecord> rest = inOrder("1 2 3");
        assertThat(digest(rest, changed)).isNotEqualTo(digest(rest, ada()));
        assertThat(changed.saysTheSameAs(ada())).isFalse();
    }

    @Test
    void a_property_with_an_equals_sign_is_not_mistaken_for_another() {
        UsageRecord one = record("k", MARCH, "1", Map.of("a=b", "c"));
        UsageRecord other = record("k", MARCH, "1", Map.of("a", "b=c"));
        assertThat(one.saysTheSameAs(other)).isFalse();
    }

    @Test
    void the_digest_does_not_tell_when_a_record_arrived_and_tells_when_one_is_missing() {
        List<UsageRecord> rest = inOrder("1 2 3");
        assertThat(digest(rest, recordedAt(ada(), PERIOD.end()))).isEqualTo(digest(rest, ada()));
        assertThat(digest(rest.subList(1, 3), ada())).isNotEqualTo(digest(rest, ada()));
    }

    private static UsageRecord ada() {
        return with(record("ada", MARCH, "5", Map.of()), MARCH, Optional.of(MARCH.plusSeconds(60)), "5", Optional.of("1"),
                Map.of("user", "ada", "region", "ca"));
    }

    private static String digest(List<UsageRecord> rest, UsageRecord one) {
        return AggregatedUsage.of(new UsageWindow(SUBSCRIPTION, Metric.of("m", Aggregation.SUM, "u"), PERIOD, false),
                Stream.concat(rest.stream(), Stream.of(one)).toList()).digest();
    }

    private static BigDecimal quantity(Metric metric, List<UsageRecord> records) {
        return AggregatedUsage.of(new UsageWindow(SUBSCRIPTION, metric, PERIOD, false), records).quantity();
    }

    private static List<UsageRecord> inOrder(String quantities) {
        var records = new ArrayList<UsageRecord>();
        for (String quantity : quantities == null ? List.<String>of() : Arrays.asList(quantities.split(" "))) {
            records.add(record("k" + records.size(), MARCH.plusSeconds(records.size()), quantity, Map.of()));
        }
        return records;
    }

    private static List<UsageRecord> randomRecords(SplittableRandom random) {
        var records = new ArrayList<UsageRecord>();
        for (int i = random.nextInt(20); i > 0; i--) {
            UsageRecord record = record("k" + i, MARCH.plusSeconds(random.nextInt(5)), Integer.toString(random.nextInt(9)),
                    Map.of("user", Cases.oneOf(random, "a", "b"), "operation_type", Cases.oneOf(random, "add", "remove")));
            records.add(recordedAt(record, MARCH.plusSeconds(random.nextInt(3))));
        }
        return records;
    }

    private static UsageRecord record(String key, Instant start, String quantity, Map<String, String> properties) {
        return new UsageRecord(new UsageKey(SUBSCRIPTION, CODE, key), start, Optional.empty(), new BigDecimal(quantity),
                Optional.empty(), properties, "s", start);
    }

    private static UsageRecord recordedAt(UsageRecord record, Instant at) {
        return new UsageRecord(record.key(), record.start(), record.end(), record.quantity(), record.amount(),
                record.properties(), record.source(), at);
    }

    private static UsageRecord with(UsageRecord record, Instant start, Optional<Instant> end, String quantity,
                                    Optional<String> amount, Map<String, String> properties) {
        return new UsageRecord(record.key(), start, end, new BigDecimal(quantity), amount.map(BigDecimal::new), properties,
                record.source(), record.recordedAt());
    }
}
