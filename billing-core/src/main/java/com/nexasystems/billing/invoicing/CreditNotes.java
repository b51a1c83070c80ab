package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The credit notes, and which invoices they paid. {@code CreditNotesContract} checks these rules.
 *
 * <p>CN-1 A note that was added is found by id, and among those of its invoice, or of several, exactly as it was.
 * <p>CN-2 An id is taken once: adding another note under it keeps nothing of it and leaves it out of the answer.
 * <p>CN-3 A claim by holder gives the notes of these holders that have a balance, the oldest first.
 * <p>CN-4 What one unit of work has claimed, no other claims until it has ended; a claim waits, and gives what it claims as
 * it is then, without what has no balance left.
 * <p>CN-5 An update replaces balance, what was withdrawn, and how the refund went; of a note that is not there, nothing.
 * <p>CN-6 The draws of an invoice, and those of a note, come back exactly as they were, by instant and note. A note pays an
 * invoice once: recording it again fails, and nothing of the unit of work is kept.
 * <p>CN-7 Taking back answers the draws of the invoice that stood until then, once, also of concurrent calls; from then on
 * it has none.
 * <p>CN-8 {@link #list} gives the notes of a service, or of one of its customers, the newest first, page by page.
 */
public interface CreditNotes {

    /**
     * What one note paid of one invoice.
     *
     * @param amount above zero
     * @param at     to the microsecond
     */
    record Draw(InvoiceId invoice, CreditNoteId note, Money amount, Instant at) {

        public Draw {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** @return the ids of those that were added */
    List<CreditNoteId> add(List<CreditNote> notes);

    void update(List<CreditNote> notes);

    Optional<CreditNote> find(CreditNoteId id);

    /** Those on this invoice, the oldest first. */
    List<CreditNote> of(InvoiceId invoice);

    /** Those on some invoices, the oldest first; what has no note is left out. */
    default Map<InvoiceId, List<CreditNote>> ofAll(Collection<InvoiceId> some) {
        return some.stream().distinct().flatMap(id -> of(id).stream()).collect(Collectors.groupingBy(CreditNote::invoice));
    }

    /**
     * Claims what these customers can use, for this unit of work; holders without a note cost nothing. Locks in the order of
     * the ids. Whoever claims invoices or coupons as well does so before, wallets after. Must be called inside a unit of
     * work.
     */
    List<CreditNote> claim(Collection<ServiceCustomer> holders);

    /** Claims these, with or without a balance, the oldest first. Must be called inside a unit of work. */
    List<CreditNote> claimAll(Collection<CreditNoteId> ids);

    void record(List<Draw> draws);

    /** Those that stand. */
    List<Draw> draws(InvoiceId invoice);

    /** Those that stand. */
    List<Draw> drawsOf(CreditNoteId note);

    /** Strikes out the draws of an invoice, and answers those it struck out. */
    List<Draw> takeBack(InvoiceId invoice);

    /**
     * @param customer empty for all of the service
     * @param after    the last one of the page before; empty for the first page
     */
    List<CreditNote> list(ServiceId service, Optional<CustomerId> customer, Optional<CreditNote> after, int limit);

    /** The same, by the number of the page. */
    Page<CreditNote> list(ServiceId service, Optional<CustomerId> customer, PageRequest request);
}
