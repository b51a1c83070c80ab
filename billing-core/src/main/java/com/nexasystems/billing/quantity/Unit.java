package com.nexasystems.billing.quantity;

/** What one of a quantity is, in the singular, such as {@code CPU-second}. For display and to keep quantities apart. */
public record Unit(String label) {

    public Unit {
        InvalidValue.checkText("unit", label, 64);
    }

    @Override
    public String toString() {
        return label;
    }
}
