package com.nexasystems.billing.stripe;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts in Stripe's minor units, and back, without ever rounding.
 *
 * <p>Stripe's units are ISO's but for these, as its page "Supported currencies" (docs.stripe.com/currencies) says, read
 * in November 2026: MGA has none; ISK has two although the króna has no cents, so an amount is a multiple of 100; of the
 * three decimals of BHD, JOD, KWD, OMR and TND the last must be 0. UGX stands there both with and without decimals, so
 * it is refused until Stripe has been asked.
 */
public final class StripeAmounts {

    private static final Set<String> WITHOUT_DECIMALS = Set.of("MGA");
    private static final Set<String> WHOLE_BUT_TWO_DECIMALS = Set.of("ISK");
    private static final Set<String> LAST_OF_THREE_IS_ZERO = Set.of("BHD", "JOD", "KWD", "OMR", "TND");
    private static final Set<String> UNCLEAR = Set.of("UGX");

    private StripeAmounts() {
    }

    /** @throws InvalidValue if Stripe cannot take the amount as it is */
    public static long toStripe(Money money) {
        String code = money.currency().getCurrencyCode();
        BigDecimal minor = money.amount().movePointRight(decimals(money.currency()));
        try {
            long units = minor.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
            if (LAST_OF_THREE_IS_ZERO.contains(code) && units % 10 != 0) {
                throw new InvalidValue("amount", "Stripe takes " + code + " to two decimals only: " + money);
            }
            return units;
        } catch (ArithmeticException e) {
            throw new InvalidValue("amount", "cannot be said in Stripe's units of " + code + ": " + money);
        }
    }

    /**
     * @param currency as Stripe writes it, in lower case
     * @throws InvalidValue if the amount is finer than the currency, or the currency is not known
     */
    public static Money fromStripe(String currency, long amount) {
        Currency iso = iso(currency);
        try {
            return new Money(iso, BigDecimal.valueOf(amount, decimals(iso)));
        } catch (ArithmeticException e) {
            throw new InvalidValue("amount", amount + " of Stripe's units is finer than " + iso + " can be");
        }
    }

    private static Currency iso(String currency) {
        try {
            return Currency.getInstance(currency.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("currency", "is not an ISO 4217 code: " + currency);
        }
    }

    private static int decimals(Currency currency) {
        String code = currency.getCurrencyCode();
        if (UNCLEAR.contains(code)) {
            throw new InvalidValue("currency", "Stripe's documentation contradicts itself on the decimals of " + code);
        }
        if (WITHOUT_DECIMALS.contains(code)) {
            return 0;
        }
        return WHOLE_BUT_TWO_DECIMALS.contains(code) ? 2 : currency.getDefaultFractionDigits();
    }
}
