package com.nexasystems.billing.invoicing;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The lines of drafts that are held. {@code LineHoldsContract} checks these rules.
 *
 * <p>LH-1 A hold that was added is found with its invoice, exactly as it was; those of an invoice come by line.
 * <p>LH-2 A line is held once: adding another hold answers false, and changes nothing.
 * <p>LH-3 A line that was released is not held; other lines, and those of other invoices, still are.
 */
public interface LineHolds {

    /** @return false if the line is held */
    boolean add(LineHold hold);

    /** @return false if the line was not held */
    boolean release(InvoiceId invoice, String line);

    /** Invoices without held lines are left out. */
    Map<InvoiceId, List<LineHold>> of(Collection<InvoiceId> invoices);
}
