package com.nexasystems.billing.quantity;

import java.math.BigDecimal;

/**
 * How much was used: exact, not negative, always with its unit.
 *
 * @param value not negative. Aggregates may have more digits than the {@link Decimals} limits of a single record, so
 *              only sign and normal form are kept here; what comes from outside is checked where it comes in
 */
public record Quantity(BigDecimal value, Unit unit) implements Comparable<Quantity> {

    public Quantity {
        value = Decimals.normal(value);
        if (value.signum() < 0) {
            throw new InvalidValue("quantity", "must not be negative: " + value.toPlainString());
        }
    }

    public static Quantity of(String value, Unit unit) {
        return new Quantity(Decimals.parseNonNegative("quantity", value), unit);
    }

    public static Quantity zero(Unit unit) {
        return new Quantity(BigDecimal.ZERO, unit);
    }

    public Quantity plus(Quantity other) {
        sameUnit(other);
        return new Quantity(value.add(other.value), unit);
    }

    public boolean isZero() {
        return value.signum() == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        sameUnit(other);
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString() + " " + unit;
    }

    private void sameUnit(Quantity other) {
        if (!unit.equals(other.unit)) {
            throw new InvalidValue("unit", "expected " + unit + ", found " + other.unit);
        }
    }
}
