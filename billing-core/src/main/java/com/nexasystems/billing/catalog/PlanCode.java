package com.nexasystems.billing.catalog;

import com.nexasystems.billing.quantity.InvalidValue;

/** The stable name of a plan: the key that services enforce entitlements against. */
public record PlanCode(String value) implements Comparable<PlanCode> {

    public PlanCode {
        InvalidValue.checkText("plan_code", value, 128);
    }

    @Override
    public int compareTo(PlanCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
