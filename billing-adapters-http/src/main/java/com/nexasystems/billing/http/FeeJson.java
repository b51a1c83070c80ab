package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.LineOrigin;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A line of an invoice as {@code fee}. */
final class FeeJson {

    private static final int MOST_LINES = 1_023;

    private final Codes codes;
    private final TaxCodes taxes;

    FeeJson(Billing billing) {
        this.codes = new Codes(billing);
        this.taxes = new TaxCodes(billing);
    }

    /** The id of the invoice, with the number of the line in it: so that one leads to the other. */
    static UUID id(InvoiceId invoice, int line) {
        UUID id = invoice.value();
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ (line + 1));
    }

    /** The line, counted from 0; empty if the id is not one of the invoice's. */
    static Optional<Integer> line(Invoice invoice, UUID fee) {
        UUID id = invoice.id().value();
        long line = (id.getLeastSignificantBits() ^ fee.getLeastSignificantBits()) - 1;
        return id.getMostSignificantBits() == fee.getMostSignificantBits() && line >= 0 && line < invoice.lines().size()
                ? Optional.of((int) line) : Optional.empty();
    }

    /** The ids of invoices that a fee may be on. */
    static List<InvoiceId> invoices(UUID fee) {
        return LongStream.rangeClosed(1, MOST_LINES).mapToObj(line -> new InvoiceId(
                new UUID(fee.getMostSignificantBits(), fee.getLeastSignificantBits() ^ line))).toList();
    }

    Json of(Service service, Invoice invoice, int index, Known customer, PaymentState paid) {
        InvoiceLine line = invoice.lines().get(index);
        Explanation why = line.explanation();
        Money net = invoice.netLines().get(index);
        Money tax = taxes(invoice, index, net);
        Optional<SubscriptionId> subscription = line.origin().map(LineOrigin::subscription).or(invoice::subscription);
        String externalSubscription = line.origin().map(LineOrigin::externalId)
                .or(() -> invoice.billed().map(billed -> billed.externalId())).orElse(null);
        Optional<UUID> plan = why.plan().map(price -> codes.planEntry(service, price.plan()).map(Entry::id)
                .orElse(Uuids.of(service.id().value(), "plan " + price.plan())));
        BigDecimal units = why.counted().map(Counted::quantity).orElse(why.priced().units());
        BigDecimal exact = why.exact().value();
        BigDecimal each = units.signum() == 0 ? exact : exact.divide(units, Decimals.DIVISION);
        return Json.object("lago_id", id(invoice.id(), index), "lago_charge_id", isCharge(line)
                        ? plan.map(id -> ChargeJson.id(id, why.charge())).orElse(null) : null,
                "lago_charge_filter_id", null, "lago_fixed_charge_id", line.kind() == InvoiceLine.Kind.FIXED
                        ? plan.map(id -> ChargeJson.fixedId(id, why.charge())).orElse(null) : null,
                "lago_invoice_id", invoice.id().value(), "lago_true_up_fee_id", null, "lago_true_up_parent_fee_id", null,
                "lago_original_fee_id", null, "lago_subscription_id", subscription.map(SubscriptionId::value).orElse(null),
                "external_subscription_id", externalSubscription, "lago_customer_id", customer.entry().id(),
                "external_customer_id", customer.entry().code(), "item", item(service, line, plan, subscription),
                "pay_in_advance", line.kind() == InvoiceLine.Kind.INTERIM, "invoiceable", true,
                "amount_cents", Cents.of(line.amount()), "amount_currency", invoice.currency().getCurrencyCode(),
                "precise_amount", exact.toPlainString(),
                "precise_total_amount", exact.add(tax.amount()).toPlainString(),
                "taxes_amount_cents", Cents.of(tax), "taxes_precise_amount", tax.amount().toPlainString(),
                "taxes_rate", InvoiceJson.rate(taxesOn(invoice, index)),
                "total_amount_cents", Cents.of(net.plus(tax)), "total_amount_currency",
                invoice.currency().getCurrencyCode(), "units", Units.of(units),
                "total_aggregated_units", Units.of(units), "precise_unit_amount", plain(each),
                "precise_coupons_amount_cents", String.valueOf(Cents.of(line.amount().minus(net))),
                "sub_total_excluding_taxes_amount_cents", Cents.of(net),
                "sub_total_excluding_taxes_precise_amount_cents", String.valueOf(Cents.of(net)),
                "events_count", why.counted().map(Counted::records).orElse(null), "description", line.description(),
                "payment_status", paid.status(), "created_at", Times.of(invoice.due()),
                "succeeded_at", null, "failed_at", null, "refunded_at", null, "event_transaction_id", null,
                "amount_details", details(why), "from_date", Times.of(why.period().start()),
                "to_date", Times.of(why.period().end().minusSeconds(1)), "self_billed", false,
                "applied_taxes", taxes(invoice, index), "pricing_unit_details", null, "presentation_breakdowns", List.of(),
                "line", index + 1, "kind", line.kind().name().toLowerCase(Locale.ROOT));
    }

    /** For show: the taxes of an invoice are rounded once, on the invoice. */
    private static Money taxes(Invoice invoice, int index, Money net) {
        return taxesOn(invoice, index).stream().map(tax -> amount(tax, net))
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private static List<TaxAmount> taxesOn(Invoice invoice, int index) {
        return invoice.taxes().stream().filter(tax -> tax.isOn(index)).toList();
    }

    private static Money amount(TaxAmount tax, Money net) {
        return new ExactAmount(net.currency(), net.amount().multiply(tax.percent()).movePointLeft(2))
                .rounded(RoundingMode.HALF_UP);
    }

    private List<Json> taxes(Invoice invoice, int index) {
        List<TaxAmount> own = taxesOn(invoice, index);
        if (own.isEmpty()) {
            return List.of();
        }
        UUID fee = id(invoice.id(), index);
        Function<TaxAmount, Json> named = taxes.charged(invoice.service(), own);
        return own.stream().map(tax -> Json.object("lago_id", Uuids.of(fee, "tax " + tax.code()), "lago_fee_id", fee)
                .withAll(named.apply(tax))
                .with("amount_cents", Cents.of(amount(tax, invoice.netLines().get(index))))
                .with("amount_currency", invoice.currency().getCurrencyCode())
                .with("created_at", Times.of(invoice.due()))).toList();
    }

    private static boolean isCharge(InvoiceLine line) {
        return type(line).equals("charge");
    }

    static String type(InvoiceLine line) {
        return switch (line.kind()) {
            case FLAT -> "subscription";
            case USAGE, ADJUSTMENT, INTERIM, MINIMUM -> "charge";
            case CORRECTION, DISCOUNT -> line.explanation().counted().isPresent() ? "charge" : "subscription";
            case FIXED -> "fixed_charge";
            case COMMITMENT -> "commitment";
            case ADD_ON -> "add_on";
            case CREDITS -> "credit";
        };
    }

    private Json item(Service service, InvoiceLine line, Optional<UUID> plan, Optional<SubscriptionId> subscription) {
        Explanation why = line.explanation();
        Optional<Entry> metric = why.counted().map(counted -> codes.metricEntry(service, counted.metric()));
        String code = metric.map(Entry::code).orElseGet(() -> type(line).equals("subscription")
                ? why.plan().map(price -> codes.ofPlan(service, price.plan())).orElse(why.charge()) : why.charge());
        String name = metric.map(entry -> entry.attribute("name").orElse(entry.code())).orElse(line.description());
        UUID id = metric.map(Entry::id).or(() -> subscription.map(SubscriptionId::value))
                .orElseGet(() -> Uuids.of(service.id().value(), "item " + code));
        return Json.object("type", type(line), "code", code, "name", name, "description", line.description(),
                "invoice_display_name", line.description(), "filters", null,
                "filter_invoice_display_name", why.part().filter().orElse(null), "lago_item_id", id,
                "item_type", metric.isPresent() ? "BillableMetric" : line.kind() == InvoiceLine.Kind.ADD_ON ? "AddOn"
                        : line.kind() == InvoiceLine.Kind.CREDITS ? "WalletTransaction" : "Subscription",
                "grouped_by", why.part().group());
    }

    /** The steps of the calculation. */
    private static Json details(Explanation why) {
        return Json.object("steps", why.priced().steps().stream().map(step -> Json.object("rule", step.rule(),
                "units", plain(step.units()), "unit_price", plain(step.unitPrice()), "per", plain(step.per()),
                "amount", plain(step.exact()))).toList());
    }

    private static String plain(BigDecimal value) {
        return Decimals.normal(value).toPlainString();
    }
}
