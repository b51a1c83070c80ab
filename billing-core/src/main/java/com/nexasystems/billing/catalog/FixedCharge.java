package com.nexasystems.billing.catalog;

import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;

/**
 * Something that comes with a plan in a fixed number, such as seats, and is billed every period without being metered.
 *
 * @param code      unique among the charges of the plan version, stable over versions
 * @param units     not negative
 * @param model     standard, graduated or volume
 * @param inAdvance billed when the period begins
 * @param prorated  a period that is not whole is billed by its share; else in full
 */
public record FixedCharge(String code, String name, BigDecimal units, ChargeModel model, boolean inAdvance,
                          boolean prorated) {

    public FixedCharge {
        InvalidValue.checkText("charge_code", code, 128);
        InvalidValue.checkText("name", name, 255);
        units = Decimals.nonNegative("units", units);
        if (!(model instanceof Standard || model instanceof Graduated || model instanceof Volume)) {
            throw new InvalidValue("charge_model", model.code() + " does not price a fixed number of units");
        }
    }
}
