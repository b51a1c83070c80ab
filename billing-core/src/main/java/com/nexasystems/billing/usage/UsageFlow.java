package com.nexasystems.billing.usage;

import com.nexasystems.billing.charge.Change;
import com.nexasystems.billing.charge.UnitChanges;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of a window one after the other: what each of them changes, and the level that it leaves. */
final class UsageFlow {

    private final UsageWindow window;
    private final List<UsageRecord> records;
    private final List<BigDecimal> deltas;

    /** @param records in their order */
    UsageFlow(UsageWindow window, List<UsageRecord> records) {
        this.window = window;
        this.records = records;
        this.deltas = switch (window.metric().aggregation()) {
            case COUNT -> records.stream().map(record -> BigDecimal.ONE).toList();
            case UNIQUE_COUNT -> comingAndGoing();
            case SUM, WEIGHTED_SUM -> records.stream().map(UsageRecord::quantity).toList();
            case MAX, LATEST -> records.stream().map(record -> BigDecimal.ZERO).toList();
        };
    }

    private List<BigDecimal> comingAndGoing() {
        Map<String, Boolean> present = new HashMap<>();
        var changes = new ArrayList<BigDecimal>(records.size());
        for (UsageRecord record : records) {
            String value = value(record);
            boolean after = value != null && !"remove".equals(record.properties().get(Metric.OPERATION));
            boolean before = value != null && Boolean.TRUE.equals(present.put(value, after));
            changes.add(BigDecimal.valueOf((after ? 1 : 0) - (before ? 1 : 0)));
        }
        return changes;
    }

    private String value(UsageRecord record) {
        return record.properties().get(window.metric().property().orElseThrow());
    }

    private boolean isCarried(int i) {
        return records.get(i).start().isBefore(window.period().start());
    }

    /** The level after all records. */
    BigDecimal level() {
        return deltas.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The level when the period begins. */
    BigDecimal carried() {
        BigDecimal level = BigDecimal.ZERO;
        for (int i = 0; i < records.size() && isCarried(i); i++) {
            level = level.add(deltas.get(i));
        }
        return level;
    }

    /** How far each record raises the highest level of the period so far; first what is carried over, if anything is. */
    List<BigDecimal> rises() {
        BigDecimal level = carried();
        BigDecimal peak = level.max(BigDecimal.ZERO);
        var rises = new ArrayList<BigDecimal>();
        if (peak.signum() > 0) {
            rises.add(Decimals.normal(peak));
        }
        for (int i = 0; i < records.size(); i++) {
            if (!isCarried(i)) {
                level = level.add(deltas.get(i));
                rises.add(Decimals.normal(level.max(peak).subtract(peak)));
                peak = level.max(peak);
            }
        }
        return rises;
    }

    /** The units that came and went, each with the days for which it counts. */
    List<Change> changes() {
        var days = new Days(window.dayStarts());
        var changes = new UnitChanges();
        if (!window.wants(UsageWindow.Detail.PEAK) && window.metric().aggregation() == Aggregation.UNIQUE_COUNT) {
            visits(days).forEach(visit -> changes.add(visit.units, visit.days));
            return changes.list();
        }
        boolean rising = window.wants(UsageWindow.Detail.PEAK);
        BigDecimal carried = rising ? carried().max(BigDecimal.ZERO) : carried();
        changes.add(carried, days.count());
        List<BigDecimal> rises = rising ? rises() : List.of();
        int inPeriod = (int) records.stream().filter(record -> record.start().isBefore(window.period().start())).count();
        for (int i = inPeriod; i < records.size(); i++) {
            BigDecimal units = rising ? rises.get(rises.size() - records.size() + i) : deltas.get(i);
            changes.add(units, days.left(records.get(i).start()));
        }
        return changes.list();
    }

    /** A value that came or went, at a place in the flow. */
    private record Visit(BigDecimal units, long days) { }

    /**
     * Each value counts for the days from the one on which it came to the one on which it went, both included; a day counts
     * once, and a visit that adds no day is none.
     */
    private List<Visit> visits(Days days) {
        var visits = new TreeMap<Integer, Visit>();
        var open = new LinkedHashMap<String, Integer>();
        var counted = new HashMap<String, Long>();
        for (int i = 0; i < records.size(); i++) {
            if (deltas.get(i).signum() > 0) {
                open.put(value(records.get(i)), i);
            } else if (deltas.get(i).signum() < 0) {
                String value = value(records.get(i));
                int came = open.remove(value);
                if (!isCarried(i)) {
                    long last = Math.min(days.number(records.get(i).start()), days.count());
                    long stayed = last - Math.max(firstDay(days, came), counted.getOrDefault(value, 0L) + 1) + 1;
                    counted.put(value, last);
                    if (stayed > 0) {
                        visits.put(came, new Visit(BigDecimal.ONE, stayed));
                        visits.put(i, new Visit(BigDecimal.ONE.negate(), 0));
                    }
                }
            }
        }
        open.forEach((value, came) -> {
            long stayed = days.count() - Math.max(firstDay(days, came), counted.getOrDefault(value, 0L) + 1) + 1;
            if (stayed > 0) {
                visits.put(came, new Visit(BigDecimal.ONE, stayed));
            }
        });
        return List.copyOf(visits.values());
    }

    private long firstDay(Days days, int came) {
        return isCarried(came) ? 1 : days.number(records.get(came).start());
    }

    /** The days of the period, numbered from 1, and the start of the one after them. */
    private record Days(List<Instant> starts) {

        long number(Instant instant) {
            int found = Collections.binarySearch(starts, instant);
            return found >= 0 ? found + 1L : -found - 1L;
        }

        long count() {
            return starts.size() - 1L;
        }

        /** From the instant's own day to the last one; none on the day after them. */
        long left(Instant instant) {
            return count() - number(instant) + 1;
        }
    }
}
