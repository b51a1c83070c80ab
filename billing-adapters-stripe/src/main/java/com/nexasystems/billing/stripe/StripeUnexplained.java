package com.nexasystems.billing.stripe;

import com.nexasystems.billing.money.Money;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import java.util.ArrayList;
import java.util.List;

/** What Stripe may say of an invoice that its lines and payments do not. */
final class StripeUnexplained {

    private StripeUnexplained() {
    }

    static List<String> of(Invoice invoice, List<InvoiceLineItem> lines, Money notesAfterPayment, StripeFields fields) {
        var unexplained = new ArrayList<String>();
        Money shipping = invoice.getShippingCost() == null ? fields.orZero("amount_shipping", invoice.getAmountShipping())
                : fields.orZero("shipping_cost.amount_total", invoice.getShippingCost().getAmountTotal());
        if (!shipping.isZero()) {
            unexplained.add("it contains shipping of " + shipping + ", which is no line");
        }
        boolean ofLines = lines.stream().flatMap(line -> StripeFields.list(line.getPretaxCreditAmounts()).stream())
                .anyMatch(credit -> isOfGrant(credit.getType(), credit.getAmount()));
        if (ofLines || StripeFields.list(invoice.getTotalPretaxCreditAmounts()).stream()
                .anyMatch(credit -> isOfGrant(credit.getType(), credit.getAmount()))) {
            unexplained.add("credits of a credit grant were taken off it");
        }
        if (invoice.getOnBehalfOf() != null) {
            unexplained.add("it is issued on behalf of " + invoice.getOnBehalfOf() + ", whose money it is");
        }
        if (invoice.getLatestRevision() != null && !invoice.getLatestRevision().equals(invoice.getId())
                && !"void".equals(invoice.getStatus())) {
            unexplained.add("it was replaced by " + invoice.getLatestRevision() + ", and is not void");
        }
        Money stated = fields.orZero("post_payment_credit_notes_amount", invoice.getPostPaymentCreditNotesAmount());
        if (!stated.equals(notesAfterPayment)) {
            unexplained.add("credit notes after payment come to " + notesAfterPayment + ", and are stated as " + stated);
        }
        return unexplained;
    }

    /** Whether it is no discount, but something that was paid, or given, in advance. */
    static boolean isOfGrant(String type, Long amount) {
        return !"discount".equals(type) && (amount == null || amount != 0);
    }
}
