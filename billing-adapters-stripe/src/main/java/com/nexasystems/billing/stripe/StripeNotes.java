package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.stripe.StripeTaxes.Stated;
import com.stripe.model.CreditNote.Refund;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.CreditNoteLineItemCollection;
import com.stripe.model.CustomerBalanceTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The credit notes of an invoice that stand, and what they say of refunds. */
final class StripeNotes {

    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NUMBER = 100;

    private final StripePages pages;
    private final StripeFields fields;
    private final String invoice;
    private final List<CreditNote> notes = new ArrayList<>();
    private final Map<String, Money> refunds = new LinkedHashMap<>();
    private final List<String> unexplained = new ArrayList<>();
    private Money afterPayment;

    StripeNotes(StripePages pages, StripeFields fields, String invoice) {
        this.pages = pages;
        this.fields = fields;
        this.invoice = invoice;
        this.afterPayment = fields.zero();
    }

    List<CreditNote> read(List<com.stripe.model.CreditNote> all) {
        for (int i = 0; i < all.size(); i++) {
            add("credit_notes[" + i + "]", all.get(i));
        }
        return notes;
    }

    /** What they say of each refund: how much of it is for them. */
    Map<String, Money> refunds() {
        return refunds;
    }

    /** What of them did not lower what is due. */
    Money afterPayment() {
        return afterPayment;
    }

    List<String> unexplained() {
        return unexplained;
    }

    private void add(String field, com.stripe.model.CreditNote note) {
        if (!invoice.equals(note.getInvoice())) {
            throw new InvalidValue(field + ".invoice", "is another: " + note.getInvoice());
        }
        switch (StripeFields.given(field + ".status", note.getStatus())) {
            case "void" -> { }
            case "issued" -> stand(field, note);
            default -> throw new InvalidValue(field + ".status", "is not known: " + note.getStatus());
        }
    }

    private void stand(String field, com.stripe.model.CreditNote note) {
        fields.checkCurrency(field + ".currency", note.getCurrency());
        List<CreditNoteLineItem> items = pages.all(note.getLines(), "credit-note-lines-" + note.getId(),
                CreditNoteLineItemCollection.class);
        var taxes = new ArrayList<Stated>();
        var lines = new ArrayList<CreditedLine>();
        for (int i = 0; i < items.size(); i++) {
            lines.add(line(field + ".lines[" + i + "]", items.get(i), taxes));
        }
        explain(field, note, items);
        Money outside = fields.orZero(field + ".out_of_band_amount", note.getOutOfBandAmount())
                .plus(refunded(field, note, false));
        afterPayment = afterPayment.plus(fields.orZero(field + ".post_payment_amount", note.getPostPaymentAmount()));
        notes.add(new CreditNote(note.getId(), StripeFields.text(note.getNumber(), LONGEST_NUMBER),
                StripeFields.instant(field + ".effective_at",
                        Optional.ofNullable(note.getEffectiveAt()).orElse(note.getCreated())), lines,
                StripeTaxes.of(StripeTaxes.ofNote(field, note.getTotalTaxes(), fields), taxes, fields),
                fields.money(field + ".total", note.getTotal()),
                fields.money(field + ".pre_payment_amount", note.getPrePaymentAmount()), toBalance(field, note),
                refunded(field, note, true), outside));
    }

    private CreditedLine line(String field, CreditNoteLineItem item, List<Stated> taxes) {
        List<Stated> own = StripeTaxes.ofNoteLine(field, item.getTaxes(), fields);
        taxes.addAll(own);
        Money discount = fields.sum(item.getDiscountAmounts(),
                part -> fields.money(field + ".discount_amounts.amount", part.getAmount()));
        return new CreditedLine(Optional.ofNullable(item.getInvoiceLineItem()),
                StripeFields.text(item.getDescription(), LONGEST_TEXT).orElse(item.getId()),
                fields.money(field + ".amount", item.getAmount()).minus(discount).minus(StripeTaxes.included(own, fields)));
    }

    /** What was put on the balance lowers it there. */
    private Money toBalance(String field, com.stripe.model.CreditNote note) {
        if (note.getCustomerBalanceTransaction() == null) {
            return fields.zero();
        }
        CustomerBalanceTransaction transaction = StripeFields.given(field + ".customer_balance_transaction",
                note.getCustomerBalanceTransactionObject());
        fields.checkCurrency(field + ".customer_balance_transaction.currency", transaction.getCurrency());
        return fields.money(field + ".customer_balance_transaction.amount", transaction.getAmount()).negated();
    }

    /** @param here whether through Stripe; else outside of it, and recorded there */
    private Money refunded(String field, com.stripe.model.CreditNote note, boolean here) {
        Money sum = fields.zero();
        for (Refund refund : StripeFields.list(note.getRefunds())) {
            boolean isHere = refund.getPaymentRecordRefund() == null;
            if (isHere == here) {
                Money amount = fields.money(field + ".refunds.amount_refunded", refund.getAmountRefunded());
                sum = sum.plus(amount);
                if (here) {
                    refunds.merge(StripeFields.given(field + ".refunds.refund", refund.getRefund()), amount, Money::plus);
                }
            }
        }
        return sum;
    }

    private void explain(String field, com.stripe.model.CreditNote note, List<CreditNoteLineItem> items) {
        if (note.getShippingCost() != null
                && !fields.orZero(field + ".shipping_cost", note.getShippingCost().getAmountTotal()).isZero()) {
            unexplained.add("credit note " + note.getId() + " gives back shipping, which is no line");
        }
        boolean credits = items.stream().flatMap(item -> StripeFields.list(item.getPretaxCreditAmounts()).stream())
                .anyMatch(credit -> StripeUnexplained.isOfGrant(credit.getType(), credit.getAmount()));
        if (credits || StripeFields.list(note.getPretaxCreditAmounts()).stream()
                .anyMatch(credit -> StripeUnexplained.isOfGrant(credit.getType(), credit.getAmount()))) {
            unexplained.add("credit note " + note.getId() + " gives back credits of a credit grant");
        }
    }
}
