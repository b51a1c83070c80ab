package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Holds a line of a draft, so that the draft is not finalised; and lets it go again. */
public final class HoldLine {

    private final DraftUpdate update;
    private final Invoices invoices;
    private final Services services;
    private final LineHolds holds;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public HoldLine(DraftUpdate update, Invoices invoices, Services services, LineHolds holds, AuditTrail trail, Clock clock,
                    UnitOfWork unitOfWork) {
        this.update = update;
        this.invoices = invoices;
        this.services = services;
        this.holds = holds;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Again, it changes nothing.
     *
     * @param line from 1
     * @throws InvalidValue if the service has no such draft or does not ask for complete invoices, or there is no such line
     */
    public void hold(ServiceId service, InvoiceId id, int line, Actor by, String reason) {
        unitOfWork.run(() -> {
            if (services.find(service).filter(Service::completeInvoices).isEmpty()) {
                throw new InvalidValue("service", "does not ask for complete invoices, so that nothing of it can be held");
            }
            Instant now = clock.instant();
            String description = line(draft(service, id), line);
            if (holds.add(new LineHold(id, description, reason, by, now))) {
                trail.add(List.of(new AuditEntry(now, by, "invoice.line_held", id.toString(),
                        Map.of("line", description, "reason", reason))));
            }
        });
    }

    /**
     * Again, it changes nothing.
     *
     * @param line from 1
     * @throws InvalidValue if the service has no such draft, or it has no such line
     */
    public void release(ServiceId service, InvoiceId id, int line, Actor by) {
        unitOfWork.run(() -> {
            String description = line(draft(service, id), line);
            if (holds.release(id, description)) {
                trail.add(List.of(new AuditEntry(clock.instant(), by, "invoice.line_released", id.toString(),
                        Map.of("line", description))));
            }
        });
    }

    private static String line(Invoice draft, int line) {
        if (line < 1 || line > draft.lines().size()) {
            throw new InvalidValue("line", "the draft has no line " + line);
        }
        return draft.lines().get(line - 1).description();
    }

    private Invoice draft(ServiceId service, InvoiceId id) {
        List<Invoice> seen = draftIfAny(service, id);
        return update.hold(seen, () -> draftIfAny(service, id)).current().stream().findFirst()
                .orElseThrow(() -> new InvalidValue("invoice", "there is no such draft: " + id));
    }

    private List<Invoice> draftIfAny(ServiceId service, InvoiceId id) {
        return invoices.find(id).filter(own -> own.service().equals(service) && own.status() == InvoiceStatus.DRAFT).stream()
                .toList();
    }
}
