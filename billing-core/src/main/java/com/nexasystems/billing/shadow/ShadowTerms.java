package com.nexasystems.billing.shadow;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;

/**
 * What an operator says of an application, because its tables do not.
 *
 * @param currency   of its prices
 * @param perCpuHour price of a CPU-hour beyond the quota, before tax
 * @param zone       whose midnights its billing periods begin and end at, for all that is known
 */
public record ShadowTerms(Currency currency, BigDecimal perCpuHour, ZoneId zone) {

    /** The hosting platform's: 0.0075 CAD per core-hour. */
    public static final ShadowTerms HOSTING = new ShadowTerms(Currency.getInstance("CAD"), new BigDecimal("0.0075"),
            ZoneId.of("UTC"));

    public ShadowTerms {
        perCpuHour = Decimals.nonNegative("per_cpu_hour", perCpuHour);
        if (currency.getDefaultFractionDigits() < 0) {
            throw new InvalidValue("currency", "has no minor unit: " + currency);
        }
    }

    public ShadowTerms in(ZoneId other) {
        return new ShadowTerms(currency, perCpuHour, other);
    }
}
