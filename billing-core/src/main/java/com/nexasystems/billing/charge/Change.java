package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;

/**
 * Units that came or went, one after the other in a period.
 *
 * @param units    below zero if they went
 * @param unitDays the days that they count for, once for each unit: 3 units that came on the last but one day count for 6.
 *                 Below zero if days of units that went are taken back
 */
public record Change(BigDecimal units, BigDecimal unitDays) {

    public Change {
        units = Decimals.normal(units);
        unitDays = Decimals.normal(unitDays);
    }

    public static Change of(BigDecimal units, long days) {
        return new Change(units, units.multiply(BigDecimal.valueOf(days)));
    }

    /** Units that came and count for no day have been counted with others already: they take no room. */
    boolean takesRoom() {
        return units.signum() < 0 || units.signum() > 0 && unitDays.signum() != 0;
    }

    /** The share of this change's days that falls to so many of its units. */
    BigDecimal unitDaysOf(BigDecimal part) {
        return unitDays.multiply(part).divide(units.abs(), Decimals.DIVISION);
    }
}
