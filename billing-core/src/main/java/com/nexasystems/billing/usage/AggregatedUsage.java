package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of a window as one quantity, and what is needed to recognise them again.
 *
 * @param count    number of records
 * @param first    start of the first record; empty without records
 * @param last     start of the last record
 * @param digest   16 hexadecimal digits, see {@link UsageRecord#fingerprint}
 * @param quantity aggregated and rounded as the metric says; not negative
 * @param amount   sum of the amounts that came with the records
 * @param events   the quantities in the order (start, recorded at, key), when they were asked for and add up to the
 *                 aggregate; a count has a 1 for each record. Else empty
 */
public record AggregatedUsage(UsageWindow window, long count, Optional<Instant> first, Optional<Instant> last,
                              String digest, BigDecimal quantity, BigDecimal amount, List<BigDecimal> events) {

    /** The order of the records of a window. */
    public static final Comparator<UsageRecord> ORDER = Comparator.comparing(UsageRecord::start)
            .thenComparing(UsageRecord::recordedAt)
            .thenComparing(record -> record.key().idempotencyKey(), AggregatedUsage::byCodePoint);

    public AggregatedUsage {
        quantity = quantity.signum() < 0 ? BigDecimal.ZERO : Decimals.normal(quantity);
        amount = Decimals.normal(amount);
        events = List.copyOf(events);
    }

    public static AggregatedUsage none(UsageWindow window) {
        return new AggregatedUsage(window, 0, Optional.empty(), Optional.empty(), digest(BigInteger.ZERO), BigDecimal.ZERO,
                BigDecimal.ZERO, List.of());
    }

    /** What the aggregations mean, over the records that start in the window. Other adapters answer the same. */
    public static AggregatedUsage of(UsageWindow window, Collection<UsageRecord> records) {
        List<UsageRecord> inside = records.stream().filter(record -> window.period().contains(record.start()))
                .sorted(ORDER).toList();
        if (inside.isEmpty()) {
            return none(window);
        }
        BigInteger fingerprints = inside.stream().map(record -> BigInteger.valueOf(record.fingerprint()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigDecimal amount = inside.stream().flatMap(record -> record.amount().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new AggregatedUsage(window, inside.size(), Optional.of(inside.get(0).start()),
                Optional.of(inside.get(inside.size() - 1).start()), digest(fingerprints),
                window.metric().rounding().apply(quantity(window, inside)), amount, events(window, inside));
    }

    /** @param fingerprints the sum of the records' fingerprints, of any size; its lowest 64 bits count */
    public static String digest(BigInteger fingerprints) {
        return HexFormat.of().toHexDigits(fingerprints.longValue());
    }

    /**
     * The level integrated over time, divided by the time.
     *
     * @param levelSeconds the sum of (quantity × seconds from the record to the end of the window)
     * @param whole        of the billing period: a level that was there for half of it counts half, as in Lago
     */
    public static BigDecimal weightedSum(BigDecimal levelSeconds, Duration whole) {
        return Decimals.normal(levelSeconds.divide(seconds(whole), Decimals.DIVISION)
                .setScale(Metric.WEIGHTED_SUM_DECIMALS, RoundingMode.CEILING));
    }

    private static BigDecimal quantity(UsageWindow window, List<UsageRecord> inside) {
        return switch (window.metric().aggregation()) {
            case COUNT -> BigDecimal.valueOf(inside.size());
            case SUM -> inside.stream().map(UsageRecord::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
            case MAX -> inside.stream().map(UsageRecord::quantity).reduce(BigDecimal.ZERO, BigDecimal::max);
            case LATEST -> inside.get(inside.size() - 1).quantity().max(BigDecimal.ZERO);
            case UNIQUE_COUNT -> uniqueCount(window.metric().property().orElseThrow(), inside);
            case WEIGHTED_SUM -> weightedSum(inside.stream()
                    .map(record -> levelSeconds(record, window.period().end()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add), window.whole().length()).max(BigDecimal.ZERO);
        };
    }

    private static BigDecimal levelSeconds(UsageRecord record, Instant end) {
        return record.quantity().multiply(seconds(Duration.between(record.start(), end)));
    }

    private static BigDecimal uniqueCount(String property, List<UsageRecord> inside) {
        Map<String, Boolean> present = new HashMap<>();
        for (UsageRecord record : inside) {
            String value = record.properties().get(property);
            if (value != null) {
                present.put(value, !"remove".equals(record.properties().get(Metric.OPERATION)));
            }
        }
        return BigDecimal.valueOf(present.values().stream().filter(there -> there).count());
    }

    private static List<BigDecimal> events(UsageWindow window, List<UsageRecord> inside) {
        if (!window.withEvents()) {
            return List.of();
        }
        return switch (window.metric().aggregation()) {
            case SUM -> inside.stream().map(UsageRecord::quantity).toList();
            case COUNT -> inside.stream().map(record -> BigDecimal.ONE).toList();
            case MAX, LATEST, UNIQUE_COUNT, WEIGHTED_SUM -> List.of();
        };
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    }

    /** As databases compare text bytewise: {@link String#compareTo} orders surrogates before other characters. */
    private static int byCodePoint(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return Arrays.compare(a, b);
    }
}
