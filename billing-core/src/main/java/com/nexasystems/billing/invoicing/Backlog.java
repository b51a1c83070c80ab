package com.nexasystems.billing.invoicing;

import java.time.Instant;
import java.util.Optional;

/**
 * What is still to be billed and issued, in figures, for those who watch the engine work. {@code BacklogContract} checks
 * these rules.
 *
 * <p>BK-1 A usage record is unbilled if it starts at or after the instant through which its subscription was billed, and
 * the subscription is still to be billed; the oldest of them is the one that starts first.
 * <p>BK-2 A subscription is due if a billing run of that instant would bill it.
 * <p>BK-3 Every draft is open.
 */
public interface Backlog {

    Figures at(Instant asOf);

    /** @param oldestUnbilled when the oldest record that was not billed yet starts; empty if all were */
    record Figures(long unbilledRecords, Optional<Instant> oldestUnbilled, long dueSubscriptions, long openDrafts) { }
}
