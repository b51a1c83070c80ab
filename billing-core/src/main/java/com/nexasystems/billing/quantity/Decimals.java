package com.nexasystems.billing.quantity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The limits of every decimal: at most {@value #INTEGER_DIGITS} digits before the point and {@value #FRACTION_DIGITS}
 * after it, in plain notation.
 */
public final class Decimals {

    public static final int INTEGER_DIGITS = 26;
    public static final int FRACTION_DIGITS = 12;

    /**
     * The one context in which the engine divides. A quotient need not end (7 units of a batch of 3 600), so: multiply
     * first, divide last, once, in this context. Its 50 digits leave more than 20 below any minor unit.
     */
    public static final MathContext DIVISION = new MathContext(50, RoundingMode.HALF_EVEN);

    /** Of an aggregated quantity, which can be finer than what it was aggregated from: a level averaged over time. */
    public static final int AGGREGATE_FRACTION_DIGITS = 20;

    private static final int LONGEST_TEXT = 1 + INTEGER_DIGITS + 1 + AGGREGATE_FRACTION_DIGITS;

    private Decimals() {
    }

    /**
     * Reads {@code -?digits[.digits]}, ASCII digits only.
     *
     * @throws InvalidValue for anything else: exponents, {@code +5}, {@code 1_000}, {@code NaN}, too many digits
     */
    public static BigDecimal parse(String field, String text) {
        return parse(field, text, FRACTION_DIGITS);
    }

    /** As {@link #parse(String, String)}, not below zero, with {@value #AGGREGATE_FRACTION_DIGITS} digits after the point. */
    public static BigDecimal parseAggregate(String field, String text) {
        return notBelowZero(field, parse(field, text, AGGREGATE_FRACTION_DIGITS));
    }

    private static BigDecimal parse(String field, String text, int fractionDigits) {
        if (text == null || text.isEmpty()) {
            throw new InvalidValue(field, "is mandatory");
        }
        int sign = text.charAt(0) == '-' ? 1 : 0;
        int point = text.indexOf('.');
        int integerEnd = point < 0 ? text.length() : point;
        boolean plain = integerEnd > sign && digits(text, sign, integerEnd)
                && (point < 0 || point + 1 < text.length() && digits(text, point + 1, text.length()));
        if (!plain) {
            throw new InvalidValue(field, "'" + shortened(text) + "' is not a plain decimal number such as 12.5");
        }
        if (integerEnd - sign > INTEGER_DIGITS || point >= 0 && text.length() - point - 1 > fractionDigits) {
            throw tooLong(field, text, fractionDigits);
        }
        return normal(new BigDecimal(text));
    }

    /** As {@link #parse}, and not below zero. */
    public static BigDecimal parseNonNegative(String field, String text) {
        return nonNegative(field, parse(field, text));
    }

    /** @throws InvalidValue if {@code value} has too many digits */
    public static BigDecimal checked(String field, BigDecimal value) {
        if (value == null) {
            throw new InvalidValue(field, "is mandatory");
        }
        // Scale and precision first: they cost nothing, whereas arithmetic on 1e10000000 costs seconds.
        if ((long) value.precision() - value.scale() > INTEGER_DIGITS || value.scale() > LONGEST_TEXT) {
            throw tooLong(field, null, FRACTION_DIGITS);
        }
        BigDecimal normal = normal(value);
        if (normal.scale() > FRACTION_DIGITS) {
            throw tooLong(field, null, FRACTION_DIGITS);
        }
        return normal;
    }

    /** @throws InvalidValue if {@code value} has too many digits or is below zero */
    public static BigDecimal nonNegative(String field, BigDecimal value) {
        return notBelowZero(field, checked(field, value));
    }

    private static BigDecimal notBelowZero(String field, BigDecimal value) {
        if (value.signum() < 0) {
            throw new InvalidValue(field, "must not be negative: " + value.toPlainString());
        }
        return value;
    }

    /** @throws InvalidValue if {@code value} has too many digits or is not above zero */
    public static BigDecimal positive(String field, BigDecimal value) {
        BigDecimal checked = checked(field, value);
        if (checked.signum() <= 0) {
            throw new InvalidValue(field, "must be above zero: " + checked.toPlainString());
        }
        return checked;
    }

    /** Equal numbers become equal objects: no trailing zeros, no negative scale. */
    public static BigDecimal normal(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (value.scale() == 0) {
            return value;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static InvalidValue tooLong(String field, String text, int fractionDigits) {
        String what = text == null ? "the number" : "'" + shortened(text) + "'";
        return new InvalidValue(field, what + " has more than " + INTEGER_DIGITS + " digits before or "
                + fractionDigits + " after the point");
    }

    private static String shortened(String text) {
        String shown = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
