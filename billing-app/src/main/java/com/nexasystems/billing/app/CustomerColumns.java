package com.nexasystems.billing.app;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.PriceComparison;
import com.nexasystems.billing.rating.SimulatedCustomer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of an exported simulation, one row a customer: texts, whole numbers ({@link Long}) and decimals. Exact amounts
 * are texts, because a spreadsheet keeps fifteen digits of a number.
 */
final class CustomerColumns {

    private final List<Optional<String>> parts;

    /** @param nothing has every part that a customer's prices may have */
    CustomerColumns(PriceComparison nothing) {
        this.parts = List.copyOf(nothing.parts().keySet());
    }

    List<String> header() {
        var header = new ArrayList<>(List.of("customer_id", "customer", "subscriptions", "periods", "currency", "before",
                "after", "difference"));
        parts.forEach(part -> header.add("difference " + partName(part)));
        header.addAll(List.of("exact_before", "exact_after", "exact_difference"));
        return header;
    }

    /** Texts are safe for a spreadsheet. */
    List<Object> row(SimulatedCustomer customer) {
        PriceChange total = customer.prices().total();
        var row = new ArrayList<Object>(List.of(customer.customer().id().toString(),
                SheetText.safe(customer.customer().name()), customer.subscriptions(), customer.periods(),
                total.before().currency().getCurrencyCode(), amount(total.before()), amount(total.after()),
                amount(total.difference())));
        parts.forEach(part -> row.add(amount(customer.prices().parts().get(part).difference())));
        row.addAll(List.of(InvoiceJson.plain(total.exactBefore().value()), InvoiceJson.plain(total.exactAfter().value()),
                InvoiceJson.plain(total.exactDifference().value())));
        return row;
    }

    static String partName(Optional<String> part) {
        return part.map(code -> "charge " + code).orElse("flat price");
    }

    private static BigDecimal amount(Money money) {
        return money.amount();
    }
}
