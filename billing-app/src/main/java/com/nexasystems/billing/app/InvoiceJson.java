package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.UsageExplanation;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Invoices and explanations as JSON objects; every decimal is a text. */
final class InvoiceJson {

    private InvoiceJson() {
    }

    /** Without its lines, for lists. */
    static Map<String, Object> summary(Invoice invoice) {
        return Json.object("id", invoice.id().toString(), "number", invoice.number().orElse(null),
                "status", invoice.status().code(), "issue_date", invoice.issueDate().toString(),
                "due", invoice.due().toString(), "customer", invoice.customerName(),
                "subscription", billed(invoice, BilledSubscription::externalId),
                "subscription_id", billed(invoice, billed -> billed.id().toString()),
                "plan", billed(invoice, billed -> billed.plan().value()),
                "plan_version", billed(invoice, BilledSubscription::planVersion),
                "subtotal", amount(invoice.subtotal()), "discount", amount(invoice.discount()), "tax", amount(invoice.tax()),
                "total", amount(invoice.total()), "payable", amount(invoice.payable()),
                "currency", invoice.currency().getCurrencyCode());
    }

    /** Null for an invoice that is for no subscription. */
    private static <T> T billed(Invoice invoice, Function<BilledSubscription, T> part) {
        return invoice.billed().map(part).orElse(null);
    }

    /** With every line down to its counters. */
    static Map<String, Object> explained(Invoice invoice) {
        Map<String, Object> json = summary(invoice);
        List<Object> lines = new ArrayList<>();
        for (int i = 0; i < invoice.lines().size(); i++) {
            lines.add(line(i + 1, invoice.lines().get(i)));
        }
        json.put("lines", lines);
        json.put("taxes", invoice.taxes().stream().map(tax -> Json.object("code", tax.code(),
                "percent", plain(tax.percent()), "base", amount(tax.base()), "amount", amount(tax.amount()))).toList());
        json.put("discounts", invoice.discounts().stream().map(discount -> Json.object("coupon", discount.code(),
                "amount", amount(discount.amount()),
                "line_amounts", discount.shares().stream().map(InvoiceJson::amount).toList())).toList());
        json.put("credits", invoice.credits().stream().map(credit -> Json.object("kind", Words.of(credit.kind()),
                "source", credit.source().toString(), "amount", amount(credit.amount()))).toList());
        json.put("tax_policy", Json.object("level", Words.of(invoice.taxPolicy().level()),
                "rounding", Words.of(invoice.taxPolicy().rounding())));
        return json;
    }

    static Map<String, Object> creditNote(CreditNote note) {
        return Json.object("number", note.number(), "issue_date", note.issueDate().toString(),
                "reason", note.reason().code(), "description", note.description(),
                "items", note.items().stream().map(item -> Json.object("line", item.line() + 1,
                        "amount", amount(item.amount()))).toList(),
                "discount", amount(note.discount()), "tax", amount(note.tax()), "total", amount(note.total()),
                "credit", amount(note.given().credit()), "refund", amount(note.given().refund()),
                "offset", amount(note.given().offset()), "balance", amount(note.balance()),
                "credit_status", note.creditStatus().map(CreditNote.CreditStatus::code).orElse(null),
                "refund_status", note.refund().map(CreditNote.RefundStatus::code).orElse(null));
    }

    /** @param number from 1 */
    static Map<String, Object> line(int number, InvoiceLine line) {
        Explanation why = line.explanation();
        Map<String, Object> json = Json.object("line", number, "kind", Words.of(line.kind()),
                "description", line.description(), "charge", why.charge(), "charge_model", why.model(),
                "plan", why.plan().map(price -> price.plan().value()).orElse(null),
                "plan_version", why.plan().map(PlanPrice::version).orElse(null),
                "from", why.period().start().toString(), "to", why.period().end().toString(),
                "time_zone", why.period().zone().getId());
        line.origin().ifPresent(origin -> json.put("subscription", origin.externalId()));
        why.part().filter().ifPresent(filter -> json.put("filter", filter));
        if (!why.part().group().isEmpty()) {
            json.put("group", why.part().group());
        }
        why.counted().ifPresent(counted -> json.put("counted", counted(counted)));
        json.put("steps", steps(why.priced()));
        json.put("exact", plain(why.exact().value()));
        json.put("rounding", Words.of(line.rounding()));
        json.put("already_billed", amount(line.alreadyBilled()));
        json.put("amount", amount(line.amount()));
        return json;
    }

    static List<Map<String, Object>> steps(Priced priced) {
        return priced.steps().stream().map(step -> Json.object("rule", step.rule(), "units", plain(step.units()),
                "unit_price", plain(step.unitPrice()), "per", plain(step.per()), "amount", plain(step.exact()))).toList();
    }

    static Map<String, Object> usage(UsageExplanation usage) {
        UsageRecord record = usage.record();
        return Json.object("record", record.key().toString(), "start", record.start().toString(),
                "end", record.end().map(Object::toString).orElse(null), "quantity", plain(record.quantity()),
                "verdict", Words.of(usage.verdict()), "reason", usage.reason(),
                "period_from", usage.period().start().toString(), "period_to", usage.period().end().toString(),
                "lines", usage.lines().stream().map(billed -> Json.object("invoice_id", billed.invoice().id().toString(),
                        "invoice", billed.invoice().number().orElse(null), "line", billed.number(),
                        "amount", amount(billed.line().amount()))).toList());
    }

    static String amount(Money money) {
        return money.amount().toPlainString();
    }

    static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static Map<String, Object> counted(Counted counted) {
        Map<String, Object> json = Json.object("metric", counted.metric().value(), "aggregation", counted.aggregation().code(),
                "unit", counted.unit(), "records", counted.records(),
                "first", counted.first().map(Object::toString).orElse(null),
                "last", counted.last().map(Object::toString).orElse(null), "digest", counted.digest(),
                "quantity", plain(counted.quantity()), "included", plain(counted.overage().included()),
                "overage", plain(counted.overage().overage()), "remaining", plain(counted.overage().remaining()));
        if (counted.carried().signum() != 0) {
            json.put("carried", plain(counted.carried()));
        }
        if (counted.highest()) {
            json.put("highest", true);
        }
        return json;
    }
}
