package com.nexasystems.billing.app;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.PriceComparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The way from a total before to the one after, part by part, as bars.
 *
 * @param start where the axis begins: at zero, or below the least bar where the changes would else be too small to see
 * @param end   where it ends
 */
record Waterfall(List<Bar> bars, BigDecimal start, BigDecimal end) {

    private static final BigDecimal SMALL = new BigDecimal("0.1");

    /** What a bar shows. */
    enum Kind { TOTAL, MORE, LESS, SAME }

    /**
     * One step of the way.
     *
     * @param amount the total, or the change
     * @param from   where the bar begins, at or below {@code to}
     */
    record Bar(String label, Kind kind, Money amount, BigDecimal from, BigDecimal to) {

        private static Bar total(String label, Money amount) {
            BigDecimal value = amount.amount();
            return new Bar(label, Kind.TOTAL, amount, value.min(BigDecimal.ZERO), value.max(BigDecimal.ZERO));
        }

        private static Bar change(String label, Money change, BigDecimal before) {
            BigDecimal after = before.add(change.amount());
            int sign = change.amount().signum();
            return new Bar(label, sign == 0 ? Kind.SAME : sign > 0 ? Kind.MORE : Kind.LESS, change, before.min(after),
                    before.max(after));
        }

        /** With its sign, where it is a change. */
        String text() {
            return (kind == Kind.MORE ? "+" : "") + amount.amount().toPlainString();
        }
    }

    static Waterfall of(PriceComparison prices) {
        PriceChange total = prices.total();
        var bars = new ArrayList<Bar>();
        bars.add(Bar.total("Before", total.before()));
        BigDecimal reached = total.before().amount();
        for (var part : prices.parts().entrySet()) {
            Money change = part.getValue().difference();
            bars.add(Bar.change(CustomerColumns.partName(part.getKey()), change, reached));
            reached = reached.add(change.amount());
        }
        bars.add(Bar.total("After", total.after()));
        return scaled(bars);
    }

    /** Where a value is drawn on an axis of that many steps. */
    int at(BigDecimal value, int steps) {
        BigDecimal length = end.subtract(start);
        if (length.signum() == 0) {
            return 0;
        }
        return value.max(start).subtract(start).multiply(BigDecimal.valueOf(steps)).divide(length, 0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    private static Waterfall scaled(List<Bar> bars) {
        BigDecimal highest = bars.stream().map(Bar::to).reduce(BigDecimal::max).orElseThrow();
        BigDecimal lowest = bars.stream().filter(bar -> bar.kind != Kind.TOTAL).map(Bar::from).reduce(BigDecimal::min)
                .orElse(BigDecimal.ZERO);
        BigDecimal moved = highest.subtract(lowest);
        boolean isSmall = moved.signum() > 0 && moved.compareTo(highest.multiply(SMALL)) < 0;
        BigDecimal start = isSmall ? lowest.subtract(moved).setScale(highest.scale(), RoundingMode.DOWN)
                : lowest.min(BigDecimal.ZERO);
        return new Waterfall(List.copyOf(bars), start, highest);
    }
}
