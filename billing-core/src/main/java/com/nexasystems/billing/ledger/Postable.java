package com.nexasystems.billing.ledger;

/**
 * A draft that is to be posted, and what its gate looks at.
 *
 * @param record what is known of its invoice now
 * @param lock   what is locked
 */
public record Postable(Draft draft, IngestedInvoice record, PeriodLock lock) { }
