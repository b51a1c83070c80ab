package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounding of an aggregated quantity, before quota and price.
 *
 * @param mode  {@code NONE} leaves the quantity as it is
 * @param scale decimals kept, from -26 (tens, hundreds …) to 12
 */
public record QuantityRounding(Mode mode, int scale) {

    public static final QuantityRounding NONE = new QuantityRounding(Mode.NONE, 0);

    /** Which way. */
    public enum Mode { NONE, UP, DOWN, HALF_UP }

    public QuantityRounding {
        if (scale < -Decimals.INTEGER_DIGITS || scale > Decimals.FRACTION_DIGITS) {
            throw new InvalidValue("rounding_precision", "must be between -" + Decimals.INTEGER_DIGITS + " and "
                    + Decimals.FRACTION_DIGITS + ": " + scale);
        }
    }

    public BigDecimal apply(BigDecimal quantity) {
        return switch (mode) {
            case NONE -> quantity;
            case UP -> Decimals.normal(quantity.setScale(scale, RoundingMode.CEILING));
            case DOWN -> Decimals.normal(quantity.setScale(scale, RoundingMode.FLOOR));
            case HALF_UP -> Decimals.normal(quantity.setScale(scale, RoundingMode.HALF_UP));
        };
    }
}
