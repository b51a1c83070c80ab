package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Keeps how the refund of a credit note went. One that failed may be tried again; one that succeeded stays so. */
public final class RecordRefund {

    private final CreditNotes notes;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RecordRefund(CreditNotes notes, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.notes = notes;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * The money has come back, although it had been refunded: the payer's bank would not take it.
     *
     * @throws InvalidValue if the service has no such note, or it has no refund
     */
    public CreditNote sentBack(ServiceId service, CreditNoteId id, Actor actor) {
        return unitOfWork.call(() -> {
            CreditNote note = claimed(service, id);
            return refund(note) == RefundStatus.FAILED ? note : kept(note, RefundStatus.FAILED, actor);
        });
    }

    /**
     * The same outcome again changes nothing.
     *
     * @throws InvalidValue if the service has no such note, it has no refund, or that has succeeded
     */
    public CreditNote record(ServiceId service, CreditNoteId id, RefundStatus outcome, Actor actor) {
        return unitOfWork.call(() -> {
            CreditNote note = claimed(service, id);
            RefundStatus before = refund(note);
            if (before == outcome) {
                return note;
            }
            if (before == RefundStatus.SUCCEEDED) {
                throw new InvalidValue("refund_status", "the refund of " + note.number() + " has succeeded already");
            }
            return kept(note, outcome, actor);
        });
    }

    private CreditNote claimed(ServiceId service, CreditNoteId id) {
        return notes.claimAll(List.of(id)).stream().filter(own -> own.holder().service().equals(service))
                .findFirst().orElseThrow(() -> new InvalidValue("credit_note", "does not exist: " + id));
    }

    private static RefundStatus refund(CreditNote note) {
        return note.refund()
                .orElseThrow(() -> new InvalidValue("refund_status", "credit note " + note.number() + " has no refund"));
    }

    private CreditNote kept(CreditNote note, RefundStatus outcome, Actor actor) {
        notes.update(List.of(note.refunded(outcome)));
        trail.add(List.of(new AuditEntry(clock.instant(), actor, "credit_note.refund_" + outcome.code(),
                note.id().toString(), Map.of("number", note.number(), "refund", note.given().refund().toString()))));
        return note.refunded(outcome);
    }
}
