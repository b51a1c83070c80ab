package com.nexasystems.billing.period;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How long a billing period is. */
public enum Interval {
    WEEKLY(ChronoUnit.WEEKS, 1),
    MONTHLY(ChronoUnit.MONTHS, 1),
    QUARTERLY(ChronoUnit.MONTHS, 3),
    SEMIANNUAL(ChronoUnit.MONTHS, 6),
    YEARLY(ChronoUnit.MONTHS, 12);

    private final ChronoUnit unit;
    private final int units;

    Interval(ChronoUnit unit, int units) {
        this.unit = unit;
        this.units = units;
    }

    /** How many of it are a year, or, of weeks, about a year. */
    public int perYear() {
        return this == WEEKLY ? 52 : 12 / units;
    }

    /** This one, or the other if that is shorter. */
    public Interval orShorter(Interval other) {
        return other.ordinal() < ordinal() ? other : this;
    }

    /**
     * The day on which the {@code n}-th period from {@code anchor} starts. Counted from the anchor and never from the
     * period before, so that a day clamped in February is itself again in March.
     */
    LocalDate nth(LocalDate anchor, long n) {
        return anchor.plus(Math.multiplyExact(n, units), unit);
    }

    /** A number of whole intervals between the days, exact or one off; {@link BillingCycle} puts it right. */
    long between(LocalDate anchor, LocalDate day) {
        return Math.floorDiv(unit.between(anchor, day), units);
    }
}
