package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.InvalidValue;

/** The stable name of a metric. Any text of up to 128 characters but {@code /}, which separates the parts of ids. */
public record MetricCode(String value) implements Comparable<MetricCode> {

    public MetricCode {
        InvalidValue.checkText("metric", value, 128);
        if (value.indexOf('/') >= 0) {
            throw new InvalidValue("metric", "must not contain '/': " + value);
        }
    }

    @Override
    public int compareTo(MetricCode other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
