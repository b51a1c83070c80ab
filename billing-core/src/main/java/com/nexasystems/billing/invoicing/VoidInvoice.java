package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Withdraws an issued invoice, and gives back the coupons, credit notes and prepaid credits that it took. It keeps its
 * number, and its period is not billed again: usage that comes late for it is billed as the difference to what the
 * withdrawn invoice said.
 */
public final class VoidInvoice {

    private final Invoices invoices;
    private final CreditNotes notes;
    private final Settlement settlement;
    private final IssueCreditNote issueCreditNote;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public VoidInvoice(Invoices invoices, CreditNotes notes, Settlement settlement, IssueCreditNote issueCreditNote,
                       AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.invoices = invoices;
        this.notes = notes;
        this.settlement = settlement;
        this.issueCreditNote = issueCreditNote;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * For an invoice that is not paid.
     *
     * @throws InvalidValue if the service has no such invoice, or it is a draft, paid or void already; if something of it is
     *                      credited or refunded by a credit note
     */
    public Invoice withdraw(ServiceId service, InvoiceId id, Actor actor, String reason) {
        return unitOfWork.call(() -> {
            Invoice invoice = claimed(service, id);
            if (invoice.status() != InvoiceStatus.FINALISED) {
                throw new InvalidValue("status", "only a finalised, unpaid invoice can be voided; this one is "
                        + invoice.status().code());
            }
            if (!invoice.paid().isZero()) {
                throw new InvalidValue("status", "of this invoice " + invoice.paid() + " is paid; void it with a credit note");
            }
            notes.of(id).stream().filter(note -> !note.isUndone()).forEach(this::undo);
            settlement.restore(id);
            return voided(invoice, actor, reason);
        });
    }

    /**
     * Together with a credit note over all that was not given back before: what is still to be paid is offset, and the rest
     * goes to the balance, or is refunded. Also for an invoice that is paid. The credit notes and prepaid credits that it
     * took are not restored, since the note gives back what they paid; the coupons are.
     *
     * @param refund how much of what was paid is refunded
     * @throws InvalidValue if the service has no such invoice, or it is a draft or void already; if less was paid
     */
    public Invoice withdrawCrediting(ServiceId service, InvoiceId id, Money refund, Actor actor, String reason) {
        return unitOfWork.call(() -> {
            Invoice invoice = claimed(service, id);
            if (!invoice.status().canBecome(InvoiceStatus.VOID)) {
                throw new InvalidValue("status", "cannot be voided; the invoice is " + invoice.status().code());
            }
            // Coupons before the counter of credit notes, as whoever finalises does: or the two would wait for each other.
            settlement.restoreCoupons(id);
            issueCreditNote.giveBack(invoice, refund, actor);
            return voided(invoice, actor, reason);
        });
    }

    private Invoice claimed(ServiceId service, InvoiceId id) {
        return invoices.claim(id).filter(found -> found.service().equals(service))
                .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
    }

    /** The note that holds what an invoice came to below zero goes with it; any other has to be voided first. */
    private void undo(CreditNote seen) {
        CreditNote note = notes.claimAll(List.of(seen.id())).get(0);
        boolean offsets = note.given().offset().equals(note.total());
        if (note.items().isEmpty() && note.balance().equals(note.total())) {
            notes.update(List.of(note.voided()));
        } else if (!offsets) {
            throw new InvalidValue("invoice", "credit note " + note.number() + " gives back something of it");
        }
    }

    private Invoice voided(Invoice invoice, Actor actor, String reason) {
        invoices.changeStatus(invoice.id(), invoice.status(), InvoiceStatus.VOID);
        trail.add(List.of(new AuditEntry(clock.instant(), actor, "invoice.voided", invoice.id().toString(),
                Map.of("number", invoice.number().orElseThrow(), "reason", reason))));
        return invoice.in(InvoiceStatus.VOID);
    }
}
