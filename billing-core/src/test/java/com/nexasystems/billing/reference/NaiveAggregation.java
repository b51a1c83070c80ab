package com.nexasystems.billing.reference;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the records of a stretch add up to. Reads the records one after the other, as they happened. */
public final class NaiveAggregation {

    private static final Comparator<UsageRecord> AS_IT_HAPPENED = Comparator.comparing(UsageRecord::start)
            .thenComparing(UsageRecord::recordedAt).thenComparing(record -> record.key().idempotencyKey());

    private NaiveAggregation() {
    }

    public static List<UsageRecord> inside(BillingPeriod stretch, List<UsageRecord> records) {
        return records.stream()
                .filter(record -> record.start().compareTo(stretch.start()) >= 0
                        && record.start().compareTo(stretch.end()) < 0)
                .sorted(AS_IT_HAPPENED).toList();
    }

    /**
     * @param whole   the billing period around the stretch
     * @param records {@link #inside} the stretch
     */
    public static BigDecimal quantity(Metric metric, BillingPeriod stretch, BillingPeriod whole, List<UsageRecord> records) {
        BigDecimal exact = switch (metric.aggregation()) {
            case COUNT -> BigDecimal.valueOf(records.size());
            case SUM -> sum(records);
            case MAX -> largest(records);
            case LATEST -> records.isEmpty() ? BigDecimal.ZERO : records.get(records.size() - 1).quantity();
            case UNIQUE_COUNT -> BigDecimal.valueOf(present(metric.property().orElseThrow(), records).size());
            case WEIGHTED_SUM -> weighted(stretch, whole, records);
        };
        BigDecimal rounded = rounded(metric.rounding(), exact);
        return rounded.signum() < 0 ? BigDecimal.ZERO : rounded;
    }

    private static BigDecimal sum(List<UsageRecord> records) {
        BigDecimal sum = BigDecimal.ZERO;
        for (UsageRecord record : records) {
            sum = sum.add(record.quantity());
        }
        return sum;
    }

    private static BigDecimal largest(List<UsageRecord> records) {
        BigDecimal largest = BigDecimal.ZERO;
        for (UsageRecord record : records) {
            largest = record.quantity().compareTo(largest) > 0 ? record.quantity() : largest;
        }
        return largest;
    }

    private static Set<String> present(String property, List<UsageRecord> records) {
        var present = new HashSet<String>();
        for (UsageRecord record : records) {
            String value = record.properties().get(property);
            if (value == null) {
                continue;
            }
            if ("remove".equals(record.properties().get("operation_type"))) {
                present.remove(value);
            } else {
                present.add(value);
            }
        }
        return present;
    }

    /** The area under the level, from each record to the next, over the whole time; up to 20 decimals. */
    private static BigDecimal weighted(BillingPeriod stretch, BillingPeriod whole, List<UsageRecord> records) {
        Fraction area = Fraction.ZERO;
        Fraction level = Fraction.ZERO;
        for (int i = 0; i < records.size(); i++) {
            level = level.plus(Fraction.of(records.get(i).quantity()));
            var until = i + 1 < records.size() ? records.get(i + 1).start() : stretch.end();
            area = area.plus(level.times(micros(Duration.between(records.get(i).start(), until))));
        }
        return area.over(micros(Duration.between(whole.start(), whole.end()))).roundedUp(20);
    }

    private static Fraction micros(Duration duration) {
        return Fraction.of(duration.toNanos() / 1000);
    }

    private static BigDecimal rounded(QuantityRounding rounding, BigDecimal exact) {
        return switch (rounding.mode()) {
            case NONE -> exact;
            case UP -> exact.setScale(rounding.scale(), RoundingMode.CEILING);
            case DOWN -> exact.setScale(rounding.scale(), RoundingMode.FLOOR);
            case HALF_UP -> exact.setScale(rounding.scale(), RoundingMode.HALF_UP);
        };
    }
}
