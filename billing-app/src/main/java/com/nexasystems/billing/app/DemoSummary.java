package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.Drafted;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** The figures of the demo's month, added up from what the billing run reports. */
final class DemoSummary {

    private final InvoiceTotals totals = new InvoiceTotals();
    private long withOverage;
    private BigDecimal usage = BigDecimal.ZERO;
    private ExactAmount exact = ExactAmount.zero(SampleCatalogue.CURRENCY);
    private Money lines = Money.zero(SampleCatalogue.CURRENCY);

    void add(Drafted drafted) {
        Invoice invoice = drafted.invoice();
        totals.add(invoice);
        for (Explanation explanation : drafted.rated()) {
            Counted counted = explanation.counted().orElseThrow();
            usage = usage.add(counted.quantity());
            withOverage += counted.overage().exceeded() ? 1 : 0;
            exact = exact.plus(explanation.exact());
        }
        for (InvoiceLine line : invoice.lines()) {
            lines = line.kind() == InvoiceLine.Kind.USAGE ? lines.plus(line.amount()) : lines;
        }
    }

    Map<String, Object> json() {
        InvoiceTotals.Sum sum = totals.in(SampleCatalogue.CURRENCY);
        return Json.object("invoices", totals.count(), "with_overage", withOverage, "usage", InvoiceJson.plain(usage),
                "exact", InvoiceJson.plain(exact.value()), "lines", InvoiceJson.amount(lines),
                "subtotal", InvoiceJson.amount(sum.subtotal()), "tax", InvoiceJson.amount(sum.tax()),
                "total", InvoiceJson.amount(sum.total()), "currency", SampleCatalogue.CURRENCY.getCurrencyCode());
    }

    void print(PrintStream out) {
        InvoiceTotals.Sum sum = totals.in(SampleCatalogue.CURRENCY);
        Table.print(out, List.of("Month", ""), List.of(
                List.of("Invoices", Long.toString(totals.count())),
                List.of("of them with usage beyond the quota", Long.toString(withOverage)),
                List.of("CPU-seconds", InvoiceJson.plain(usage)),
                List.of("Usage before rounding", readable(exact.value()) + " " + exact.currency()),
                List.of("Usage on invoice lines", lines.toString()),
                List.of("Subtotal", sum.subtotal().toString()),
                List.of("Tax", sum.tax().toString()),
                List.of("Total", sum.total().toString())), 1);
    }

    /** A quotient that does not end is cut for people; the JSON has all of it. */
    private static String readable(BigDecimal value) {
        return value.scale() <= Decimals.FRACTION_DIGITS ? InvoiceJson.plain(value)
                : value.setScale(Decimals.FRACTION_DIGITS, RoundingMode.DOWN).toPlainString() + "…";
    }
}
