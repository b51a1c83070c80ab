package com.nexasystems.billing.rating;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Set;

/**
 * Which thresholds of a quota were announced. {@code ThresholdMarksContract} checks these rules.
 *
 * <p>TM-1 A mark is set once: of those that are asked for, the answer has those that were not set before, also of concurrent
 * units of work.
 * <p>TM-2 A mark is there if and only if its unit of work succeeded.
 */
public interface ThresholdMarks {

    /**
     * One threshold in one period.
     *
     * @param charge  whose quota it is: the code of the charge, and which part of it if that has a quota of its own
     * @param period  when the period begins; to the microsecond
     * @param percent of the quota
     */
    record Mark(SubscriptionId subscription, String charge, Instant period, int percent) {

        public Mark {
            period = period.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** @return those that were set by this call */
    Set<Mark> set(Collection<Mark> marks);
}
