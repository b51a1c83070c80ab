package com.nexasystems.billing.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount on its way to an invoice line: exact, of any scale. {@link #rounded} is the only bridge to {@link Money}.
 *
 * @param currency ISO 4217
 * @param value    signed, positive = the customer owes; kept without trailing zeros, so that equal amounts are equal
 */
public record ExactAmount(Currency currency, BigDecimal value) {

    public ExactAmount {
        value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    public static ExactAmount zero(Currency currency) {
        return new ExactAmount(currency, BigDecimal.ZERO);
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public ExactAmount plus(ExactAmount other) {
        CurrencyMismatchException.check(currency, other.currency);
        return new ExactAmount(currency, value.add(other.value));
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public ExactAmount minus(ExactAmount other) {
        CurrencyMismatchException.check(currency, other.currency);
        return new ExactAmount(currency, value.subtract(other.value));
    }

    /** Rounds to the minor unit of the currency: CAD 2 decimals, JPY 0, KWD 3. */
    public Money rounded(RoundingMode mode) {
        return new Money(currency, value.setScale(currency.getDefaultFractionDigits(), mode));
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    @Override
    public String toString() {
        return value.toPlainString() + " " + currency.getCurrencyCode();
    }
}
