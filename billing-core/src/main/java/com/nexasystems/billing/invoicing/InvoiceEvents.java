package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What receivers are told of invoices: which one, of whom, how much, and of the subscription what runs on it now and in which
 * state it is. Amounts are in the major unit of the invoice's currency. {@code amount_due} is what is still to be paid; a draft, and what has been paid, has
 * none.
 */
public final class InvoiceEvents {

    private final Ids ids;
    private final Instant now;
    private final Map<SubscriptionId, Subscription> subscriptions;

    /** @param subscriptions those of the invoices, as they are after what happened; of one that is missing, less is told */
    public InvoiceEvents(Ids ids, Instant now, Collection<Subscription> subscriptions) {
        this.ids = ids;
        this.now = now;
        this.subscriptions = subscriptions.stream().collect(Collectors.toMap(Subscription::id, Function.identity()));
    }

    /** One event, under the subscription that the invoice is for, or else under its customer. */
    BillingEvent of(EventType type, Invoice invoice) {
        return of(type, invoice, Optional.empty());
    }

    /** The same of one that was issued just now: only credits have paid of it. */
    BillingEvent finalised(Invoice invoice) {
        return of(EventType.INVOICE_FINALIZED, invoice, Optional.of(invoice.payable()));
    }

    /**
     * An event for each subscription whose lines are on the invoice, so that each can be acted upon in the order of its own
     * sequence numbers; as {@link #of} if that is one, or none.
     */
    public List<BillingEvent> toEach(EventType type, Invoice invoice) {
        return toEach(type, invoice, Optional.empty());
    }

    /** The same of one that is not paid. */
    public List<BillingEvent> toEach(EventType type, Invoice invoice, Money due) {
        return toEach(type, invoice, Optional.of(due));
    }

    private List<BillingEvent> toEach(EventType type, Invoice invoice, Optional<Money> due) {
        List<LineOrigin> origins = invoice.origins();
        return origins.isEmpty() ? List.of(of(type, invoice, due)) : origins.stream()
                .map(origin -> event(type, invoice, origin.subscription().value(), due,
                        names(origin.subscription(), origin.externalId()))).toList();
    }

    private BillingEvent of(EventType type, Invoice invoice, Optional<Money> due) {
        return event(type, invoice, invoice.reason().subject(), due,
                invoice.billed().map(billed -> names(billed.id(), billed.externalId())).orElse(Map.of()));
    }

    private Map<String, String> names(SubscriptionId id, String externalId) {
        return Optional.ofNullable(subscriptions.get(id)).map(Subscription::told)
                .orElse(Map.of("subscription_id", id.toString(), "external_id", externalId));
    }

    private BillingEvent event(EventType type, Invoice invoice, UUID subject, Optional<Money> due,
                               Map<String, String> names) {
        var data = new HashMap<>(names);
        data.put("invoice_id", invoice.id().toString());
        data.put("customer_id", invoice.customer().toString());
        data.put("total", invoice.total().amount().toPlainString());
        data.put("currency", invoice.currency().getCurrencyCode());
        data.put("status", invoice.status().code());
        invoice.number().ifPresent(number -> data.put("number", number));
        due.ifPresent(amount -> data.put("amount_due", amount.amount().toPlainString()));
        return new BillingEvent(ids.next(), type, invoice.service(), subject, now, data);
    }
}
