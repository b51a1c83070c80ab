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

    /** Nothing of the same whole. */
    public Proration none() {
        return new Proration(0, whole, unit);
    }

    /** Two shares of the same whole together. */
    public Proration plus(Proration other) {
        if (whole != other.whole || !unit.equals(other.unit)) {
            throw new IllegalArgumentException("not shares of one whole: " + this + " and " + other);
        }
        return new Proration(part + other.part, whole, unit);
    }

    public boolean isNone() {
        return part == 0;
    }

    public boolean isWhole() {
        return part == whole;
    }

    /** Such as {@code 16 of 31 days}. */
    @Override
    public String toString() {
        return part + " of " + whole + " " + unit + "s";
    }
}
