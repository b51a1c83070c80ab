package com.nexasystems.billing.period;

/**
 * A share of a period as two whole numbers, so that it stays exact until the amount is divided, once.
 *
 * @param part  units billed, from 0 to {@code whole}
 * @param whole units of the full period, above 0
 * @param unit  {@code day} or {@code second}
 */
public record Proration(long part, long whole, String unit) {

    public Proration {
        if (whole <= 0 || part < 0 || part > whole) {
            throw new IllegalArgumentException("no share of a period: " + part + " of " + whole + " " + unit + "s");
        }
    }

    public boolean isWhole() {
        return part == whole;
    }
}
