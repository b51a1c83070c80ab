package com.nexasystems.billing.http;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.Currency;

/** Money in whole minor units, as the API writes it: 1050 for 10.50 CAD, 1050 for 1050 JPY. */
final class Cents {

    /** What a JavaScript client can read without loss. */
    private static final BigDecimal MOST = BigDecimal.valueOf((1L << 53) - 1);

    private Cents() {
    }

    static long of(Money money) {
        return money.amount().unscaledValue().longValueExact();
    }

    /** @param text the whole number that was sent; its field is named by {@link Fields} */
    static Money money(String field, Currency currency, String text) {
        BigDecimal cents = Decimals.parse(field, text);
        if (cents.scale() > 0) {
            throw new InvalidValue(field, "is a whole number of minor units: " + text);
        }
        if (cents.abs().compareTo(MOST) > 0) {
            throw new InvalidValue(field, "is too large: " + text);
        }
        return new Money(currency, cents.movePointLeft(currency.getDefaultFractionDigits()));
    }
}
