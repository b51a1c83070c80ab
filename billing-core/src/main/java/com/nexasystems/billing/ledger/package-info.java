/**
 * The ledger: real invoices, verified at their source, become books that balance.
 *
 * <p>Invariants: an entry that does not balance does not exist; a posted entry never changes; nothing is booked that its
 * source does not vouch for, and with no other figure than the source's; one fact of one invoice is booked once. Does not own
 * issuing or collecting: our own invoices are one more source. Begin reading at {@link com.nexasystems.billing.ledger.Ingest};
 * what becomes of an invoice's facts is written in {@link com.nexasystems.billing.ledger.Bookkeeping}.
 */
package com.nexasystems.billing.ledger;
