package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An entry that stands in the journal for good.
 *
 * @param sequence its place in the journal, counted from 1, without gaps
 * @param evidence {@link Evidence#sha256} of what it was derived from; of a reversal, that of what it reverses
 * @param reverses the sequence of the entry that it takes back; given of a reversal only
 * @param by       the person who posted it
 * @param at       to the microsecond
 * @param chain    {@link EntryChain#next} of the entry before and this one: whoever changes a posted entry breaks it
 */
public record PostedEntry(long sequence, JournalEntry entry, String evidence, Optional<Long> reverses, Actor by, Instant at,
                          String chain) {

    public PostedEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        if (sequence < 1) {
            throw new IllegalArgumentException("entries are counted from 1: " + sequence);
        }
        if (reverses.isPresent() != (entry.key().kind() == EntryKey.Kind.REVERSAL)) {
            throw new IllegalArgumentException("a reversal takes something back, and nothing else does: " + entry.key());
        }
    }
}
