package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A range of units. It states one bound only, its last unit; it begins where the tier before it ends.
 *
 * @param upTo  last unit of the tier, inclusive; empty in the last tier only
 * @param price per unit (or batch, or a percentage: the model says), not negative
 * @param flat  once, when the tier is reached; not negative
 */
public record Tier(Optional<BigDecimal> upTo, BigDecimal price, BigDecimal flat) {

    public Tier {
        upTo = upTo.map(bound -> Decimals.positive("up_to", bound));
        price = Decimals.nonNegative("price", price);
        flat = Decimals.nonNegative("flat_fee", flat);
    }

    public static Tier upTo(String upTo, String price, String flat) {
        return new Tier(Optional.of(Decimals.parse("up_to", upTo)), Decimals.parse("price", price),
                Decimals.parse("flat_fee", flat));
    }

    public static Tier rest(String price, String flat) {
        return new Tier(Optional.empty(), Decimals.parse("price", price), Decimals.parse("flat_fee", flat));
    }

    /** Whether a quantity goes beyond this tier. */
    boolean endsBelow(BigDecimal quantity) {
        return upTo.isPresent() && upTo.get().compareTo(quantity) < 0;
    }
}
