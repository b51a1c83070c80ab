package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.DraftUpdate.Held;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Lets an operator decide what a line of a draft comes to. The decision is a line of its own, with its reason, and holds when
 * the draft is rated again; one that makes no difference any more is forgotten.
 */
public final class AdjustDraft {

    private static final int LONGEST_REASON = 255;

    private final DraftUpdate update;
    private final Corrections corrections;
    private final Invoices invoices;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public AdjustDraft(DraftUpdate update, Corrections corrections, Invoices invoices, AuditTrail trail, Clock clock,
                       UnitOfWork unitOfWork) {
        this.update = update;
        this.corrections = corrections;
        this.invoices = invoices;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param line   from 1
     * @param amount that it comes to together with its correction; of any sign
     * @throws InvalidValue              if the service has no such draft, it has no such line, or that is a correction itself
     * @throws CurrencyMismatchException if the draft is in another currency
     */
    public Invoice setAmount(ServiceId service, InvoiceId id, int line, Money amount, Actor actor, String reason) {
        InvalidValue.checkText("reason", reason, LONGEST_REASON);
        return change(service, id, line, (draft, about) -> {
            if (!amount.currency().equals(draft.currency())) {
                throw new CurrencyMismatchException(draft.currency(), amount.currency());
            }
            return corrections.correct(draft, about, amount, reason);
        }, actor, Map.of("line", Integer.toString(line), "amount", amount.toString(), "reason", reason));
    }

    /**
     * As it was calculated. Again, it changes nothing.
     *
     * @param line from 1
     * @throws InvalidValue as {@link #setAmount}
     */
    public Invoice reset(ServiceId service, InvoiceId id, int line, Actor actor) {
        return change(service, id, line, corrections::reset, actor, Map.of("line", Integer.toString(line)));
    }

    private Invoice change(ServiceId service, InvoiceId id, int line, BiFunction<Invoice, InvoiceLine, Invoice> change,
                           Actor actor, Map<String, String> details) {
        return unitOfWork.call(() -> {
            Invoice draft = held(service, id);
            if (line < 1 || line > draft.lines().size()
                    || draft.lines().get(line - 1).kind() == InvoiceLine.Kind.CORRECTION) {
                throw new InvalidValue("line", "the draft has no line " + line + " to be corrected");
            }
            Invoice changed = change.apply(draft, draft.lines().get(line - 1));
            invoices.replace(List.of(changed));
            trail.add(List.of(new AuditEntry(clock.instant(), actor, "invoice.adjusted", id.toString(), details)));
            return changed;
        });
    }

    private Invoice held(ServiceId service, InvoiceId id) {
        List<Invoice> seen = invoices.find(id).filter(own -> own.service().equals(service)).stream().toList();
        Held held = update.hold(seen, () -> invoices.find(id).stream()
                .filter(own -> own.service().equals(service) && own.status() == InvoiceStatus.DRAFT).toList());
        return held.current().stream().findFirst()
                .orElseThrow(() -> new InvalidValue("invoice", "there is no such draft: " + id));
    }
}
