package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Withdraws an issued invoice. It keeps its number, and its period is not billed again: usage that comes late for it is
 * billed as the difference to what the withdrawn invoice said.
 */
public final class VoidInvoice {

    private final Invoices invoices;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public VoidInvoice(Invoices invoices, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.invoices = invoices;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @throws InvalidValue if the service has no such invoice, or it is a draft, paid or void already */
    public Invoice withdraw(ServiceId service, InvoiceId id, Actor actor, String reason) {
        return unitOfWork.call(() -> {
            Invoice invoice = invoices.find(id).filter(found -> found.service().equals(service))
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
            if (!invoice.status().canBecome(InvoiceStatus.VOID)
                    || !invoices.changeStatus(id, invoice.status(), InvoiceStatus.VOID)) {
                throw new InvalidValue("status", "only a finalised, unpaid invoice can be voided; this one is "
                        + invoice.status().code());
            }
            trail.add(List.of(new AuditEntry(clock.instant(), actor, "invoice.voided", id.toString(),
                    Map.of("number", invoice.number().orElse(""), "reason", reason))));
            return invoices.find(id).orElseThrow();
        });
    }
}
