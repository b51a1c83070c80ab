package com.nexasystems.billing.usage;

import com.nexasystems.billing.quantity.Decimals;
import java.math.BigDecimal;

/**
 * What the records of a stretch add up to, whatever the metric makes of them.
 *
 * @param quantity the sum
 */
public record UsageTotal(long records, BigDecimal quantity) {

    public static final UsageTotal NONE = new UsageTotal(0, BigDecimal.ZERO);

    public UsageTotal {
        quantity = Decimals.normal(quantity);
    }

    public UsageTotal plus(UsageRecord record) {
        return new UsageTotal(records + 1, quantity.add(record.quantity()));
    }
}
