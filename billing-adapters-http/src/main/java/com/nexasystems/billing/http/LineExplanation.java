package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import java.math.BigDecimal;
import java.util.Locale;

/** Why a line is what it is, down to the counters. */
final class LineExplanation {

    private final Codes codes;

    LineExplanation(Codes codes) {
        this.codes = codes;
    }

    /** @param index counted from 0 */
    Json of(Service service, Invoice invoice, int index) {
        InvoiceLine line = invoice.lines().get(index);
        Explanation why = line.explanation();
        return Json.object("lago_invoice_id", invoice.id().value(), "invoice_number", invoice.number().orElse(null),
                "lago_fee_id", FeeJson.id(invoice.id(), index), "line", index + 1,
                "kind", line.kind().name().toLowerCase(Locale.ROOT), "description", line.description(),
                "charge", why.charge(), "charge_model", why.model(),
                "plan_code", why.plan().map(price -> codes.ofPlan(service, price.plan())).orElse(null),
                "plan_version", why.plan().map(PlanPrice::version).orElse(null),
                "filter", why.part().filter().orElse(null), "group", why.part().group(),
                "period", Json.object("start", Times.of(why.period().start()), "end", Times.of(why.period().end()),
                        "timezone", why.period().zone().getId()),
                "counted", why.counted().map(counted -> counted(service, counted)).orElse(null),
                "steps", why.priced().steps().stream().map(step -> Json.object("rule", step.rule(),
                        "units", plain(step.units()), "unit_price", plain(step.unitPrice()), "per", plain(step.per()),
                        "amount", plain(step.exact()))).toList(),
                "exact", plain(why.exact().value()), "rounding", line.rounding().name().toLowerCase(Locale.ROOT),
                "already_billed_cents", Cents.of(line.alreadyBilled()), "amount_cents", Cents.of(line.amount()),
                "currency", invoice.currency().getCurrencyCode());
    }

    private Json counted(Service service, Counted counted) {
        return Json.object("metric", codes.ofMetric(service, counted.metric()), "aggregation",
                counted.aggregation().code(), "unit", counted.unit(), "records", counted.records(),
                "first", counted.first().map(Object::toString).orElse(null),
                "last", counted.last().map(Object::toString).orElse(null), "digest", counted.digest(),
                "carried", plain(counted.carried()), "highest", counted.highest(), "quantity", plain(counted.quantity()),
                "included", plain(counted.overage().included()), "overage", plain(counted.overage().overage()),
                "remaining", plain(counted.overage().remaining()));
    }

    private static String plain(BigDecimal value) {
        return Decimals.normal(value).toPlainString();
    }
}
