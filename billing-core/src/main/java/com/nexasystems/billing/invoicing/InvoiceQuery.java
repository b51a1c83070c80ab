package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which invoices, and in which order.
 *
 * @param service      only this service's
 * @param subscription only this subscription's
 * @param dueFrom      due at or after it
 * @param dueUntil     due before or at it
 * @param after        continues after this invoice; the order must be the same
 * @param limit        at most 1 000
 */
public record InvoiceQuery(Optional<ServiceId> service, Optional<SubscriptionId> subscription, Optional<Instant> dueFrom,
                           Optional<Instant> dueUntil, Order order, Optional<Invoice> after, int limit) {

    /** Ties are broken by due date, then subscription id, then kind. */
    public enum Order { BY_DUE_DATE, LARGEST_FIRST }

    public static final InvoiceQuery ALL = new InvoiceQuery(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Order.BY_DUE_DATE, Optional.empty(), 1000);

    public InvoiceQuery {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("limit is between 1 and 1000: " + limit);
        }
    }

    public InvoiceQuery of(ServiceId only) {
        return new InvoiceQuery(Optional.of(only), subscription, dueFrom, dueUntil, order, after, limit);
    }

    public InvoiceQuery of(SubscriptionId only) {
        return new InvoiceQuery(service, Optional.of(only), dueFrom, dueUntil, order, after, limit);
    }

    public InvoiceQuery due(Instant from, Instant until) {
        return new InvoiceQuery(service, subscription, Optional.of(from), Optional.of(until), order, after, limit);
    }

    public InvoiceQuery dueSince(Instant from) {
        return new InvoiceQuery(service, subscription, Optional.of(from), dueUntil, order, after, limit);
    }

    public InvoiceQuery largestFirst() {
        return new InvoiceQuery(service, subscription, dueFrom, dueUntil, Order.LARGEST_FIRST, after, limit);
    }

    public InvoiceQuery after(Invoice last) {
        return new InvoiceQuery(service, subscription, dueFrom, dueUntil, order, Optional.of(last), limit);
    }

    public InvoiceQuery limit(int most) {
        return new InvoiceQuery(service, subscription, dueFrom, dueUntil, order, after, most);
    }
}
