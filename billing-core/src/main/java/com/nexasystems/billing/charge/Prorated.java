package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a charge has to price in one billing period if each unit counts for the days in which it was there.
 *
 * @param total   units that are there at the end, beyond the quota, not negative
 * @param units   units, each multiplied by its days and divided by those of the whole period; not negative
 * @param changes in the order in which they happened; the units take the places from zero upwards, and those that go leave
 *                from the top
 * @param days    of the whole period, above zero
 */
public record Prorated(BigDecimal total, BigDecimal units, List<Change> changes, long days) {

    /** Of prorated units, which are rounded up, as in Lago. */
    public static final int DECIMALS = 5;

    public Prorated {
        total = total.signum() < 0 ? BigDecimal.ZERO : Decimals.normal(total);
        units = units.signum() < 0 ? BigDecimal.ZERO : Decimals.normal(units);
        changes = List.copyOf(changes);
    }

    /** @param total units that are there at the end */
    public static Prorated of(BigDecimal total, List<Change> changes, long days) {
        BigDecimal unitDays = changes.stream().map(Change::unitDays).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Prorated(total, share(unitDays, days), changes, days);
    }

    /** The same without the first units: those that take the places up to the bound. */
    public Prorated beyond(BigDecimal bound) {
        return bound.signum() == 0 ? this
                : of(total.subtract(bound).max(BigDecimal.ZERO), between(bound, Optional.empty()), days);
    }

    /** What the changes of the places above {@code below}, up to and with {@code top}, count for. */
    BigDecimal units(BigDecimal below, Optional<BigDecimal> top) {
        return share(between(below, top).stream().map(Change::unitDays).reduce(BigDecimal.ZERO, BigDecimal::add), days);
    }

    private List<Change> between(BigDecimal below, Optional<BigDecimal> top) {
        var inside = new ArrayList<Change>();
        BigDecimal level = BigDecimal.ZERO;
        for (Change change : changes) {
            if (!change.takesRoom()) {
                continue;
            }
            BigDecimal next = level.add(change.units());
            BigDecimal high = top.map(level.max(next)::min).orElse(level.max(next));
            BigDecimal part = high.subtract(level.min(next).max(below));
            if (part.signum() > 0) {
                inside.add(new Change(change.units().signum() < 0 ? part.negate() : part, change.unitDaysOf(part)));
            }
            level = next;
        }
        return inside;
    }

    /** The most units that were there at once. */
    BigDecimal most() {
        BigDecimal most = BigDecimal.ZERO;
        BigDecimal level = BigDecimal.ZERO;
        for (Change change : changes) {
            level = change.takesRoom() ? level.add(change.units()) : level;
            most = most.max(level);
        }
        return most;
    }

    /** Whether more went than came. */
    boolean isBelowZero() {
        return changes.stream().map(Change::units).reduce(BigDecimal.ZERO, BigDecimal::add).signum() < 0;
    }

    private static BigDecimal share(BigDecimal unitDays, long days) {
        return Decimals.normal(unitDays.divide(BigDecimal.valueOf(days), Decimals.DIVISION)
                .setScale(DECIMALS, RoundingMode.CEILING));
    }
}
