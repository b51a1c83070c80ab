package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.IngestedInvoice.UnmatchedLine;
import java.util.List;

/** What the facts of an invoice come to in the books. */
sealed interface Booking {

    /**
     * It is booked.
     *
     * @param entries of the first revision, by key
     * @param settled whether nothing more is expected of it
     */
    record Booked(List<JournalEntry> entries, List<UnmatchedLine> unmatched, boolean settled) implements Booking { }

    /** It is not to be booked. */
    record Skipped(Reason reason, boolean settled) implements Booking { }

    /** It cannot be booked exactly. */
    record Held(Reason reason) implements Booking { }
}
