package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that an invoice was paid outside of the engine, in whole or in part: in cash, by transfer. While a provider is
 * being asked for it, nothing is recorded: its answer may be that it has the money.
 */
public final class RecordPayment {

    private static final int LONGEST_REFERENCE = 255;

    private final Payments payments;
    private final Settle settle;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RecordPayment(Payments payments, Settle settle, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.payments = payments;
        this.settle = settle;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * All of it. Again, it changes nothing.
     *
     * @throws InvalidValue if the service has no such invoice, it is a draft or void, or it is for credits of a wallet that
     *                      was terminated meanwhile: pay it back
     */
    public Invoice paid(ServiceId service, InvoiceId id, Actor actor) {
        return unitOfWork.call(() -> {
            Invoice invoice = claimed(service, id);
            if (invoice.status() == InvoiceStatus.PAID) {
                return invoice;
            }
            checkOpen(invoice);
            Money due = settle.due(invoice);
            if (!due.isZero()) {
                add(invoice, due, "manual-" + ids.next(), Optional.empty());
            }
            return kept(invoice, due, actor);
        });
    }

    /**
     * A part of it, or all.
     *
     * @param reference what the service calls the payment, unique among those of the invoice: one transfer may pay several;
     *                  the same again changes nothing
     * @throws InvalidValue as {@link #paid}; if the amount is not above zero, is more than is open, or in another currency;
     *                      if the reference is taken by another payment of the invoice
     */
    public Payment received(ServiceId service, InvoiceId id, Money amount, String reference, Actor actor) {
        return received(service, id, amount, reference, Optional.empty(), actor);
    }

    /**
     * The same of money that has arrived earlier.
     *
     * @param at when, to the microsecond and not in the future; empty means now
     */
    public Payment received(ServiceId service, InvoiceId id, Money amount, String reference, Optional<Instant> at,
                            Actor actor) {
        if (at.filter(clock.instant()::isBefore).isPresent()) {
            throw new InvalidValue("paid_at", "is in the future: " + at.get());
        }
        InvalidValue.checkText("reference", reference, LONGEST_REFERENCE);
        String own = Payment.manualReference(id, reference);
        return unitOfWork.call(() -> {
            Invoice invoice = claimed(service, id);
            Optional<Payment> before = payments.findByReference(own);
            if (before.isPresent()) {
                return before.filter(known -> known.amount().equals(amount))
                        .orElseThrow(() -> new InvalidValue("reference", "is taken by another payment of this invoice: " + reference));
            }
            checkOpen(invoice);
            checkAmount(amount, invoice);
            Payment payment = add(invoice, amount, own, at);
            kept(invoice, amount, actor);
            return payment;
        });
    }

    private Invoice claimed(ServiceId service, InvoiceId id) {
        return settle.claim(id).filter(found -> found.service().equals(service))
                .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
    }

    private void checkOpen(Invoice invoice) {
        if (!invoice.status().canBecome(InvoiceStatus.PAID)) {
            throw new InvalidValue("payment_status", "cannot be changed; the invoice is " + invoice.status().code());
        }
        if (settle.isAsked(invoice.id())) {
            throw new InvalidValue("payment_status", "cannot be changed while the payment provider is asked for it");
        }
    }

    private void checkAmount(Money amount, Invoice invoice) {
        if (!amount.currency().equals(invoice.currency())) {
            throw new InvalidValue("amount_currency", "is " + invoice.currency() + ", as the invoice's");
        }
        Money due = settle.due(invoice);
        if (amount.amount().signum() <= 0 || amount.compareTo(due) > 0) {
            throw new InvalidValue("amount_cents", "is above zero and at most what is open: " + due);
        }
    }

    private Payment add(Invoice invoice, Money amount, String reference, Optional<Instant> at) {
        Instant now = clock.instant();
        var holder = new ServiceCustomer(invoice.service(), invoice.customer());
        var payment = new Payment(new PaymentId(ids.next()), invoice.id(), holder, payments.of(invoice.id()).size() + 1,
                Method.MANUAL, reference, Optional.empty(), Optional.empty(), amount, Status.SUCCEEDED, Optional.empty(),
                amount, Optional.empty(), Optional.empty(), at.orElse(now), now);
        if (!payments.add(payment)) {
            // Of another invoice, and recorded at this moment.
            throw new InvalidValue("reference", "is taken by another payment");
        }
        return payment;
    }

    private Invoice kept(Invoice invoice, Money amount, Actor actor) {
        Invoice after = settle.pay(invoice, amount).invoice();
        trail.add(List.of(new AuditEntry(clock.instant(), actor, after.status() == InvoiceStatus.PAID ? "invoice.paid"
                : "invoice.partly_paid", invoice.id().toString(),
                Map.of("number", invoice.number().orElseThrow(), "amount", amount.toString()))));
        return after;
    }
}
