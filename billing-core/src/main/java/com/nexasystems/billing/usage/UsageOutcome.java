package com.nexasystems.billing.usage;

import java.math.BigDecimal;

/** What became of one submitted record. */
public sealed interface UsageOutcome {

    /** @param late it starts in a stretch that has been billed; it is adjusted on the next invoice */
    record Recorded(UsageKey key, boolean late) implements UsageOutcome { }

    /** The same record was there before. Nothing has changed. */
    record Duplicate(UsageKey key) implements UsageOutcome { }

    /** The record took the place of an earlier value, which is kept on the audit trail. */
    record Replaced(UsageKey key, BigDecimal before, boolean late) implements UsageOutcome { }

    /** The key is there with other contents. Nothing has changed; say {@code replace} to correct it. */
    record Conflict(UsageKey key, UsageRecord stored, UsageRecord submitted) implements UsageOutcome { }

    /** A field is wrong. Nothing of the record was stored. */
    record Refused(String field, String reason) implements UsageOutcome { }

    /** Nothing is wrong with it, but another record of an all-or-nothing batch was not stored. */
    record NotStored() implements UsageOutcome { }

    /** Whether the record, as it was submitted, is stored now. */
    default boolean isStored() {
        return this instanceof Recorded || this instanceof Duplicate || this instanceof Replaced;
    }
}
