package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.stripe.StripeTaxes.Stated;
import com.stripe.model.CreditNoteCollection;
import com.stripe.model.Invoice;
import com.stripe.model.Invoice.StatusTransitions;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoiceLineItemCollection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what Stripe has answered of an invoice. Pure: the same documents give the same facts. */
final class StripeFacts {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_NUMBER = 100;

    private final StripePages pages;
    private final Invoice invoice;
    private final StripeFields fields;
    private final State state;
    private final StatusTransitions transitions;

    private StripeFacts(Evidence evidence) {
        pages = new StripePages(evidence);
        invoice = pages.one("invoice", Invoice.class);
        if (!evidence.invoice().equals(invoice.getId())) {
            throw new InvalidValue("id", "is another: " + invoice.getId());
        }
        fields = new StripeFields(StripeFields.given("currency", invoice.getCurrency()));
        state = state(StripeFields.given("status", invoice.getStatus()));
        transitions = Optional.ofNullable(invoice.getStatusTransitions()).orElseGet(StatusTransitions::new);
    }

    /** @throws InvalidValue if something is missing, or is not what Stripe answers */
    static InvoiceFacts read(Evidence evidence) {
        try {
            return new StripeFacts(evidence).facts();
        } catch (InvalidValue e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidValue("invoice", "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private InvoiceFacts facts() {
        List<InvoiceLineItem> items = pages.all(invoice.getLines(), "lines", InvoiceLineItemCollection.class);
        var reader = new StripeLines(fields);
        List<Line> lines = reader.read(items);
        var notes = new StripeNotes(pages, fields, invoice.getId());
        var payments = new StripePayments(pages, fields, invoice);
        List<CreditNote> standing = state == State.DRAFT ? List.of() : settled(notes, payments);
        // Of what is not booked anyway, nothing has to be explained.
        boolean matters = state != State.DRAFT && state != State.VOID;
        List<Stated> taxes = StripeTaxes.ofInvoice(invoice.getTotalTaxes(), fields);
        return new InvoiceFacts(invoice.getId(), StripeFields.text(invoice.getNumber(), LONGEST_NUMBER), state, party(),
                StripeTaxes.place(taxes, StripeFields.jurisdiction(invoice.getCustomerAddress())),
                fields.zero().currency(), issuedAt(), due(), lines, StripeTaxes.of(taxes, reader.taxes(), fields), totals(),
                payments.payments(), standing, payments.refunds(),
                StripeFields.time("status_transitions.marked_uncollectible_at", transitions.getMarkedUncollectibleAt()),
                state == State.PAID ? StripeFields.time("status_transitions.paid_at", transitions.getPaidAt())
                        : Optional.empty(), revisedBy(), matters ? unexplained(items, notes, payments) : List.of());
    }

    private List<CreditNote> settled(StripeNotes notes, StripePayments payments) {
        List<CreditNote> standing = notes.read(pages.all("credit-notes", CreditNoteCollection.class));
        payments.read();
        payments.readRefunds(notes.refunds(), !overpaid().isZero());
        return standing;
    }

    private List<String> unexplained(List<InvoiceLineItem> items, StripeNotes notes, StripePayments payments) {
        var all = new ArrayList<String>();
        Stream.of(StripeUnexplained.of(invoice, items, notes.afterPayment(), fields), notes.unexplained(),
                payments.unexplained()).forEach(all::addAll);
        return all;
    }

    private static State state(String status) {
        return Stream.of(State.values()).filter(state -> state.code().equals(status)).findFirst()
                .orElseThrow(() -> new InvalidValue("status", "is not known: " + status));
    }

    private Party party() {
        String id = StripeFields.given("customer",
                Optional.ofNullable(invoice.getCustomer()).orElse(invoice.getCustomerAccount()));
        return new Party(id, StripeFields.text(invoice.getCustomerName(), LONGEST_NAME)
                .or(() -> StripeFields.text(invoice.getCustomerEmail(), LONGEST_NAME)).orElse(id));
    }

    /** Never when it was created, nor the period, in which Stripe has collected what is on it. */
    private Optional<Instant> issuedAt() {
        return state == State.DRAFT ? Optional.empty() : StripeFields.time("effective_at", invoice.getEffectiveAt())
                .or(() -> StripeFields.time("status_transitions.finalized_at", transitions.getFinalizedAt()));
    }

    /** In UTC: Stripe tells no zone. */
    private Optional<LocalDate> due() {
        return StripeFields.time("due_date", invoice.getDueDate()).map(at -> at.atZone(ZoneOffset.UTC).toLocalDate());
    }

    private Optional<String> revisedBy() {
        return Optional.ofNullable(invoice.getLatestRevision()).filter(other -> !other.equals(invoice.getId()));
    }

    private Totals totals() {
        return new Totals(fields.money("total_excluding_tax", invoice.getTotalExcludingTax()),
                fields.money("total", invoice.getTotal()), toBalance(), fields.zero(),
                fields.orZero("pre_payment_credit_notes_amount", invoice.getPrePaymentCreditNotesAmount()),
                fields.money("amount_due", invoice.getAmountDue()), fields.money("amount_paid", invoice.getAmountPaid()),
                fields.money("amount_remaining", invoice.getAmountRemaining()), overpaid());
    }

    /** Stripe's balance is below zero if the customer has credit: so it rises by what he pays with, or owes from now on. */
    private Money toBalance() {
        return invoice.getEndingBalance() == null ? fields.zero()
                : fields.money("ending_balance", invoice.getEndingBalance())
                .minus(fields.money("starting_balance", invoice.getStartingBalance()));
    }

    private Money overpaid() {
        return fields.orZero("amount_overpaid", invoice.getAmountOverpaid());
    }
}
