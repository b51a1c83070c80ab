package com.nexasystems.billing.ledger;

import java.util.Optional;

/**
 * Whether the posted entries are what was posted.
 *
 * @param entries how many were looked at, until the first bad one
 * @param chain   the last good entry's link: keep it elsewhere, and nobody can rewrite what is before it unseen
 * @param bad     the first entry that is not what was posted; empty if all are
 */
public record Verification(long entries, String chain, Optional<Bad> bad) {

    /**
     * What is wrong.
     *
     * @param sequence where in the journal
     * @param entry    which entry, as far as it can be read
     */
    public record Bad(long sequence, Optional<EntryKey> entry, String problem) { }
}
