package com.nexasystems.billing.tax;

import java.math.RoundingMode;

/**
 * How tax is computed. 31.95 at 13 % is 4.15 as one rate and 4.16 as 5 % and 8 %: both are lawful when applied
 * consistently, so the policy is named on every invoice.
 *
 * @param rounding HALF_UP or HALF_EVEN, to the minor unit
 */
public record TaxPolicy(Level level, RoundingMode rounding) {

    /** On the total, once per rate, half up. */
    public static final TaxPolicy DEFAULT = new TaxPolicy(Level.ON_TOTAL, RoundingMode.HALF_UP);

    /** What is rounded. */
    public enum Level {
        /** Each line's tax, per rate. */
        PER_LINE,
        /** The tax on the sum of the lines, once per rate. */
        ON_TOTAL,
        /** The tax on the sum of the lines, once per component of each rate. */
        PER_COMPONENT
    }

    public TaxPolicy {
        if (rounding != RoundingMode.HALF_UP && rounding != RoundingMode.HALF_EVEN) {
            throw new IllegalArgumentException("tax is rounded HALF_UP or HALF_EVEN, not " + rounding);
        }
    }
}
