package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.TaxTarget;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /add_ons}: what a service sells once. Its price is what a fee costs unless the fee says otherwise. */
final class AddOnRoutes {

    private static final String ROOT = "add_on";
    private static final String ONE = "/add_ons/{code}";

    private final Billing billing;
    private final Directory directory;
    private final TaxCodes taxes;

    AddOnRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.taxes = new TaxCodes(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/add_ons", this::create), Route.get("/add_ons", this::list), Route.get(ONE, this::one),
                Route.put(ONE, this::change), Route.delete(ONE, this::remove));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        String code = fields.mandatory("code");
        if (!code.isEmpty() && directory.find(call.serviceId(), Kind.ADD_ON, code).isPresent()) {
            fields.problem("code", "value_already_exist");
        }
        fields.mandatory("name");
        for (String name : List.of("amount_cents", "amount_currency")) {
            fields.mandatory(name);
        }
        Map<String, String> attributes = attributes(fields, Map.of());
        Entry entry = directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.ADD_ON, code,
                        call.service().code() + ":" + code, call.now(), attributes))
                .orElseThrow(() -> ApiError.invalid("code", "value_already_exist"));
        taxes.put(target(entry), fields);
        return answer(call, "add_on.created", entry);
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Page<Entry> page = directory.list(call.serviceId(), Kind.ADD_ON,
                new EntryQuery(call.query("search_term"), Map.of()), request);
        Map<TaxTarget, List<Json>> own = taxes.shown(page.items().stream().map(AddOnRoutes::target).toList());
        return Answer.ok(Pages.of("add_ons", page, request, entry ->
                json(entry, own.getOrDefault(target(entry), List.of()))));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(ROOT, json(entry(call))));
    }

    private Answer change(Call call) {
        Entry entry = entry(call);
        call.before(json(entry));
        Fields fields = call.body(ROOT);
        Entry changed = entry.with(attributes(fields, entry.attributes()), call.now());
        directory.update(changed);
        taxes.put(target(changed), fields);
        return answer(call, "add_on.changed", changed);
    }

    private Answer remove(Call call) {
        Entry entry = entry(call);
        Json removed = json(entry);
        taxes.clear(target(entry));
        directory.remove(call.serviceId(), Kind.ADD_ON, entry.code(), call.now());
        call.audit("add_on.removed", "add-on " + entry.subject());
        return Answer.ok(Json.object(ROOT, removed));
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        for (String name : List.of("name", "description", "invoice_display_name")) {
            fields.text(name).ifPresent(text -> attributes.put(name, text));
        }
        fields.currency("amount_currency").ifPresent(currency ->
                attributes.put("amount_currency", currency.getCurrencyCode()));
        Optional<Money> amount = fields.cents("amount_cents",
                Currency.getInstance(attributes.getOrDefault("amount_currency", "USD")));
        amount.filter(money -> money.amount().signum() <= 0)
                .ifPresent(money -> fields.problem("amount_cents", "value_is_out_of_range"));
        amount.ifPresent(money -> attributes.put("amount_cents", String.valueOf(Cents.of(money))));
        fields.check();
        return attributes;
    }

    private Answer answer(Call call, String action, Entry entry) {
        call.audit(action, "add-on " + entry.subject());
        return Answer.ok(Json.object(ROOT, json(entry)));
    }

    private static TaxTarget target(Entry entry) {
        return TaxTarget.addOn(entry.service(), entry.code());
    }

    private Json json(Entry entry) {
        return json(entry, taxes.shown(target(entry)));
    }

    private static Json json(Entry entry, List<Json> own) {
        return Json.object("lago_id", entry.id(), "name", entry.attribute("name").orElse(null),
                "invoice_display_name", entry.attribute("invoice_display_name").orElse(null), "code", entry.code(),
                "amount_cents", Long.parseLong(entry.attribute("amount_cents").orElse("0")),
                "amount_currency", entry.attribute("amount_currency").orElse(null),
                "description", entry.attribute("description").orElse(null), "created_at", Times.of(entry.createdAt()),
                "taxes", own);
    }

    private Entry entry(Call call) {
        return directory.find(call.serviceId(), Kind.ADD_ON, call.path("code")).orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
