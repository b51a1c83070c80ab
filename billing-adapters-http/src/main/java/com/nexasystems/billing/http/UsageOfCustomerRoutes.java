package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.invoicing.Stretch;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.CurrentUsage.Usage;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a customer's usage comes to: in the period that goes on, and in those that are over. */
final class UsageOfCustomerRoutes {

    private final Billing billing;
    private final Codes codes;
    private final CustomerStore customers;

    UsageOfCustomerRoutes(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.get("/customers/{external_id}/current_usage", this::current),
                Route.get("/customers/{external_id}/past_usage", this::past));
    }

    private Answer current(Call call) {
        Known customer = customers.one(call, call.path("external_id"));
        String reference = call.query("external_subscription_id")
                .orElseThrow(() -> ApiError.notAllowed("no_active_subscription"));
        Subscription subscription = billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId())
                        .of(customer.customer().id()).named(reference)
                        .in(EnumSet.of(SubscriptionState.TRIALING, SubscriptionState.ACTIVE, SubscriptionState.PAST_DUE,
                                SubscriptionState.SHADOW)), PageRequest.first(1)).items().stream().findFirst()
                .orElseThrow(() -> ApiError.notAllowed("no_active_subscription"));
        Usage usage = billing.currentUsage().of(subscription, call.now());
        Fields parameters = call.parameters();
        boolean taxed = parameters.flag("apply_taxes").orElse(true);
        parameters.check();
        Money tax = !taxed ? Money.zero(usage.plan().currency())
                : billing.usageTaxes().of(subscription, customer.customer(), usage, call.now()).stream()
                .map(TaxAmount::amount).reduce(Money.zero(usage.plan().currency()), Money::plus);
        return Answer.ok(Json.object("customer_usage", json(call, usage, usage.plan().versionAt(usage.period().start()).charges(),
                tax)));
    }

    /** A period has the invoice that billed it first; what was billed later, because it came late, is in the amounts too. */
    private Answer past(Call call) {
        Known customer = customers.one(call, call.path("external_id"));
        Fields parameters = call.parameters();
        String reference = parameters.mandatory("external_subscription_id");
        Optional<String> metric = parameters.text("billable_metric_code");
        int most = parameters.integer("periods_count", 1, Integer.MAX_VALUE).map(Long::intValue).orElse(Integer.MAX_VALUE);
        PageRequest request = call.page();
        parameters.check();
        Subscription subscription = billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId())
                        .of(customer.customer().id()).named(reference), PageRequest.first(1)).items().stream().findFirst()
                .orElseThrow(() -> ApiError.notFound("subscription"));
        return Answer.ok(Pages.of("usage_periods", billing.pastUsage().of(subscription, call.now(), most, request), request,
                usage -> past(call, subscription, customer, usage, metric)));
    }

    private Json past(Call call, Subscription subscription, Known customer, Usage usage, Optional<String> metric) {
        List<Charge> charges = usage.plan().versionAt(usage.period().start()).charges().stream()
                .filter(charge -> metric.map(code -> codes.metricEntry(call.service(), charge.metric()).code().equals(code))
                        .orElse(true)).toList();
        Usage shown = new Usage(usage.plan(), usage.period(), usage.charges().stream()
                .filter(part -> charges.stream().anyMatch(charge -> charge.code().equals(part.charge()))).toList());
        Money tax = billing.usageTaxes().of(subscription, customer.customer(), shown, call.now()).stream()
                .map(TaxAmount::amount).reduce(Money.zero(usage.plan().currency()), Money::plus);
        Json json = json(call, shown, charges, tax);
        return billing.ports().invoices().billing(List.of(new Stretch(subscription.id(), usage.period().start()))).stream()
                .findFirst().map(invoice -> json.with("lago_invoice_id", invoice.id().value())
                        .with("issuing_date", invoice.issueDate().toString())).orElse(json);
    }

    private Json json(Call call, Usage usage, List<Charge> shown, Money tax) {
        Currency currency = usage.plan().currency();
        UUID plan = codes.planEntry(call.service(), usage.plan().code()).map(Entry::id)
                .orElse(Uuids.of(call.serviceId().value(), "plan " + usage.plan().code()));
        List<Json> charges = new ArrayList<>();
        Money total = Money.zero(currency);
        Instant start = usage.period().start();
        for (Charge charge : shown) {
            List<Explanation> parts = usage.charges().stream().filter(e -> e.charge().equals(charge.code())).toList();
            charges.add(charge(call, plan, charge, parts, currency));
            total = total.plus(sum(parts, currency));
        }
        return Json.object("from_datetime", Times.of(start), "to_datetime", Times.of(usage.period().end().minusSeconds(1)),
                "issuing_date", usage.period().end().atZone(usage.period().zone()).toLocalDate().toString(),
                "lago_invoice_id", null, "currency", currency.getCurrencyCode(), "amount_cents", Cents.of(total),
                "taxes_amount_cents", Cents.of(tax), "total_amount_cents", Cents.of(total.plus(tax)), "charges_usage", charges);
    }

    private Json charge(Call call, UUID plan, Charge charge, List<Explanation> parts, Currency currency) {
        Entry entry = codes.metricEntry(call.service(), charge.metric());
        Metric metric = billing.ports().metrics().find(charge.metric()).orElseThrow();
        return Json.object("units", units(parts), "total_aggregated_units", units(parts), "events_count", events(parts),
                "amount_cents", Cents.of(sum(parts, currency)), "amount_currency", currency.getCurrencyCode(),
                "pricing_unit_details", null,
                "charge", Json.object("lago_id", ChargeJson.id(plan, charge.code()), "code", charge.code(),
                        "charge_model", charge.model().code(), "invoice_display_name", charge.name()),
                "billable_metric", Json.object("lago_id", entry.id(), "name",
                        entry.attribute("name").orElse(metric.name()), "code", entry.code(),
                        "aggregation_type", MetricJson.word(metric.aggregation())),
                "filters", charge.terms().filters().isEmpty() ? List.of() : filters(charge, parts, currency),
                "grouped_usage", groups(charge, parts, currency), "presentation_breakdowns", List.of());
    }

    /** One for each filter, and one for what none of them matches. */
    private static List<Json> filters(Charge charge, List<Explanation> parts, Currency currency) {
        List<Json> filters = new ArrayList<>();
        for (ChargeFilter filter : charge.terms().filters()) {
            filters.add(part(of(parts, Optional.of(filter.name())), currency)
                    .with("invoice_display_name", filter.name()).with("values", filter.values()));
        }
        filters.add(part(of(parts, Optional.empty()), currency).with("invoice_display_name", null).with("values", null));
        return filters;
    }

    private static List<Explanation> of(List<Explanation> parts, Optional<String> filter) {
        return parts.stream().filter(part -> part.part().filter().equals(filter)).toList();
    }

    private static List<Json> groups(Charge charge, List<Explanation> parts, Currency currency) {
        if (parts.stream().allMatch(part -> part.part().group().isEmpty())) {
            return List.of();
        }
        return parts.stream().map(part -> part.part().group()).distinct().map(group -> {
            List<Explanation> own = parts.stream().filter(part -> part.part().group().equals(group)).toList();
            return part(own, currency).with("grouped_by", group)
                    .with("filters", charge.terms().filters().isEmpty() ? List.of() : filters(charge, own, currency));
        }).toList();
    }

    private static Json part(List<Explanation> parts, Currency currency) {
        return Json.object("units", units(parts), "total_aggregated_units", units(parts), "events_count", events(parts),
                "amount_cents", Cents.of(sum(parts, currency)));
    }

    private static String units(List<Explanation> parts) {
        return Units.of(parts.stream().flatMap(part -> part.counted().stream()).map(Counted::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static long events(List<Explanation> parts) {
        return parts.stream().flatMap(part -> part.counted().stream()).mapToLong(Counted::records).sum();
    }

    /** Each part is rounded, as it will be on its line. */
    private static Money sum(List<Explanation> parts, Currency currency) {
        return parts.stream().map(part -> part.exact().rounded(RoundingMode.HALF_UP))
                .reduce(Money.zero(currency), Money::plus);
    }
}
