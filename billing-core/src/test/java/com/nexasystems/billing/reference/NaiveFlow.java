package com.nexasystems.billing.reference;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Levels that are carried over, peaks and prorated units, read day by day off all records since the beginning. */
final class NaiveFlow {

    private final Metric metric;
    private final BillingPeriod period;
    private final List<UsageRecord> records;

    /** @param records in their order, from the beginning of the subscription to the end of the period */
    NaiveFlow(Metric metric, BillingPeriod period, List<UsageRecord> records) {
        this.metric = metric;
        this.period = period;
        this.records = records;
    }

    /** The level after the records up to an instant. */
    private BigDecimal levelBefore(Instant instant) {
        return level(records.stream().filter(record -> record.start().isBefore(instant)).toList());
    }

    private BigDecimal level(List<UsageRecord> some) {
        return metric.aggregation() == Aggregation.UNIQUE_COUNT ? BigDecimal.valueOf(present(some).size())
                : metric.aggregation() == Aggregation.COUNT ? BigDecimal.valueOf(some.size())
                : some.stream().map(UsageRecord::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Set<String> present(List<UsageRecord> some) {
        var present = new HashSet<String>();
        for (UsageRecord record : some) {
            String value = record.properties().get(metric.property().orElseThrow());
            if ("remove".equals(record.properties().get("operation_type"))) {
                present.remove(value);
            } else if (value != null) {
                present.add(value);
            }
        }
        return present;
    }

    BigDecimal carried() {
        return levelBefore(period.start());
    }

    BigDecimal last() {
        return level(records).max(BigDecimal.ZERO);
    }

    /** The highest of the level at the beginning and the levels after each record. */
    BigDecimal peak() {
        BigDecimal peak = carried().max(BigDecimal.ZERO);
        for (int i = 1; i <= records.size(); i++) {
            if (!records.get(i - 1).start().isBefore(period.start())) {
                peak = peak.max(level(records.subList(0, i)));
            }
        }
        return peak;
    }

    /** Of a period that is a whole one: what there is on each of its days, added up, over its days; five decimals, up. */
    BigDecimal prorated() {
        BigDecimal unitDays = BigDecimal.ZERO;
        for (LocalDate day = period.firstDay(); !day.isAfter(period.lastDay()); day = day.plusDays(1)) {
            Instant begin = day.atStartOfDay(period.zone()).toInstant();
            Instant end = day.plusDays(1).atStartOfDay(period.zone()).toInstant();
            unitDays = unitDays.add(metric.aggregation() == Aggregation.UNIQUE_COUNT ? everPresent(begin, end) : levelBefore(end));
        }
        return unitDays.divide(BigDecimal.valueOf(period.days()), 30, RoundingMode.HALF_EVEN)
                .setScale(5, RoundingMode.CEILING).max(BigDecimal.ZERO);
    }

    /** How many values are there at any time of a day. */
    private BigDecimal everPresent(Instant begin, Instant end) {
        Set<String> there = present(records.stream().filter(record -> record.start().isBefore(begin)).toList());
        records.stream().filter(record -> !record.start().isBefore(begin) && record.start().isBefore(end)
                        && !"remove".equals(record.properties().get("operation_type")))
                .map(record -> record.properties().get(metric.property().orElseThrow())).filter(value -> value != null)
                .forEach(there::add);
        return BigDecimal.valueOf(there.size());
    }
}
