package com.nexasystems.billing.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount that can stand on an invoice. Immutable; never rounds on its own.
 *
 * @param currency ISO 4217, with a minor unit (XAU and the like are refused)
 * @param amount   signed, positive = the customer owes; the scale is always the currency's own number of decimals
 */
public record Money(Currency currency, BigDecimal amount) implements Comparable<Money> {

    /** @throws ArithmeticException if {@code amount} is finer than the currency: round it first, knowingly */
    public Money {
        amount = amount.setScale(decimals(currency), RoundingMode.UNNECESSARY);
    }

    /** @param amount decimal text such as {@code "20.00"} */
    public static Money of(Currency currency, String amount) {
        return new Money(currency, new BigDecimal(amount));
    }

    public static Money zero(Currency currency) {
        return new Money(currency, BigDecimal.ZERO);
    }

    /** @param minorUnits for example cents */
    public static Money ofMinor(Currency currency, BigInteger minorUnits) {
        return new Money(currency, new BigDecimal(minorUnits, decimals(currency)));
    }

    public BigInteger minorUnits() {
        return amount.unscaledValue();
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public Money plus(Money other) {
        CurrencyMismatchException.check(currency, other.currency);
        return new Money(currency, amount.add(other.amount));
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public Money minus(Money other) {
        return plus(other.negated());
    }

    public Money negated() {
        return new Money(currency, amount.negate());
    }

    public ExactAmount exact() {
        return new ExactAmount(currency, amount);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    @Override
    public int compareTo(Money other) {
        CurrencyMismatchException.check(currency, other.currency);
        return amount.compareTo(other.amount);
    }

    /** Such as {@code 20.00 CAD}, in every locale. */
    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private static int decimals(Currency currency) {
        int decimals = currency.getDefaultFractionDigits();
        if (decimals < 0) {
            throw new IllegalArgumentException(currency + " has no minor unit, so nothing can be invoiced in it");
        }
        return decimals;
    }
}
