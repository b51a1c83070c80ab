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
 * Withdraws what is not used of a credit note. If that is all of it, the note is as if it had never been: what it gave back
 * of the invoice can be given back anew.
 */
public final class VoidCreditNote {

    private final CreditNotes notes;
    private final Invoices invoices;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public VoidCreditNote(CreditNotes notes, Invoices invoices, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.notes = notes;
        this.invoices = invoices;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @throws InvalidValue if the service has no such note, or nothing of it is left */
    public CreditNote withdraw(ServiceId service, CreditNoteId id, Actor actor) {
        return unitOfWork.call(() -> {
            CreditNote seen = notes.find(id).filter(note -> note.holder().service().equals(service))
                    .orElseThrow(() -> new InvalidValue("credit_note", "does not exist: " + id));
            invoices.claim(seen.invoice());
            CreditNote note = notes.claimAll(List.of(id)).get(0);
            if (note.balance().isZero()) {
                throw new InvalidValue("balance", "nothing is left of credit note " + note.number());
            }
            notes.update(List.of(note.voided()));
            trail.add(List.of(new AuditEntry(clock.instant(), actor, "credit_note.voided", id.toString(),
                    Map.of("number", note.number(), "withdrawn", note.balance().toString()))));
            return note.voided();
        });
    }
}
