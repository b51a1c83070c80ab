package com.nexasystems.billing.testkit;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSlice;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Usage that a seed decides: records of every kind of metric, many of which start at one instant, and windows on them. */
final class RandomUsage {

    private static final Instant BEGIN = Samples.NEW_YEAR;
    private static final int INSTANTS = 20;
    private static final int RECORDS = 120;
    private static final List<List<String>> PROPERTIES = List.of(List.of("user_id"), List.of("region"),
            List.of(Metric.OPERATION, "user_id"), List.of("not there"), List.of("region", "not there", "user_id"));

    private final Random random;
    private final Subscription subscription;
    private final List<Metric> metrics;
    private final List<UsageRecord> records;
    private final List<UsageWindow> windows;

    RandomUsage(long seed, Subscription subscription) {
        this.random = new Random(seed);
        this.subscription = subscription;
        this.metrics = Stream.of(Aggregation.values()).map(aggregation -> Samples.metric(aggregation, rounding())).toList();
        this.records = IntStream.range(0, RECORDS).mapToObj(this::record).toList();
        this.windows = metrics.stream().flatMap(this::windows).toList();
    }

    List<Metric> metrics() {
        return metrics;
    }

    List<UsageRecord> records() {
        return records;
    }

    List<UsageWindow> windows() {
        return windows;
    }

    /** What the windows come to, by definition. */
    List<AggregatedUsage> aggregates() {
        return windows.stream().map(window -> AggregatedUsage.of(window, of(window.metric()))).toList();
    }

    private List<UsageRecord> of(Metric metric) {
        return records.stream().filter(record -> record.key().metric().equals(metric.code())).toList();
    }

    private UsageRecord record(int number) {
        Metric metric = oneOf(metrics);
        var sample = Samples.usage(subscription, key(number)).of(metric).quantity(quantity(metric).toPlainString())
                .recordedAt(instant());
        Instant start = instant();
        boolean negative = sample.build().quantity().signum() < 0;
        sample = negative || random.nextBoolean() ? sample.at(start) : sample.window(start, start.plusSeconds(3600));
        if (random.nextInt(3) == 0) {
            sample = sample.amount(decimal(8, 12).toPlainString());
        }
        return properties(sample).build();
    }

    /** Ties of start and time of recording are broken by the key: as text, by code point, so "🚀" comes after "ﬁ". */
    private String key(int number) {
        return oneOf(List.of("a", "B", "é", "ﬁ", "🚀", "_", "10", "9")) + number;
    }

    private UsageSample properties(UsageSample sample) {
        UsageSample more = sample;
        if (random.nextInt(5) > 0) {
            more = more.property("user_id", oneOf(List.of("ada", "Ada", "bob", "zoë", "🦊")));
        }
        if (random.nextBoolean()) {
            more = more.property(Metric.OPERATION, oneOf(List.of("add", "remove", "Remove")));
        }
        if (random.nextInt(4) > 0) {
            more = more.property("region", oneOf(List.of("ca", "us", "ﬁ", "🚀", "a b")));
        }
        return more;
    }

    private BigDecimal quantity(Metric metric) {
        BigDecimal quantity = decimal(1 + random.nextInt(26), random.nextInt(13));
        return metric.aggregation().takesNegativeEvents() && random.nextInt(3) == 0 ? quantity.negate() : quantity;
    }

    private BigDecimal decimal(int digits, int decimals) {
        var limit = BigInteger.TEN.pow(digits + decimals);
        return new BigDecimal(new BigInteger(limit.bitLength(), random).mod(limit), decimals);
    }

    private QuantityRounding rounding() {
        return new QuantityRounding(oneOf(List.of(QuantityRounding.Mode.values())), random.nextInt(7) - 2);
    }

    /** Few, so that ties are frequent; some not on a whole second. */
    private Instant instant() {
        return BEGIN.plusSeconds(86_400L * random.nextInt(INSTANTS)).plusNanos(random.nextBoolean() ? 0 : 123_456_000);
    }

    private Stream<UsageWindow> windows(Metric metric) {
        var all = new ArrayList<UsageWindow>();
        all.add(new UsageWindow(subscription.id(), metric, Samples.month("2026-01"), true));
        for (int i = 0; i < 3; i++) {
            Instant start = instant();
            Instant end = start.plusSeconds(1 + 86_400L * random.nextInt(INSTANTS)).plusNanos(1000L * random.nextInt(9));
            var period = new BillingPeriod(start, end, Samples.TORONTO);
            var whole = new BillingPeriod(start, end.plusSeconds(random.nextInt(2)), Samples.TORONTO);
            all.add(new UsageWindow(subscription.id(), metric, period, whole, random.nextBoolean()));
            all.add(special(all.get(all.size() - 1)));
            all.add(special(all.get(all.size() - 2)));
        }
        return all.stream();
    }

    /** With carried records, a peak, changes, or only some of the records: whatever the metric can have of it. */
    private UsageWindow special(UsageWindow plain) {
        Aggregation aggregation = plain.metric().aggregation();
        UsageWindow window = random.nextBoolean() ? plain.carriedSince(BEGIN) : plain;
        window = aggregation.canPeak() && random.nextBoolean() ? window.with(UsageWindow.Detail.PEAK) : window;
        window = aggregation.canProrate() && random.nextBoolean() ? window.with(UsageWindow.Detail.CHANGES) : window;
        window = random.nextBoolean() ? window.endingOn(CutDay.AFTER) : window;
        return random.nextInt(3) == 0 ? window : window.of(slice());
    }

    private UsageSlice slice() {
        List<String> properties = PROPERTIES.get(random.nextInt(PROPERTIES.size()));
        return new UsageSlice(properties, records.stream().filter(record -> random.nextInt(3) > 0)
                .map(record -> UsageSlice.valuesOf(record, properties)).filter(values -> values.hashCode() % 3 != 0)
                .collect(Collectors.toSet()));
    }

    /** For each window, properties whose combinations can be asked for. */
    List<List<String>> properties() {
        return IntStream.range(0, windows.size()).mapToObj(i -> PROPERTIES.get(i % PROPERTIES.size())).toList();
    }

    /** What there is of the combinations of these properties, by definition. */
    List<List<List<String>>> combinations() {
        return IntStream.range(0, windows.size()).mapToObj(i -> AggregatedUsage.combinations(windows.get(i),
                properties().get(i), of(windows.get(i).metric()))).toList();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
