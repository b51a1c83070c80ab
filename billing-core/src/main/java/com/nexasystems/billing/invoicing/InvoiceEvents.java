package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import java.time.Instant;
import java.util.HashMap;
import java.util.UUID;

/** What receivers are told of an invoice. */
final class InvoiceEvents {

    private InvoiceEvents() {
    }

    static BillingEvent of(UUID id, EventType type, Invoice invoice, Instant now) {
        var data = new HashMap<String, String>();
        data.put("invoice_id", invoice.id().toString());
        invoice.billed().ifPresent(billed -> {
            data.put("subscription_id", billed.id().toString());
            data.put("external_id", billed.externalId());
        });
        data.put("total", invoice.total().amount().toPlainString());
        data.put("currency", invoice.currency().getCurrencyCode());
        data.put("status", invoice.status().code());
        invoice.number().ifPresent(number -> data.put("number", number));
        return new BillingEvent(id, type, invoice.service(), invoice.reason().subject(), now, data);
    }
}
