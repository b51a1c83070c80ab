package com.nexasystems.billing.quota;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;

/**
 * Units that a charge includes in every billing period; it starts anew with each.
 *
 * @param included in the unit of the metric, not negative; zero = everything is overage
 */
public record Quota(BigDecimal included) {

    public static final Quota NONE = new Quota(BigDecimal.ZERO);

    public Quota {
        included = Decimals.nonNegative("included_units", included);
    }

    public static Quota of(String included) {
        return new Quota(Decimals.parse("included_units", included));
    }

    public Overage over(BigDecimal used) {
        BigDecimal difference = used.subtract(included);
        return difference.signum() > 0
                ? new Overage(included, difference, BigDecimal.ZERO)
                : new Overage(included, BigDecimal.ZERO, difference.negate());
    }
}
