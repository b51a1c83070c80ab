package com.nexasystems.billing.invoicing;

import static java.util.stream.Collectors.joining;

import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.quota.Overage;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invoices and their explanations as plain text; the same bytes in every locale and time zone. */
public final class InvoiceText {

    private InvoiceText() {
    }

    /** The whole invoice, every line unfolded down to its counters. */
    public static String explain(Invoice invoice) {
        var text = new ArrayList<String>();
        text.add("Invoice " + invoice.number().orElse("(draft)") + " of " + invoice.issueDate() + ", "
                + invoice.status().code());
        text.add("Customer " + invoice.customerName()
                + invoice.billed().map(billed -> ", subscription " + billed.externalId()).orElse(""));
        invoice.billed().ifPresent(billed -> text.add("Plan " + billed.plan() + ", version " + billed.planVersion()
                + billed.usagePeriod().map(period -> ", usage of " + period).orElse("")));
        for (int i = 0; i < invoice.lines().size(); i++) {
            text.add("");
            text.addAll(lines(invoice, i + 1));
        }
        text.add("");
        text.add("Subtotal  " + invoice.subtotal());
        for (Discount discount : invoice.discounts()) {
            text.add("Coupon " + discount.code() + "  " + discount.amount().negated() + "  (by line: "
                    + discount.shares().stream().map(share -> share.amount().toPlainString()).collect(joining(", ")) + ")");
        }
        for (TaxAmount tax : invoice.taxes()) {
            text.add(tax.code() + " " + plain(tax.percent()) + " % of " + tax.base() + "  " + tax.amount());
        }
        text.add("Total     " + invoice.total() + "  (tax " + words(invoice.taxPolicy().level()) + ", "
                + words(invoice.taxPolicy().rounding()) + ")");
        for (Credit credit : invoice.credits()) {
            text.add(words(credit.kind()) + " " + credit.source() + "  " + credit.amount().negated());
        }
        if (!invoice.payable().equals(invoice.total())) {
            text.add("To pay    " + invoice.payable());
        }
        return String.join("\n", text) + "\n";
    }

    /** What a credit note gives back, of which lines, and how. */
    public static String explain(CreditNote note, Invoice invoice) {
        var text = new ArrayList<String>();
        text.add("Credit note " + note.number() + " of " + note.issueDate() + " on invoice "
                + invoice.number().orElseThrow() + ", " + words(note.reason()));
        for (CreditNote.Item item : note.items()) {
            text.add("  of line " + (item.line() + 1) + "  " + invoice.lines().get(item.line()).description() + "  "
                    + item.amount());
        }
        if (note.items().isEmpty()) {
            text.add("  what the invoice came to below zero");
        }
        if (!note.discount().isZero()) {
            text.add("  less its share of the coupons  " + note.discount().negated());
        }
        for (TaxAmount tax : note.taxes()) {
            text.add("  " + tax.code() + " " + plain(tax.percent()) + " % of " + tax.base() + "  " + tax.amount());
        }
        text.add("  Total  " + note.total() + ": to the balance " + note.given().credit() + ", refunded "
                + note.given().refund() + note.refund().map(status -> " (" + words(status) + ")").orElse("")
                + ", off the invoice " + note.given().offset());
        note.creditStatus().ifPresent(status -> text.add("  Balance  " + note.balance() + ", " + words(status)));
        return String.join("\n", text) + "\n";
    }

    /**
     * One line of an invoice.
     *
     * @param number from 1
     */
    public static String explainLine(Invoice invoice, int number) {
        return String.join("\n", lines(invoice, number)) + "\n";
    }

    private static List<String> lines(Invoice invoice, int number) {
        InvoiceLine line = invoice.lines().get(number - 1);
        Explanation why = line.explanation();
        var text = new ArrayList<String>();
        text.add("Line " + number + "  " + line.description() + "  " + line.amount());
        String what = why.counted().isPresent() ? "charge " + why.charge() + " (" + why.model() + ")" : "price";
        text.add("  " + why.part().named(what)
                + why.plan().map(price -> " of plan " + price.plan() + ", version " + price.version()).orElse("")
                + ", for " + why.period());
        line.origin().ifPresent(origin -> text.add("  of subscription " + origin.externalId()));
        why.counted().ifPresent(counted -> text.addAll(counted(counted)));
        text.addAll(steps(why.priced()));
        text.add("  exact " + why.exact() + ", rounded " + words(line.rounding()) + " to "
                + why.exact().rounded(line.rounding()));
        if (!line.alreadyBilled().isZero()) {
            text.add("  less what earlier invoices billed for it, " + line.alreadyBilled() + ": " + line.amount());
        }
        return text;
    }

    private static List<String> counted(Counted counted) {
        Overage overage = counted.overage();
        String records = counted.records() + (counted.records() == 1 ? " record" : " records");
        String span = counted.first().map(first -> ", the first from " + first + ", the last from "
                + counted.last().orElseThrow()).orElse("");
        return List.of(
                "  counted " + records + " of " + counted.metric() + span + " (digest " + counted.digest() + ")",
                "  " + (counted.highest() ? "highest " : "") + counted.aggregation().code() + " = "
                        + plain(counted.quantity()) + " " + unit(counted) + (counted.carried().signum() == 0 ? ""
                        : ", with " + plain(counted.carried()) + " carried over into the period"),
                "  included " + plain(overage.included()) + ", overage " + plain(overage.overage()) + ", remaining "
                        + plain(overage.remaining()));
    }

    /** The steps of a price, one a line. */
    public static List<String> steps(Priced priced) {
        return priced.steps().stream().map(step -> "  " + step.rule() + ": " + plain(step.units()) + " × "
                + plain(step.unitPrice()) + (step.per().equals(BigDecimal.ONE) ? "" : " ÷ " + plain(step.per()))
                + " = " + plain(step.exact())).toList();
    }

    private static String unit(Counted counted) {
        return counted.aggregation() == Aggregation.COUNT ? "records" : counted.unit();
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
