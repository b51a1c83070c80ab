package com.nexasystems.billing.ledger;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which of the listed invoices are verified at their source.
 *
 * @param since  those that are settled are asked for again if they were issued on that day or later; all of them, if it is
 *               empty. Those that are new, open, held or unverified are always asked for
 * @param dryRun nothing is kept
 */
public record IngestOptions(Optional<LocalDate> since, boolean dryRun) {

    public static final IngestOptions ALL = new IngestOptions(Optional.empty(), false);

    boolean wants(Optional<IngestedInvoice> known) {
        return since.isEmpty() || known.filter(record -> record.settled() && isBefore(record, since.get())).isEmpty();
    }

    private static boolean isBefore(IngestedInvoice record, LocalDate day) {
        return record.document().flatMap(IngestedInvoice.Document::issued).filter(issued -> issued.isBefore(day)).isPresent();
    }
}
