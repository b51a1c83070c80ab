package com.nexasystems.billing.catalog;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;

/**
 * The prices of a plan from some instant on.
 *
 * @param number        1 for the first version, then rising by one
 * @param effectiveFrom periods that begin at or after it are priced by this version, until the next version's. To the
 *                      microsecond
 * @param flatPrice     of one whole billing period, not negative
 * @param charges       no two with the same code
 */
public record PlanVersion(int number, Instant effectiveFrom, Money flatPrice, List<Charge> charges) {

    public PlanVersion {
        effectiveFrom = effectiveFrom.truncatedTo(ChronoUnit.MICROS);
        if (flatPrice.isNegative()) {
            throw new InvalidValue("flat_price", "must not be negative: " + flatPrice);
        }
        charges = List.copyOf(charges);
        var codes = new HashSet<String>();
        for (Charge charge : charges) {
            if (!codes.add(charge.code())) {
                throw new InvalidValue("charges", "two charges have the code " + charge.code());
            }
        }
    }
}
