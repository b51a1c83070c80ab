package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageSeries;
import com.nexasystems.billing.usage.UsageSeries.Point;
import com.nexasystems.billing.usage.UsageSeries.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The usage in a period and around it, hour by hour: what would have been billed by other midnights, and what is missing. */
final class UsageEvidence {

    /** Beyond every time zone and every shift that is tried. */
    private static final Duration AROUND = Duration.ofHours(50);

    private final List<Point> points;
    private final List<UsageTwin> twins;
    private final BigDecimal[] before;

    private UsageEvidence(List<Point> points, List<UsageTwin> twins) {
        this.points = points;
        this.twins = twins;
        this.before = new BigDecimal[points.size() + 1];
        before[0] = BigDecimal.ZERO;
        for (int i = 0; i < points.size(); i++) {
            before[i + 1] = before[i].add(points.get(i).quantity());
        }
    }

    static UsageEvidence read(UsageRecords records, MetricCode metric, ShadowPeriod period, List<UsageTwin> twins) {
        List<Point> points = records.series(new UsageSeries(period.subscription().id(), metric,
                period.period().start().minus(AROUND), period.period().end().plus(AROUND), Step.HOUR, ZoneOffset.UTC));
        return new UsageEvidence(points, twins.stream()
                .filter(twin -> twin.subscription().equals(period.subscription().id())).toList());
    }

    BigDecimal used(Instant start, Instant end) {
        return before[place(end)].subtract(before[place(start)]);
    }

    /** How many points begin before an instant. */
    private int place(Instant instant) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).start().isBefore(instant)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What is in the application's records once more than counted. */
    List<BigDecimal> twins(Instant start, Instant end) {
        return twins.stream().filter(twin -> !twin.start().isBefore(start) && twin.start().isBefore(end))
                .map(UsageTwin::quantity).filter(quantity -> quantity.signum() > 0).toList();
    }

    List<Point> within(Instant start, Instant end) {
        return points.subList(place(start), place(end));
    }

    /** The seconds from one record to the next that are the most frequent; an hour where there are too few to tell. */
    long step() {
        Map<Long, Integer> steps = new HashMap<>();
        for (int i = 1; i < points.size(); i++) {
            steps.merge(Duration.between(points.get(i - 1).start(), points.get(i).start()).getSeconds(), 1, Integer::sum);
        }
        return steps.entrySet().stream().max(Map.Entry.<Long, Integer>comparingByValue()
                .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed())).map(Map.Entry::getKey).orElse(3600L);
    }

    /** Seconds of the time without a record, where one was to be expected: between the others, and at both ends. */
    long missing(Instant start, Instant end) {
        List<Point> inside = within(start, end);
        long step = step();
        long missing = 0;
        Instant expected = start;
        for (Point point : inside) {
            missing += Math.max(0, Duration.between(expected, point.start()).getSeconds());
            expected = point.start().plusSeconds(step);
        }
        return missing + Math.max(0, Duration.between(expected, end).getSeconds());
    }
}
