package com.nexasystems.billing.usage;

import com.nexasystems.billing.charge.Change;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.usage.UsageWindow.Detail;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of a window as one quantity, and what is needed to recognise them again.
 *
 * @param count    number of records
 * @param first    start of the first record; empty without records
 * @param last     start of the last record
 * @param digest   16 hexadecimal digits, see {@link UsageRecord#fingerprint}
 * @param quantity aggregated and rounded as the metric says; not negative
 * @param carried  the level when the period begins: zero where nothing is carried over, below zero if more went than came
 * @param amount   sum of the amounts that came with the records
 * @param events   the quantities in the order (start, recorded at, key), when they were asked for and add up to the
 *                 aggregate; a count has a 1 for each record; of a {@linkplain UsageWindow.Detail#PEAK peak}, by how much
 *                 each record raised it, after what is carried over. Else empty
 * @param changes  the units that came and went, when they were asked for, in the same order; first what is carried over.
 *                 Those that count for the same days, one after the other, are one. Else empty
 */
public record AggregatedUsage(UsageWindow window, long count, Optional<Instant> first, Optional<Instant> last,
                              String digest, BigDecimal quantity, BigDecimal carried, BigDecimal amount,
                              List<BigDecimal> events, List<Change> changes) {

    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    /** The order of the records of a window. */
    public static final Comparator<UsageRecord> ORDER = Comparator.comparing(UsageRecord::start)
            .thenComparing(UsageRecord::recordedAt)
            .thenComparing(record -> record.key().idempotencyKey(), AggregatedUsage::byCodePoint);

    public AggregatedUsage {
        quantity = quantity.signum() < 0 ? BigDecimal.ZERO : Decimals.normal(quantity);
        carried = Decimals.normal(carried);
        amount = Decimals.normal(amount);
        events = List.copyOf(events);
        changes = List.copyOf(changes);
    }

    /** Of a window that carries nothing over. */
    public AggregatedUsage(UsageWindow window, long count, Optional<Instant> first, Optional<Instant> last, String digest,
                           BigDecimal quantity, BigDecimal amount, List<BigDecimal> events) {
        this(window, count, first, last, digest, quantity, BigDecimal.ZERO, amount, events, List.of());
    }

    public static AggregatedUsage none(UsageWindow window) {
        return new AggregatedUsage(window, 0, Optional.empty(), Optional.empty(), digest(BigInteger.ZERO), BigDecimal.ZERO,
                BigDecimal.ZERO, List.of());
    }

    /** What the aggregations mean, over the records that belong to the window. Other adapters answer the same. */
    public static AggregatedUsage of(UsageWindow window, Collection<UsageRecord> records) {
        List<UsageRecord> inside = records.stream().filter(window::contains).sorted(ORDER).toList();
        if (inside.isEmpty()) {
            return none(window);
        }
        BigInteger fingerprints = inside.stream().map(record -> BigInteger.valueOf(record.fingerprint()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigDecimal amount = inside.stream().flatMap(record -> record.amount().stream())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var flow = new UsageFlow(window, inside);
        return new AggregatedUsage(window, inside.size(), Optional.of(inside.get(0).start()),
                Optional.of(inside.get(inside.size() - 1).start()), digest(fingerprints), quantity(window, inside, flow),
                flow.carried(), amount, events(window, inside, flow),
                window.wants(Detail.CHANGES) ? flow.changes() : List.of());
    }

    /** What {@link UsageRecords#combinations} answers for a window. */
    public static List<List<String>> combinations(UsageWindow window, List<String> properties,
                                                  Collection<UsageRecord> records) {
        return records.stream().filter(window::spans).map(record -> UsageSlice.valuesOf(record, properties)).distinct()
                .sorted(AggregatedUsage::inOrder).toList();
    }

    private static int inOrder(List<String> left, List<String> right) {
        int order = 0;
        for (int i = 0; order == 0 && i < left.size(); i++) {
            order = byCodePoint(left.get(i), right.get(i));
        }
        return order;
    }

    /** @param fingerprints the sum of the records' fingerprints, of any size */
    public static String digest(BigInteger fingerprints) {
        String hex = fingerprints.mod(TWO_TO_64).toString(16);
        return "0".repeat(16 - hex.length()) + hex;
    }

    /**
     * The level integrated over time, divided by the time.
     *
     * @param levelSeconds the sum of (quantity × seconds from the record, or the window's begin, to its end)
     * @param whole        of the billing period: a level that was there for half of it counts half, as in Lago
     */
    public static BigDecimal weightedSum(BigDecimal levelSeconds, Duration whole) {
        return Decimals.normal(levelSeconds.divide(seconds(whole), Decimals.DIVISION)
                .setScale(Metric.WEIGHTED_SUM_DECIMALS, RoundingMode.CEILING));
    }

    private static BigDecimal quantity(UsageWindow window, List<UsageRecord> inside, UsageFlow flow) {
        if (window.wants(Detail.PEAK)) {
            return flow.rises().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        }
        return window.metric().rounding().apply(switch (window.metric().aggregation()) {
            case COUNT, SUM, UNIQUE_COUNT -> flow.level();
            case MAX -> inside.stream().map(UsageRecord::quantity).reduce(BigDecimal.ZERO, BigDecimal::max);
            case LATEST -> inside.get(inside.size() - 1).quantity().max(BigDecimal.ZERO);
            case WEIGHTED_SUM -> weightedSum(inside.stream().map(record -> levelSeconds(record, window.period()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add), window.whole().length()).max(BigDecimal.ZERO);
        });
    }

    private static BigDecimal levelSeconds(UsageRecord record, BillingPeriod period) {
        Instant from = record.start().isBefore(period.start()) ? period.start() : record.start();
        return record.quantity().multiply(seconds(Duration.between(from, period.end())));
    }

    private static List<BigDecimal> events(UsageWindow window, List<UsageRecord> inside, UsageFlow flow) {
        if (!window.wants(Detail.EVENTS)) {
            return List.of();
        }
        if (window.wants(Detail.PEAK)) {
            return flow.rises();
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
