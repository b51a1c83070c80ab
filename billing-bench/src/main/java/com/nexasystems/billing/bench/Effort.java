package com.nexasystems.billing.bench;

/** How long to measure. */
public enum Effort {
    /** As {@link #FULL}, and larger sizes that take half an hour and longer. */
    LONG,
    /** Long enough for figures that can be published. */
    FULL,
    /** Only long enough to see whether something is badly wrong; the spread is wide. */
    QUICK
}
