package com.nexasystems.billing.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.rating.RatingRequest;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is carried over, billed in advance, prorated and grouped, against the plain reading. */
class CarriedUsageTest {

    private static final SubscriptionId SUBSCRIPTION = new SubscriptionId(new UUID(0, 1));
    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final BillingPeriod MARCH =
            BillingPeriod.ofDays(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1), ZONE);
    private static final Instant BEGIN = MARCH.start().minusSeconds(20 * 86_400);

    @Test
    void quantities_are_those_of_the_plain_reading_for_each_group() {
        Cases.check(3000, random -> {
            Metric metric = metric(random);
            boolean inAdvance = Cases.chance(random, 40);
            boolean prorated = metric.recurring() && !inAdvance && Cases.chance(random, 60);
            List<UsageRecord> records = records(random, metric);
            List<String> groupBy = Cases.chance(random, 50) ? List.of("region") : List.of();
            Charge charge = Charge.of(metric.code(), Quota.NONE, Standard.of("1"))
                    .on(new ChargeTerms(inAdvance, prorated, BigDecimal.ZERO, groupBy, List.of()));
            List<Explanation> rated = rate(metric, charge, records);
            assertThat(rate(metric, charge, Cases.shuffled(random, records))).isEqualTo(rated);
            for (Explanation line : rated) {
                var flow = new NaiveFlow(metric, MARCH, inGroup(line, metric, records));
                assertThat(line.counted().orElseThrow().quantity())
                        .isEqualByComparingTo(inAdvance ? flow.peak() : flow.last());
                assertThat(line.counted().orElseThrow().carried()).isEqualByComparingTo(flow.carried());
                if (prorated) {
                    assertThat(line.priced().units()).isEqualByComparingTo(flow.prorated());
                }
            }
        });
    }

    private static List<UsageRecord> inGroup(Explanation line, Metric metric, List<UsageRecord> records) {
        Instant since = metric.recurring() ? BEGIN : MARCH.start();
        String region = line.part().group().get("region");
        return NaiveAggregation.inside(new BillingPeriod(since, MARCH.end(), ZONE), records).stream()
                .filter(record -> region == null || region.equals(record.properties().getOrDefault("region", ""))).toList();
    }

    private static Metric metric(SplittableRandom random) {
        Metric metric = Cases.oneOf(random, Metric.of("m", Aggregation.SUM, "u"), Metric.uniqueCount("m", "user", "u"),
                Metric.of("m", Aggregation.COUNT, "u"));
        return metric.aggregation().canRecur() && Cases.chance(random, 70) ? metric.carriedOver() : metric;
    }

    private static List<UsageRecord> records(SplittableRandom random, Metric metric) {
        var records = new ArrayList<UsageRecord>();
        for (int i = random.nextInt(25); i > 0; i--) {
            Instant start = BEGIN.minusSeconds(86_400).plusSeconds(random.nextLong(55L * 24) * 3600);
            var properties = new HashMap<>(Map.of("user", Cases.oneOf(random, "ada", "grace", "edsger"), "operation_type",
                    Cases.oneOf(random, "add", "add", "remove")));
            Stream.of("us", "ca").filter(region -> Cases.chance(random, 40)).forEach(region -> properties.put("region", region));
            records.add(new UsageRecord(new UsageKey(SUBSCRIPTION, metric.code(), "k" + i), start, Optional.empty(),
                    BigDecimal.valueOf(random.nextInt(-30, 60), 1), Optional.empty(), properties, "s",
                    start.plusSeconds(random.nextInt(3))));
        }
        return records;
    }

    private static List<Explanation> rate(Metric metric, Charge charge, List<UsageRecord> records) {
        Ports ports = Ports.inMemory();
        ports.metrics().add(metric);
        ports.usageRecords().add(records, false);
        Plan plan = Plan.of("p", Interval.MONTHLY, false, Shop.cad("0.00"), Shop.MARCH.minusSeconds(86_400 * 90L), charge);
        return new RatePeriod(ports.usageRecords(), ports.metrics()).rate(List.of(
                new RatingRequest(SUBSCRIPTION, plan, plan.versions().get(0), MARCH, MARCH, BEGIN))).get(0);
    }
}
