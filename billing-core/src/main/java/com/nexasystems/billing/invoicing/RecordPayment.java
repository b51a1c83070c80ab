package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records that an invoice was paid outside of the engine: in cash, by transfer. */
public final class RecordPayment {

    private final Invoices invoices;
    private final EventLog events;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RecordPayment(Invoices invoices, EventLog events, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.invoices = invoices;
        this.events = events;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * All of it. Again, it changes nothing.
     *
     * @throws InvalidValue if the service has no such invoice, or it is a draft or void
     */
    public Invoice paid(ServiceId service, InvoiceId id, Actor actor) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            Invoice invoice = invoices.claim(id).filter(found -> found.service().equals(service))
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
            if (invoice.status() == InvoiceStatus.PAID) {
                return invoice;
            }
            if (!invoice.status().canBecome(InvoiceStatus.PAID)) {
                throw new InvalidValue("payment_status", "cannot be changed; the invoice is " + invoice.status().code());
            }
            invoices.changeStatus(id, invoice.status(), InvoiceStatus.PAID);
            Invoice paid = invoice.in(InvoiceStatus.PAID);
            events.append(List.of(InvoiceEvents.of(ids.next(), EventType.INVOICE_PAYMENT_SUCCEEDED, paid, now)));
            trail.add(List.of(new AuditEntry(now, actor, "invoice.paid", id.toString(),
                    Map.of("number", invoice.number().orElseThrow()))));
            return paid;
        });
    }
}
