package com.nexasystems.billing.catalog;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;

/**
 * An amount of usage at which an invoice is written before the period is over.
 *
 * @param name      on the invoice
 * @param amount    of all usage since the subscription began, before tax; above zero
 * @param recurring it is reached again each time as much has been used beyond the largest of the others
 */
public record UsageThreshold(String name, Money amount, boolean recurring) {

    public UsageThreshold {
        InvalidValue.checkText("usage_thresholds.name", name, 255);
        if (amount.isNegative() || amount.isZero()) {
            throw new InvalidValue("usage_thresholds.amount", "must be above zero: " + amount);
        }
    }
}
