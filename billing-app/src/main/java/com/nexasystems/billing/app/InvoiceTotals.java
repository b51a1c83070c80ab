package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.money.Money;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts and sums of invoices, each currency by itself. */
final class InvoiceTotals {

    private final Map<Currency, Sum> sums = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));

    /** Of one currency. */
    record Sum(long invoices, Money subtotal, Money tax, Money total) {

        Sum plus(Sum other) {
            return new Sum(invoices + other.invoices, subtotal.plus(other.subtotal), tax.plus(other.tax),
                    total.plus(other.total));
        }
    }

    void add(Invoice invoice) {
        sums.merge(invoice.currency(), new Sum(1, invoice.subtotal(), invoice.tax(), invoice.total()), Sum::plus);
    }

    long count() {
        return sums.values().stream().mapToLong(Sum::invoices).sum();
    }

    Sum in(Currency currency) {
        Money zero = Money.zero(currency);
        return sums.getOrDefault(currency, new Sum(0, zero, zero, zero));
    }

    Map<String, Object> json() {
        return Json.object("invoices", count(), "totals", sums.entrySet().stream().map(entry -> {
            Sum sum = entry.getValue();
            return Json.object("currency", entry.getKey().getCurrencyCode(), "invoices", sum.invoices,
                    "subtotal", InvoiceJson.amount(sum.subtotal), "tax", InvoiceJson.amount(sum.tax),
                    "total", InvoiceJson.amount(sum.total));
        }).toList());
    }

    /** For a table: label, count, subtotal, tax, total, currency. */
    List<List<String>> rows(String label) {
        if (sums.isEmpty()) {
            return List.of(List.of(label, "0", "", "", "", ""));
        }
        return sums.entrySet().stream().map(entry -> {
            Sum sum = entry.getValue();
            return List.of(label, Long.toString(sum.invoices), InvoiceJson.amount(sum.subtotal), InvoiceJson.amount(sum.tax),
                    InvoiceJson.amount(sum.total), entry.getKey().getCurrencyCode());
        }).toList();
    }
}
