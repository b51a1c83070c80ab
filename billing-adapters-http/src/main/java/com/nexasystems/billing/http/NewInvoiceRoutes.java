package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.invoicing.IssueOneOff.Request;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.StartSubscription;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.tax.Levy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One-off invoices, and previews of invoices to come. */
final class NewInvoiceRoutes {

    private static final Map<String, BillingTime> BILLING_TIMES = Map.of("calendar", BillingTime.CALENDAR, "anniversary",
            BillingTime.ANNIVERSARY);

    private final Billing billing;
    private final Codes codes;
    private final CustomerStore customers;
    private final TaxCodes taxes;
    private final InvoiceJson json;

    NewInvoiceRoutes(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
        this.taxes = new TaxCodes(billing);
        this.json = new InvoiceJson(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/invoices", this::oneOff),
                Route.post("/invoices/preview", this::preview).needing(KeyScope.READ));
    }

    private Answer oneOff(Call call) {
        Fields fields = call.body("invoice");
        String externalId = fields.mandatory("external_customer_id");
        fields.check();
        Known customer = customers.find(call.serviceId(), externalId).orElseThrow(() -> ApiError.notFound("customer"));
        List<Fields> sent = fields.objects("fees");
        fields.check();
        if (sent.isEmpty()) {
            throw ApiError.notFound("fees");
        }
        List<Entry> addOns = sent.stream().map(fee -> addOn(call, fee)).toList();
        Currency currency = fields.currency("currency").or(() -> customer.customer().currency())
                .or(() -> addOns.get(0).attribute("amount_currency").map(Currency::getInstance))
                .orElseThrow(() -> ApiError.invalid("currency", "value_is_mandatory"));
        List<Fee> fees = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            fees.add(fee(call, sent.get(i), addOns.get(i), currency));
        }
        fields.check();
        Invoice invoice = billing.oneOff().issue(call.serviceId(), new Request(customer.customer(), currency, fees,
                call.header(Writes.KEY).orElse(call.requestId())));
        call.audit("invoice.issued", "invoice " + invoice.id());
        return Answer.ok(Json.object("invoice", json.one(call, invoice)));
    }

    private Entry addOn(Call call, Fields fee) {
        return fee.text("add_on_code").flatMap(code -> codes.find(call.service(), Kind.ADD_ON, code))
                .or(() -> fee.text("add_on_id").flatMap(Uuids::parse)
                        .flatMap(id -> codes.find(call.service(), Kind.ADD_ON, id)))
                .orElseThrow(() -> ApiError.notFound("add_on"));
    }

    private Fee fee(Call call, Fields sent, Entry addOn, Currency currency) {
        BigDecimal units = sent.decimal("units").orElse(BigDecimal.ONE);
        if (units.signum() <= 0) {
            sent.problem("units", "value_is_out_of_range");
        }
        BigDecimal cents = sent.decimal("unit_amount_cents")
                .or(() -> sent.decimal("unit_price_amount_cents"))
                .orElseGet(() -> new BigDecimal(addOn.attribute("amount_cents").orElse("0")));
        if (cents.signum() < 0) {
            sent.problem("unit_amount_cents", "value_is_out_of_range");
        }
        String name = sent.text("invoice_display_name").filter(text -> !text.isBlank())
                .or(() -> sent.text("description").filter(text -> !text.isBlank()))
                .or(() -> addOn.attribute("invoice_display_name")).or(() -> addOn.attribute("name")).orElse(addOn.code());
        sent.check();
        return new Fee(addOn.code(), name.length() > 255 ? name.substring(0, 255) : name, units,
                Decimals.normal(cents.movePointLeft(currency.getDefaultFractionDigits())),
                taxes.read(call.serviceId(), sent).filter(asked -> !asked.isEmpty()).map(List::<Levy>copyOf));
    }

    /** Stores nothing: of a subscription there is, or of one that would be started. */
    private Answer preview(Call call) {
        Fields body = call.body();
        if (body.raw("coupons") != null && !(body.raw("coupons") instanceof List)) {
            throw ApiError.badRequest("coupons_must_be_an_array");
        }
        Fields customer = body.object("customer").orElse(Fields.of(Map.of()));
        Optional<Fields> subscriptions = body.object("subscriptions");
        if (subscriptions.isPresent()) {
            List<String> ids = subscriptions.get().texts("external_ids");
            body.check();
            if (ids.size() != 1) {
                throw ApiError.invalid("subscriptions", "value_is_invalid", "names one subscription: each has an invoice of its own");
            }
            return shown(call, existing(call, ids.get(0), subscriptions.get()));
        }
        Entry plan = body.text("plan_code").flatMap(code -> codes.find(call.service(), Kind.PLAN, code))
                .orElseThrow(() -> ApiError.notFound("plan"));
        Instant at = body.instant("subscription_at").orElse(call.now());
        BillingTime time = body.choice("billing_time", BILLING_TIMES).orElse(BillingTime.CALENDAR);
        body.check();
        Optional<String> externalId = customer.text("external_id");
        if (externalId.isPresent() && customers.find(call.serviceId(), externalId.get()).isEmpty()) {
            throw ApiError.notFound("customer");
        }
        return shown(call, billing.preview().after(() -> started(call, customer, externalId, plan, time, at)));
    }

    private Optional<Invoice> existing(Call call, String reference, Fields change) {
        if (billing.ports().subscriptions().resolve(call.serviceId(), List.of(reference)).isEmpty()) {
            throw ApiError.notFound("subscription");
        }
        Optional<String> plan = change.text("plan_code");
        Optional<Instant> end = change.instant("terminated_at");
        change.check();
        if (plan.isPresent()) {
            Entry next = codes.find(call.service(), Kind.PLAN, plan.get()).orElseThrow(() -> ApiError.notFound("plan"));
            return billing.preview().after(() -> billing.changes().change(call.serviceId(), reference,
                    codes.planOf(next).code(), Timing.BY_PRICE));
        }
        return end.isPresent() ? billing.preview().after(() -> billing.terminations().terminateAt(call.serviceId(), reference,
                end.get(), UnusedTime.CREDIT)) : billing.preview().next(call.serviceId(), reference);
    }

    private Subscription started(Call call, Fields customer, Optional<String> externalId, Entry plan, BillingTime time,
                                 Instant at) {
        Customer holder = externalId.map(id -> customers.one(call, id).customer()).orElseGet(() -> unknown(call, customer));
        return billing.subscriptions().start(call.serviceId(), new StartSubscription.Request(holder,
                "preview of " + call.requestId(), codes.planOf(plan).code(), time, at));
    }

    private Customer unknown(Call call, Fields fields) {
        Map<String, String> attributes = new TreeMap<>();
        CustomerJson.read(fields, attributes);
        fields.check();
        Customer made = billing.customers().resolve(call.serviceId(), new Account("preview of " + call.requestId(),
                Optional.ofNullable(attributes.get("name")), Optional.empty(), Optional.empty(), Optional.empty()));
        Customer written = CustomerJson.apply(made, fields, attributes);
        billing.ports().customers().update(written);
        return written;
    }

    private Answer shown(Call call, Optional<Invoice> invoice) {
        return Answer.ok(Json.object("invoice", invoice.map(found -> json.preview(call, found))
                .orElseThrow(() -> ApiError.notAllowed("nothing_to_bill", "no invoice follows"))));
    }
}
