package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /taxes}: a service's own. What is changed counts on drafts and on new invoices. */
final class TaxRoutes {

    private static final String ROOT = "tax";

    private final Billing billing;
    private final Directory directory;
    private final ServiceTaxes taxes;
    private final TaxCodes codes;

    TaxRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.taxes = billing.ports().serviceTaxes();
        this.codes = new TaxCodes(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/taxes", this::create), Route.get("/taxes", this::list),
                Route.get("/taxes/{code}", this::one), Route.put("/taxes/{code}", this::change),
                Route.delete("/taxes/{code}", this::remove));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        String code = fields.mandatory("code");
        String name = fields.mandatory("name");
        Optional<BigDecimal> rate = rate(fields);
        if (rate.isEmpty() && !fields.hasProblem("rate")) {
            fields.problem("rate", "value_is_mandatory");
        }
        boolean all = fields.flag("applied_to_organization").orElse(false);
        fields.check();
        var tax = new ServiceTax(call.serviceId(), code, name, rate.orElseThrow(), all);
        if (!taxes.add(tax)) {
            throw ApiError.invalid("code", "value_already_exist");
        }
        Entry entry = directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.TAX, code, code,
                call.now(), attributes(fields, Map.of()))).orElseThrow(() -> ApiError.invalid("code", "value_already_exist"));
        return answer(call, "tax.created", entry, tax);
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Page<Entry> page = directory.list(call.serviceId(), Kind.TAX,
                new EntryQuery(call.query("search_term"), Map.of()), request);
        Map<String, ServiceTax> known = codes.byCode(call.serviceId());
        return Answer.ok(Pages.of("taxes", page, request, entry -> TaxCodes.json(entry, known.get(entry.code()))));
    }

    private Answer one(Call call) {
        Entry entry = entry(call);
        return Answer.ok(Json.object(ROOT, TaxCodes.json(entry, tax(call))));
    }

    private Answer change(Call call) {
        Entry entry = entry(call);
        ServiceTax before = tax(call);
        call.before(TaxCodes.json(entry, before));
        Fields fields = call.body(ROOT);
        fields.text("code").filter(code -> !code.equals(before.code())).ifPresent(code ->
                fields.problem("code", "value_is_invalid", "stays what it is: issued invoices name it"));
        Optional<BigDecimal> rate = rate(fields);
        boolean all = fields.flag("applied_to_organization").orElse(before.appliedToAll());
        Optional<String> name = fields.has("name") ? Optional.of(fields.mandatory("name")) : Optional.empty();
        fields.check();
        var after = new ServiceTax(before.service(), before.code(), name.orElse(before.name()),
                rate.orElse(before.percent()), all);
        taxes.update(after);
        Entry changed = entry.with(attributes(fields, entry.attributes()), call.now());
        directory.update(changed);
        return answer(call, "tax.changed", changed, after);
    }

    /** It is on nothing any more; issued invoices keep it. */
    private Answer remove(Call call) {
        Entry entry = entry(call);
        ServiceTax tax = tax(call);
        taxes.remove(call.serviceId(), tax.code());
        directory.remove(call.serviceId(), Kind.TAX, entry.code(), call.now());
        return answer(call, "tax.removed", entry, tax);
    }

    private static Optional<BigDecimal> rate(Fields fields) {
        Optional<BigDecimal> rate = fields.decimal("rate");
        rate.filter(percent -> percent.signum() < 0).ifPresent(percent ->
                fields.problem("rate", "value_is_out_of_range", "must not be negative"));
        return rate;
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        for (String name : List.of("name", "description")) {
            fields.text(name).ifPresent(text -> attributes.put(name, text));
        }
        return attributes;
    }

    private static Answer answer(Call call, String action, Entry entry, ServiceTax tax) {
        call.audit(action, "tax " + tax.code());
        return Answer.ok(Json.object(ROOT, TaxCodes.json(entry, tax)));
    }

    private Entry entry(Call call) {
        return directory.find(call.serviceId(), Kind.TAX, call.path("code")).orElseThrow(() -> ApiError.notFound(ROOT));
    }

    private ServiceTax tax(Call call) {
        return codes.byCode(call.serviceId()).get(call.path("code"));
    }
}
