package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The invoices. {@code InvoicesContract} checks these rules.
 *
 * <p>IN-1 An invoice that was added is found by id, alone and among others, and, once it has one, by number, with every
 * line, step and tax exactly as it was.
 * <p>IN-2 A reason is taken once, also by concurrent units of work: adding another invoice of it keeps nothing and leaves
 * it out of the answer.
 * <p>IN-3 Replacing changes a draft; of any other invoice it changes nothing and leaves it out of the answer.
 * <p>IN-4 Finalising gives a draft its number, and the status it is handed in with; of any other invoice it changes nothing
 * and leaves it out of the answer. The number finds the invoice that was issued under it, not those regrouped into it.
 * <p>IN-5 A status changes only from the one that was expected.
 * <p>IN-6 {@link #list} filters, orders and continues as {@link InvoiceQuery} says, without gap or repetition.
 * <p>IN-7 {@link #billing} gives every invoice that bills usage of a stretch: as its own period, as an adjustment, or
 * before it was over.
 * <p>IN-8 {@link #drafts} gives drafts due at or before an instant, by due date, subscription id and kind, whatever their
 * number.
 * <p>IN-9 {@link #usageBilled} adds up all lines for usage, whatever became of their invoices.
 * <p>IN-10 What one unit of work has claimed, no other claims until it has ended; a claim waits, and gives the invoice as it
 * is then.
 * <p>IN-11 {@link #draftsOf} gives all drafts of some customers that are due at or before an instant, in the order of
 * {@link #drafts}.
 * <p>IN-12 A search gives what {@link InvoiceSearch} says, the latest due first, then by id, page by page, with their number.
 * <p>IN-13 Paying keeps what has been paid of an invoice, and its status, if it is in the status that was expected; else it
 * changes nothing and answers false.
 */
public interface Invoices {

    /** @return the ids of those that were added */
    List<InvoiceId> add(List<Invoice> drafts);

    /** @return the ids of those that were replaced */
    List<InvoiceId> replace(List<Invoice> drafts);

    /** @return the ids of those that were finalised */
    List<InvoiceId> finalise(List<Invoice> numbered);

    /** @return false if the invoice is not in the expected status */
    boolean changeStatus(InvoiceId id, InvoiceStatus expected, InvoiceStatus next);

    /**
     * @param paid all that has been paid of it by now
     * @return false if the invoice is not in the expected status
     */
    boolean pay(InvoiceId id, InvoiceStatus expected, Money paid, InvoiceStatus next);

    Optional<Invoice> find(InvoiceId id);

    /** Those of some invoices that are there. */
    default Map<InvoiceId, Invoice> findAll(Collection<InvoiceId> some) {
        return some.stream().distinct().flatMap(id -> find(id).stream())
                .collect(Collectors.toMap(Invoice::id, Function.identity()));
    }

    /**
     * Claims it for this unit of work. Whoever claims coupons, credit notes or wallets as well does so afterwards. Must be
     * called inside a unit of work.
     */
    Optional<Invoice> claim(InvoiceId id);

    Optional<Invoice> findByNumber(String number);

    List<Invoice> list(InvoiceQuery query);

    Page<Invoice> search(InvoiceSearch search, PageRequest request);

    /** @param after the last one of the page before; empty for the first page */
    List<Invoice> drafts(Instant dueUntil, Optional<Invoice> after, int limit);

    List<Invoice> draftsOf(Collection<CustomerId> customers, Instant dueUntil);

    /** The invoices, drafts among them, that bill usage of one of these stretches; by due date, subscription and kind. */
    List<Invoice> billing(Collection<Stretch> stretches);

    /** By subscription; one that no invoice bills usage of is left out. */
    Map<SubscriptionId, Money> usageBilled(Collection<SubscriptionId> subscriptions);
}
