package com.nexasystems.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChargePartsTest {

    private static final SubscriptionId SUBSCRIPTION = new SubscriptionId(new UUID(0, 1));
    private static final BillingPeriod MARCH = new BillingPeriod(Shop.MARCH, Shop.APRIL, ZoneOffset.UTC);
    private static final Metric METRIC = Metric.of("m", Aggregation.SUM, "unit").filteredBy(Map.of(
            "steps", List.of("25", "50", "75", "100"), "size", List.of("512", "1024"),
            "model", List.of("llama-1", "llama-2", "llama-3", "llama-4")));

    /** From matching_and_ignored_service_spec.rb; * stands for any value that the metric declares. */
    @ParameterizedTest(name = "{0} matches {1}")
    @CsvSource(delimiter = '|', textBlock = """
            steps=25 size=512 model=llama-2 | f1
            steps=25 size=512 model=llama-3 | f2
            steps=25 size=512               | f2
            steps=50 size=512               | f3
            steps=25 size=1024              | f3
            size=1024                       | f4
            size=512                        | f5
            steps=25                        |
            steps=25 size=2048              |
            model=llama-2                   |
            ''                              |
            """)
    void the_most_specific_filter_prices_a_record(String properties, String filter) {
        List<ChargeFilter> filters = List.of(filter("f1", "steps=25 size=512 model=llama-2"), filter("f2", "steps=25 size=512"),
                filter("f3", "steps=* size=*"), filter("f4", "size=*"), filter("f5", "size=512"));
        List<Explanation> rated = rate(charge(List.of(), filters), record("k", "7", properties));
        assertThat(rated).extracting(line -> line.part().filter().orElse("rest"))
                .containsExactly("f1", "f2", "f3", "f4", "f5", "rest");
        assertThat(rated).filteredOn(line -> line.counted().orElseThrow().records() == 1).singleElement()
                .satisfies(line -> assertThat(line.part().filter()).isEqualTo(Optional.ofNullable(filter)));
    }

    @Test
    void of_equally_specific_filters_the_first_prices_a_record() {
        List<Explanation> rated = rate(charge(List.of(), List.of(filter("first", "size=512"), filter("second", "steps=25"))),
                record("k", "7", "size=512 steps=25"));
        assertThat(rated.get(0).counted().orElseThrow().records()).isEqualTo(1);
    }

    @Test
    void each_group_has_its_own_quota_and_tiers_and_no_value_is_a_group() {
        Charge charge = new Charge("c", "C", METRIC.code(), Quota.of("1"),
                Graduated.of(Tier.upTo("2", "1", "10"), Tier.rest("5", "0")), ChargeTerms.PLAIN)
                .on(new ChargeTerms(false, false, BigDecimal.ZERO, List.of("region", "model"), List.of()));
        List<Explanation> rated = rate(charge, record("1", "4", "region=us model=b"), record("2", "2", "region=us model=a"),
                record("3", "3", ""), record("4", "1", "region=ca"));
        assertThat(rated).extracting(Explanation::part).containsExactly(
                group("region", "", "model", ""), group("region", "ca", "model", ""), group("region", "us", "model", "a"),
                group("region", "us", "model", "b"));
        assertThat(rated).extracting(line -> line.exact().value().intValueExact()).containsExactly(12, 10, 11, 17);
    }

    @Test
    void without_usage_each_price_of_its_own_is_rated_once_and_groups_are_not_there() {
        var grouped = new ChargeFilter("grouped", Map.of("size", List.of()), Quota.NONE, Standard.of("1"), List.of("region"));
        assertThat(rate(charge(List.of("region"), List.of()))).extracting(Explanation::part).containsExactly(ChargePart.WHOLE);
        assertThat(rate(charge(List.of("region"), List.of(grouped)))).extracting(Explanation::part)
                .containsExactly(ChargePart.WHOLE);
        assertThat(rate(charge(List.of("region"), List.of(filter("f", "size=512"), grouped)))).extracting(Explanation::part)
                .containsExactly(new ChargePart(Optional.of("f"), Map.of()));
        assertThat(rate(charge(List.of(), List.of(filter("f", "size=512"))))).extracting(Explanation::part)
                .containsExactly(new ChargePart(Optional.of("f"), Map.of()), ChargePart.WHOLE);
    }

    @Test
    void the_parts_add_up_to_the_whole_and_the_order_of_arrival_changes_nothing() {
        Cases.check(1000, random -> {
            UsageRecord[] records = randomRecords(random);
            Charge divided = charge(Cases.chance(random, 50) ? List.of("region") : List.of(), List.of(
                    filter("a", "steps=* size=512"), filter("b", "size=*"), new ChargeFilter("c",
                            Map.of("model", List.of("llama-1")), Quota.NONE, Standard.of("3"), List.of("size", "region"))));
            List<Explanation> parts = rate(divided, records);
            List<Explanation> whole = rate(charge(List.of(), List.of()), records);
            assertThat(sum(parts)).isEqualByComparingTo(sum(whole));
            assertThat(parts.stream().mapToLong(line -> line.counted().orElseThrow().records()).sum()).isEqualTo(records.length);
            assertThat(rate(divided, Cases.shuffled(random, Arrays.asList(records)).toArray(UsageRecord[]::new)))
                    .isEqualTo(parts);
        });
    }

    private static BigDecimal sum(List<Explanation> lines) {
        return lines.stream().map(line -> line.counted().orElseThrow().quantity()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static UsageRecord[] randomRecords(SplittableRandom random) {
        var records = new ArrayList<UsageRecord>();
        for (int i = random.nextInt(15); i > 0; i--) {
            var properties = new ArrayList<String>();
            METRIC.filters().forEach((name, values) -> {
                if (Cases.chance(random, 60)) {
                    properties.add(name + "=" + Cases.oneOf(random, values));
                }
            });
            if (Cases.chance(random, 60)) {
                properties.add("region=" + Cases.oneOf(random, "us", "ca"));
            }
            records.add(record("k" + i, Integer.toString(random.nextInt(100)), String.join(" ", properties)));
        }
        return records.toArray(UsageRecord[]::new);
    }

    private static ChargePart group(String... pairs) {
        return new ChargePart(Optional.empty(), Map.of(pairs[0], pairs[1], pairs[2], pairs[3]));
    }

    private static ChargeFilter filter(String name, String values) {
        var wanted = new HashMap<String, List<String>>();
        properties(values).forEach((property, value) -> wanted.put(property, value.equals("*") ? List.of() : List.of(value)));
        return new ChargeFilter(name, wanted, Quota.NONE, Standard.of("2"));
    }

    private static Charge charge(List<String> groupBy, List<ChargeFilter> filters) {
        return Charge.of(METRIC.code(), Quota.NONE, Standard.of("1"))
                .on(new ChargeTerms(false, false, BigDecimal.ZERO, groupBy, filters));
    }

    private static Map<String, String> properties(String pairs) {
        var properties = new HashMap<String, String>();
        Arrays.stream(pairs.split(" ")).filter(pair -> !pair.isEmpty()).map(pair -> pair.split("="))
                .forEach(pair -> properties.put(pair[0], pair[1]));
        return properties;
    }

    private static UsageRecord record(String key, String quantity, String properties) {
        return new UsageRecord(new UsageKey(SUBSCRIPTION, METRIC.code(), key), Shop.MARCH, Optional.empty(),
                new BigDecimal(quantity), Optional.empty(), properties(properties), "s", Shop.MARCH);
    }

    private static List<Explanation> rate(Charge charge, UsageRecord... records) {
        Ports ports = Ports.inMemory();
        ports.metrics().add(METRIC);
        ports.usageRecords().add(List.of(records), false);
        Plan plan = Plan.of("p", Interval.MONTHLY, false, Shop.cad("0.00"), Shop.MARCH, charge);
        return new RatePeriod(ports.usageRecords(), ports.metrics()).rate(List.of(
                new RatingRequest(SUBSCRIPTION, plan, plan.versions().get(0), MARCH, MARCH, Shop.MARCH))).get(0);
    }
}
