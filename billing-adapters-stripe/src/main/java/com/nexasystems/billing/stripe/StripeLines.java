package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.stripe.StripeTaxes.Stated;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoiceLineItem.Parent;
import com.stripe.model.InvoiceLineItem.Pricing.PriceDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of an invoice. Whether one is a proration says its parent, and never its text. */
final class StripeLines {

    private static final int LONGEST_TEXT = 500;

    private final StripeFields fields;
    private final List<Stated> taxes = new ArrayList<>();

    StripeLines(StripeFields fields) {
        this.fields = fields;
    }

    List<Line> read(List<InvoiceLineItem> items) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < items.size(); i++) {
            lines.add(line("lines[" + i + "]", items.get(i)));
        }
        return lines;
    }

    /** Of all the lines read. */
    List<Stated> taxes() {
        return taxes;
    }

    private Line line(String field, InvoiceLineItem item) {
        fields.checkCurrency(field + ".currency", item.getCurrency());
        List<Stated> own = StripeTaxes.ofLine(field, item.getTaxes(), fields);
        taxes.addAll(own);
        Optional<PriceDetails> price = Optional.ofNullable(item.getPricing())
                .flatMap(pricing -> Optional.ofNullable(pricing.getPriceDetails()));
        Optional<Parent> parent = Optional.ofNullable(item.getParent());
        return new Line(item.getId(), StripeFields.text(item.getDescription(), LONGEST_TEXT).orElse(item.getId()),
                price.flatMap(details -> Optional.ofNullable(details.getPrice()))
                        .or(() -> price.flatMap(details -> Optional.ofNullable(details.getProduct()))),
                parent.map(StripeLines::isProration).orElse(false), parent.map(StripeLines::credited).orElse(List.of()),
                Sale.SERVICE, fields.money(field + ".amount", item.getAmount()),
                fields.sum(item.getDiscountAmounts(),
                        discount -> fields.money(field + ".discount_amounts.amount", discount.getAmount())),
                StripeTaxes.included(own, fields));
    }

    private static boolean isProration(Parent parent) {
        boolean ofItem = parent.getInvoiceItemDetails() != null
                && Boolean.TRUE.equals(parent.getInvoiceItemDetails().getProration());
        return ofItem || parent.getSubscriptionItemDetails() != null
                && Boolean.TRUE.equals(parent.getSubscriptionItemDetails().getProration());
    }

    private static List<String> credited(Parent parent) {
        Optional<List<String>> byItem = Optional.ofNullable(parent.getInvoiceItemDetails())
                .flatMap(details -> Optional.ofNullable(details.getProrationDetails()))
                .flatMap(details -> Optional.ofNullable(details.getCreditedItems()))
                .flatMap(items -> Optional.ofNullable(items.getInvoiceLineItems()));
        return byItem.or(() -> Optional.ofNullable(parent.getSubscriptionItemDetails())
                .flatMap(details -> Optional.ofNullable(details.getProrationDetails()))
                .flatMap(details -> Optional.ofNullable(details.getCreditedItems()))
                .flatMap(items -> Optional.ofNullable(items.getInvoiceLineItems()))).orElse(List.of());
    }
}
