package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.CreditNote.Reason;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxAmount;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives back an issued invoice, or some of it. However many notes there are on an invoice, also issued at once, they never
 * give back more than it came to; together they come to it to the minor unit.
 */
public final class IssueCreditNote {

    private static final int LONGEST_KEY = 255;

    private final CreditNotes notes;
    private final Invoices invoices;
    private final Customers customers;
    private final Numbering numbering;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public IssueCreditNote(CreditNotes notes, Invoices invoices, Customers customers, Numbering numbering, AuditTrail trail,
                           Clock clock, UnitOfWork unitOfWork) {
        this.notes = notes;
        this.invoices = invoices;
        this.customers = customers;
        this.numbering = numbering;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What is to be given back.
     *
     * @param key         the caller's own; under the same key an invoice has one note
     * @param description for people; may be empty
     * @param given       as much as the items come to, taxes included: {@link #estimate} tells
     */
    public record Request(InvoiceId invoice, String key, Reason reason, String description, List<Item> items, Given given) {

        public Request {
            InvalidValue.checkText("key", key, LONGEST_KEY);
            items = List.copyOf(items);
        }
    }

    /**
     * What some items come to.
     *
     * @param mostCredit to the balance
     * @param mostRefund of what was paid
     * @param mostOffset of what is still to be paid
     */
    public record Estimate(List<Item> items, Money discount, List<TaxAmount> taxes, Money total, Money mostCredit,
                           Money mostRefund, Money mostOffset) { }

    /**
     * Stores nothing.
     *
     * @throws InvalidValue as {@link #issue}
     */
    public Estimate estimate(ServiceId service, InvoiceId id, List<Item> items) {
        return unitOfWork.call(() -> {
            Creditable creditable = creditable(service, invoices.find(id), id);
            Creditable.Amounts amounts = creditable.amounts(items);
            Money total = amounts.total();
            return new Estimate(items, amounts.discount(), amounts.taxes(), total, total,
                    smaller(total, creditable.refundable()), smaller(total, creditable.due()));
        });
    }

    private static Money smaller(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /**
     * The same key again answers the note that was issued.
     *
     * @throws InvalidValue if the service has no such invoice, it was not issued, or is void, or sold prepaid credits; if of
     *                      a line, of what was paid, or of what is to be paid less is left; if the items come to another
     *                      amount than what is to be given; if the key was used for another note
     */
    public CreditNote issue(ServiceId service, Request request, Actor actor) {
        return unitOfWork.call(() -> {
            Creditable creditable = creditable(service, invoices.claim(request.invoice()), request.invoice());
            CreditNoteId id = CreditNoteId.of(request.invoice(), "caller/" + request.key());
            Optional<CreditNote> before = notes.find(id);
            return before.isPresent() ? same(before.get(), request)
                    : issued(creditable, id, request, actor);
        });
    }

    private static CreditNote same(CreditNote before, Request request) {
        if (!before.items().equals(request.items()) || !before.given().equals(request.given())) {
            throw new InvalidValue("key", "was used for another credit note: " + before.number());
        }
        return before;
    }

    private CreditNote issued(Creditable creditable, CreditNoteId id, Request request, Actor actor) {
        Creditable.Amounts amounts = creditable.amounts(request.items());
        check(creditable, amounts.total(), request.given());
        Invoice invoice = creditable.invoice();
        CreditNote note = note(invoice, id, request.reason(), request.description(), request.items(), amounts.discount(),
                amounts.taxes(), request.given());
        notes.add(List.of(note));
        trail.add(List.of(new AuditEntry(note.issuedAt(), actor, "credit_note.issued", id.toString(),
                Map.of("number", note.number(), "invoice", invoice.number().orElseThrow(), "total", note.total().toString(),
                        "reason", note.reason().code()))));
        return note;
    }

    private static void check(Creditable creditable, Money total, Given given) {
        if (!given.total().equals(total)) {
            throw new InvalidValue("amount", "credit, refund and offset come to " + given.total() + ", the items to "
                    + total);
        }
        if (given.refund().compareTo(creditable.refundable()) > 0 && !given.refund().isZero()) {
            throw new InvalidValue("refund_amount", "of what was paid there is left " + creditable.refundable());
        }
        if (given.offset().compareTo(creditable.due()) > 0 && !given.offset().isZero()) {
            throw new InvalidValue("offset_amount", "of the invoice there is to be paid " + creditable.due());
        }
    }

    /** Gives back all that is left: what is unpaid as an offset, that much as a refund, the rest to the balance. */
    Optional<CreditNote> giveBack(Invoice claimed, Money refund, Actor actor) {
        var creditable = new Creditable(claimed, notes.of(claimed.id()));
        if (creditable.total().isZero()) {
            return Optional.empty();
        }
        Money total = creditable.amounts(creditable.rest()).total();
        Money offset = smaller(total, creditable.due());
        Money credit = total.minus(offset).minus(refund);
        if (credit.isNegative()) {
            throw new InvalidValue("refund_amount", "there is left " + total.minus(offset));
        }
        String key = "void";
        var request = new Request(claimed.id(), key, Reason.OTHER, "", creditable.rest(), new Given(credit, refund, offset));
        return Optional.of(issued(creditable, CreditNoteId.of(claimed.id(), key), request, actor));
    }

    /**
     * The note that holds what an invoice came to below zero.
     *
     * @param refund whether it is refunded, as far as something was paid of the invoices that it gives back of; the rest is
     *               credited
     */
    CreditNote belowZero(Invoice invoice, boolean refund) {
        Money amount = invoice.total().negated();
        Money zero = Money.zero(invoice.currency());
        Money paid = refund ? paid(invoice) : zero;
        Money refunded = paid.compareTo(amount) < 0 ? paid : amount;
        CreditNote note = note(invoice, CreditNoteId.of(invoice.id(), "total"), refund ? Reason.ORDER_CANCELLATION
                : Reason.OTHER, "", List.of(), zero, List.of(), new Given(amount.minus(refunded), refunded, zero));
        notes.add(List.of(note));
        return note;
    }

    /** What was paid for the subscriptions that something is given back of, and is not refunded yet. */
    private Money paid(Invoice negative) {
        return negative.lines().stream().filter(line -> line.amount().isNegative())
                .flatMap(line -> line.origin().map(LineOrigin::subscription).or(negative::subscription).stream()).distinct()
                .flatMap(subscription -> invoices.list(InvoiceQuery.ALL.of(subscription)).stream())
                .map(this::stillPaid).reduce(Money.zero(negative.currency()), Money::plus);
    }

    private Money stillPaid(Invoice invoice) {
        Money zero = Money.zero(invoice.currency());
        boolean together = invoice.status() == InvoiceStatus.REGROUPED;
        boolean groupIsPaid = together && invoice.number().flatMap(invoices::findByNumber)
                .filter(group -> group.status() == InvoiceStatus.PAID).isPresent();
        Money paid = groupIsPaid ? invoice.total() : invoice.paid();
        Money left = notes.of(invoice.id()).stream().map(note -> note.given().refund()).reduce(paid, Money::minus);
        return left.isNegative() ? zero : left;
    }

    private CreditNote note(Invoice invoice, CreditNoteId id, Reason reason, String description, List<Item> items,
                            Money discount, List<TaxAmount> taxes, Given given) {
        Instant now = clock.instant();
        Customer customer = customers.find(invoice.customer()).orElseThrow();
        return new CreditNote(id, invoice.id(), new ServiceCustomer(invoice.service(), invoice.customer()),
                numbering.next(invoice.service(), Series.CREDIT_NOTE, 1).get(0), reason, description,
                now.atZone(customer.zone()).toLocalDate(), now, items, discount, taxes, given, given.credit(),
                Money.zero(invoice.currency()),
                given.refund().isZero() ? Optional.empty() : Optional.of(RefundStatus.PENDING));
    }

    private Creditable creditable(ServiceId service, Optional<Invoice> found, InvoiceId id) {
        Invoice invoice = found.filter(own -> own.service().equals(service))
                .orElseThrow(() -> new InvalidValue("invoice_id", "does not exist: " + id));
        if (!invoice.status().isUnpaid() && invoice.status() != InvoiceStatus.PAID) {
            throw new InvalidValue("invoice_id", "only what was issued and is not void is given back; this one is "
                    + invoice.status().code());
        }
        if (invoice.reason().kind() == InvoiceReason.Kind.CREDITS) {
            throw new InvalidValue("invoice_id", "sold prepaid credits, which are given back from their wallet");
        }
        return new Creditable(invoice, notes.of(id));
    }
}
