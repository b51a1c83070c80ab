package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The end of a batch of posted entries.
 *
 * @param first sequence of the first entry
 * @param last  sequence of the last entry
 * @param chain the last entry's link: whoever keeps it elsewhere can prove that nothing before it was changed
 * @param at    to the microsecond
 */
public record Seal(long first, long last, String chain, Actor by, Instant at) {

    public Seal {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("a seal is on at least one entry: " + first + " to " + last);
        }
    }
}
