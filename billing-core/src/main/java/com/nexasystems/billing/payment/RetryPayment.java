package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Tries an open invoice again, because somebody asks for it: the customer has another card, say. The next run of
 * {@link Collect} makes the attempt. It counts as the next one of the dunning plan; if that is over, it is one attempt more,
 * and the invoice stays failed until it is paid. Also for a customer who is not known to the provider: that is declined.
 */
public final class RetryPayment {

    private final Payments payments;
    private final Settle settle;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RetryPayment(Payments payments, Settle settle, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.payments = payments;
        this.settle = settle;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** The provider is being asked for the invoice already. */
    public static final class AlreadyAsked extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        AlreadyAsked(Invoice invoice) {
            super("the payment provider is asked for invoice " + invoice.number().orElseThrow() + " already");
        }
    }

    /**
     * @throws InvalidValue if the service has no such invoice, or nothing is to be paid of it
     * @throws AlreadyAsked if an attempt is open
     */
    public InvoiceCollection again(ServiceId service, InvoiceId id, Actor actor) {
        return unitOfWork.call(() -> {
            Invoice invoice = settle.claim(id).filter(found -> found.service().equals(service))
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
            if (invoice.status() != InvoiceStatus.FINALISED || settle.due(invoice).isZero()) {
                throw new InvalidValue("status", "nothing is to be paid of it; the invoice is " + invoice.status().code());
            }
            if (settle.isAsked(id)) {
                throw new AlreadyAsked(invoice);
            }
            Instant now = clock.instant();
            InvoiceCollection again = payments.collection(id).orElseGet(() -> InvoiceCollection.of(invoice, now)).again(now);
            payments.update(again);
            trail.add(List.of(new AuditEntry(now, actor, "invoice.payment_retried", id.toString(),
                    Map.of("number", invoice.number().orElseThrow()))));
            return again;
        });
    }
}
