package com.nexasystems.billing.ledger;

/**
 * An entry that waits for a person to post it.
 *
 * @param evidence {@link Evidence#sha256} of what it was derived from
 */
public record Draft(JournalEntry entry, String evidence) { }
