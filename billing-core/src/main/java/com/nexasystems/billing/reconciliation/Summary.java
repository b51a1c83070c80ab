package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How the rows of a service stand, by month and currency. */
public record Summary(List<Month> months) {

    public Summary {
        months = List.copyOf(months);
    }

    /**
     * A month, by the begin of its periods.
     *
     * @param matchedActual what was charged on rows that match
     * @param actual        what was charged on all rows
     * @param unlinked      invoices that were compared with nothing
     */
    public record Month(LocalDate month, Currency currency, long matched, long deltas, long resolved, BigDecimal computed,
                        BigDecimal actual, BigDecimal matchedActual, BigDecimal unexplained, long unlinked,
                        BigDecimal unlinkedSum) {

        /** All that was charged. */
        public BigDecimal revenue() {
            return actual.add(unlinkedSum);
        }

        /** The share of the revenue that the model reproduces, in percent to two decimals, rounded down; 100 of nothing. */
        public BigDecimal coverage() {
            return Summary.coverage(matchedActual, revenue());
        }
    }

    private static BigDecimal coverage(BigDecimal matched, BigDecimal revenue) {
        return revenue.signum() <= 0 ? BigDecimal.valueOf(100).setScale(2) : matched.multiply(BigDecimal.valueOf(100))
                .divide(revenue, Decimals.DIVISION).setScale(2, RoundingMode.DOWN);
    }

    private record Key(LocalDate month, String currency) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int order = month.compareTo(other.month);
            return order != 0 ? order : currency.compareTo(other.currency);
        }
    }

    static Summary of(List<Total> totals, List<Unlinked> unlinked) {
        Map<Key, List<Total>> rows = new TreeMap<>();
        Map<Key, List<Unlinked>> others = new TreeMap<>();
        totals.forEach(total -> rows.computeIfAbsent(new Key(total.month(), total.currency().getCurrencyCode()),
                key -> new ArrayList<>()).add(total));
        unlinked.forEach(one -> others.computeIfAbsent(new Key(one.month(), one.currency().getCurrencyCode()),
                key -> new ArrayList<>()).add(one));
        return new Summary(Stream.concat(rows.keySet().stream(), others.keySet().stream()).distinct().sorted()
                .map(key -> month(key, rows.getOrDefault(key, List.of()), others.getOrDefault(key, List.of()))).toList());
    }

    private static Month month(Key key, List<Total> totals, List<Unlinked> unlinked) {
        return new Month(key.month, Currency.getInstance(key.currency), rows(totals, Status.MATCH), rows(totals, Status.DELTA),
                rows(totals, Status.RESOLVED), sum(totals.stream().map(Total::computed)),
                sum(totals.stream().map(Total::actual)),
                sum(totals.stream().filter(total -> total.status() == Status.MATCH).map(Total::actual)),
                sum(totals.stream().filter(total -> total.status() == Status.DELTA).map(Total::unexplained)),
                unlinked.stream().mapToLong(Unlinked::invoices).sum(), sum(unlinked.stream().map(Unlinked::subtotal)));
    }

    private static long rows(List<Total> totals, Status status) {
        return totals.stream().filter(total -> total.status() == status).mapToLong(Total::rows).sum();
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public long matched() {
        return months.stream().mapToLong(Month::matched).sum();
    }

    public long deltas() {
        return months.stream().mapToLong(Month::deltas).sum();
    }

    public long resolved() {
        return months.stream().mapToLong(Month::resolved).sum();
    }

    /** Of all months of a currency together. */
    public BigDecimal coverage(Currency currency) {
        List<Month> own = months.stream().filter(month -> month.currency.equals(currency)).toList();
        return coverage(sum(own.stream().map(Month::matchedActual)), sum(own.stream().map(Month::revenue)));
    }
}
