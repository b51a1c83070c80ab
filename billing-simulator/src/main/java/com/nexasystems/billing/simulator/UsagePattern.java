package com.nexasystems.billing.simulator;

import java.time.Instant;
import java.util.SplittableRandom;

/** How much a core of a deployment is busy. */
interface UsagePattern {

    /** There is no record of an hour. */
    long NONE = -1;

    /**
     * @param from midnight of a day of UTC
     * @return millionths of an hour for each hour, or {@link #NONE}
     */
    long[] hours(SplittableRandom random, Instant from, int days);
}
