package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.stripe.model.Invoice;
import com.stripe.model.InvoicePayment;
import com.stripe.model.InvoicePaymentCollection;
import com.stripe.model.RefundCollection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was paid of an invoice, and went back. */
final class StripePayments {

    private static final String STRIPE = "stripe";
    private static final String OUTSIDE = "outside";
    private static final String PAID = "paid";

    private final StripePages pages;
    private final StripeFields fields;
    private final Invoice invoice;
    private final List<Payment> payments = new ArrayList<>();
    private final List<Refund> refunds = new ArrayList<>();
    private final Set<StripePaid> through = new LinkedHashSet<>();
    private final List<String> unexplained = new ArrayList<>();

    StripePayments(StripePages pages, StripeFields fields, Invoice invoice) {
        this.pages = pages;
        this.fields = fields;
        this.invoice = invoice;
    }

    List<Payment> payments() {
        return payments;
    }

    List<Refund> refunds() {
        return refunds;
    }

    List<String> unexplained() {
        return unexplained;
    }

    void read() {
        List<InvoicePayment> all = pages.all("payments", InvoicePaymentCollection.class);
        for (int i = 0; i < all.size(); i++) {
            if (PAID.equals(StripeFields.given("payments[" + i + "].status", all.get(i).getStatus()))) {
                add("payments[" + i + "]", all.get(i));
            }
        }
        addUnlisted();
    }

    private void add(String field, InvoicePayment payment) {
        if (!invoice.getId().equals(payment.getInvoice())) {
            throw new InvalidValue(field + ".invoice", "is another: " + payment.getInvoice());
        }
        fields.checkCurrency(field + ".currency", payment.getCurrency());
        Optional<StripePaid> paid = StripePaid.of(payment.getPayment());
        paid.ifPresent(through::add);
        Long paidAt = payment.getStatusTransitions() == null ? null : payment.getStatusTransitions().getPaidAt();
        boolean outside = paid.isEmpty()
                && "payment_record".equals(StripeFields.given(field + ".payment", payment.getPayment()).getType());
        if (paid.isEmpty() && !outside) {
            throw new InvalidValue(field + ".payment", "is of a kind that is not known: " + payment.getPayment().getType());
        }
        payments.add(new Payment(payment.getId(), outside ? OUTSIDE : STRIPE,
                fields.money(field + ".amount_paid", payment.getAmountPaid()),
                StripeFields.instant(field + ".status_transitions.paid_at", paidAt)));
    }

    /** Of what Stripe was merely told to be paid, there may be no payment. */
    private void addUnlisted() {
        Money listed = payments.stream().filter(payment -> OUTSIDE.equals(payment.provider())).map(Payment::amount)
                .reduce(fields.zero(), Money::plus);
        Money rest = fields.orZero("amount_paid_off_stripe", invoice.getAmountPaidOffStripe()).minus(listed);
        if (rest.amount().signum() <= 0) {
            return;
        }
        Optional.ofNullable(invoice.getStatusTransitions())
                .flatMap(transitions -> StripeFields.time("status_transitions.paid_at", transitions.getPaidAt()))
                .ifPresentOrElse(at -> payments.add(new Payment("off-stripe", OUTSIDE, rest, at)), () ->
                        unexplained.add(rest + " were paid outside of Stripe, which does not say when"));
    }

    /** @param ofNotes what the credit notes say of each refund */
    void readRefunds(Map<String, Money> ofNotes, boolean overpaid) {
        var others = new LinkedHashMap<>(ofNotes);
        for (StripePaid paid : through) {
            List<com.stripe.model.Refund> all = pages.all("refunds-" + paid.id(), RefundCollection.class);
            Set<String> shares = all.isEmpty() || paid.isCharge() ? Set.of() : shares(paid);
            for (int i = 0; i < all.size(); i++) {
                com.stripe.model.Refund refund = all.get(i);
                Optional<Money> ofNote = Optional.ofNullable(others.remove(refund.getId()));
                refund("refunds-" + paid.id() + "[" + i + "]", refund, shares, ofNote, overpaid);
            }
        }
        others.forEach((refund, amount) -> unexplained.add("a credit note refunds " + amount + " with " + refund
                + ", which is no refund of a payment of this invoice"));
    }

    private void refund(String field, com.stripe.model.Refund refund, Set<String> shares, Optional<Money> ofNote,
                        boolean overpaid) {
        if (!"succeeded".equals(StripeFields.given(field + ".status", refund.getStatus()))) {
            return;
        }
        fields.checkCurrency(field + ".currency", refund.getCurrency());
        Money amount = fields.money(field + ".amount", refund.getAmount());
        if (!ofNote.filter(amount::equals).isPresent()) {
            if (!shares.isEmpty()) {
                unexplained.add(refund.getId() + " refunds " + amount + " of a payment that has also paid "
                        + String.join(", ", shares));
                return;
            }
            if (overpaid) {
                unexplained.add(refund.getId() + " refunds " + amount
                        + " of an overpaid invoice, and Stripe does not say whether of what was too much");
                return;
            }
        }
        refunds.add(new Refund(refund.getId(), STRIPE, amount, StripeFields.instant(field + ".created", refund.getCreated()),
                false));
    }

    /** The other invoices that a payment has paid. */
    private Set<String> shares(StripePaid paid) {
        var others = new LinkedHashSet<String>();
        pages.all("shares-" + paid.id(), InvoicePaymentCollection.class).stream()
                .filter(share -> PAID.equals(share.getStatus()) && !invoice.getId().equals(share.getInvoice()))
                .forEach(share -> others.add(share.getInvoice()));
        return others;
    }
}
