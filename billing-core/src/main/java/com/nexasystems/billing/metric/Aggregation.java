package com.nexasystems.billing.metric;

import java.util.Locale;

/** How the records of a period become one quantity. A negative result counts as zero. */
public enum Aggregation {
    /** The number of records, whatever their quantity. */
    COUNT,
    /** The sum of the quantities. */
    SUM,
    /** The largest quantity; zero without records. */
    MAX,
    /** The quantity of the last record: by start, then by the time it was recorded, then by key. */
    LATEST,
    /**
     * The number of distinct values of the metric's property whose last operation is an addition. The property
     * {@value Metric#OPERATION} says {@code add} (the default) or {@code remove}.
     */
    UNIQUE_COUNT,
    /**
     * The level, integrated over time and divided by the length of the whole billing period, in seconds. Each quantity is a
     * change of the level; the level is zero when the period begins. Rounded up to {@value Metric#WEIGHTED_SUM_DECIMALS} decimals.
     */
    WEIGHTED_SUM;

    /** Whether a single event may carry a quantity below zero. A counter of a window never may. */
    public boolean takesNegativeEvents() {
        return this == SUM || this == LATEST || this == WEIGHTED_SUM;
    }

    /** Whether a level can be carried over into the next period. */
    public boolean canRecur() {
        return this == SUM || this == UNIQUE_COUNT || this == WEIGHTED_SUM;
    }

    /** Whether a charge can be billed in advance: each new unit when it comes. */
    public boolean canPeak() {
        return this == COUNT || this == SUM || this == UNIQUE_COUNT;
    }

    /** Whether units come and go one by one, so that each can count for its days. */
    public boolean canProrate() {
        return this == SUM || this == UNIQUE_COUNT;
    }

    /** Whether what a record counts for does not depend on a quantity. */
    public boolean countsRecords() {
        return this == COUNT || this == UNIQUE_COUNT;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
