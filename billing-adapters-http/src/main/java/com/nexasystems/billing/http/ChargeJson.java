package com.nexasystems.billing.http;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quota.Quota;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Charges and fixed charges of a plan. */
final class ChargeJson {

    private final Codes codes;

    ChargeJson(Codes codes) {
        this.codes = codes;
    }

    /** The plan that charges are shown of: its id makes theirs. */
    record Owner(Service service, UUID plan, Currency currency, PlanTaxes.Shown taxes) { }

    static UUID id(UUID plan, String code) {
        return Uuids.of(plan, "charge " + code);
    }

    static UUID fixedId(UUID plan, String code) {
        return Uuids.of(plan, "fixed charge " + code);
    }

    static UUID filterId(UUID plan, String charge, ChargeFilter filter) {
        return Uuids.of(id(plan, charge), "filter " + filter.name());
    }

    Json of(Owner owner, Charge charge) {
        Entry metric = codes.metricEntry(owner.service, charge.metric());
        ChargeTerms terms = charge.terms();
        return Json.object("lago_id", id(owner.plan, charge.code()), "lago_billable_metric_id", metric.id(),
                "billable_metric_code", metric.code(), "code", charge.code(), "invoice_display_name", charge.name(),
                "created_at", Times.of(metric.createdAt()), "charge_model", charge.model().code(),
                "invoiceable", true, "regroup_paid_fees", null, "pay_in_advance", terms.inAdvance(),
                "prorated", terms.prorated(), "min_amount_cents", minor(terms.minimum(), owner.currency),
                "accepts_target_wallet", false, "lago_parent_id", null, "applied_pricing_unit", null,
                "properties", ChargeModelJson.of(charge.model(), charge.quota(), terms.groupBy()),
                "filters", terms.filters().stream().map(filter -> of(owner, charge, filter)).toList(),
                "taxes", owner.taxes.of(charge.code()));
    }

    static Json of(Owner owner, Charge charge, ChargeFilter filter) {
        return Json.object("lago_id", filterId(owner.plan, charge.code(), filter), "charge_code", charge.code(),
                "invoice_display_name", filter.name(),
                "properties", ChargeModelJson.of(filter.model(), filter.quota(), filter.groupBy()),
                "values", filter.values());
    }

    static Json of(Owner owner, FixedCharge charge) {
        return Json.object("lago_id", fixedId(owner.plan, charge.code()), "lago_add_on_id", null, "add_on_code", null,
                "code", charge.code(), "invoice_display_name", charge.name(), "charge_model", charge.model().code(),
                "units", charge.units().toPlainString(), "pay_in_advance", charge.inAdvance(),
                "prorated", charge.prorated(), "lago_parent_id", null,
                "properties", ChargeModelJson.of(charge.model(), Quota.NONE, List.of()),
                "taxes", owner.taxes.of(charge.code()));
    }

    private static long minor(BigDecimal major, Currency currency) {
        return major.movePointRight(currency.getDefaultFractionDigits()).longValue();
    }

    /** A list of charges; codes that were not sent are those of the metrics, numbered where there are several. */
    List<Charge> readAll(Service service, Currency currency, UUID plan, List<Fields> charges, List<Charge> before) {
        Function<Fields, Optional<Charge>> sameId = sent -> sameId(sent, before, known -> id(plan, known.code()));
        Set<String> taken = new HashSet<>();
        charges.forEach(charge -> code(charge, sameId.apply(charge).map(Charge::code)).ifPresent(taken::add));
        List<Charge> read = new ArrayList<>();
        for (Fields charge : charges) {
            Optional<Charge> known = sameId.apply(charge);
            Charge next = read(service, currency, charge, known, taken);
            taken.add(next.code());
            read.add(next);
        }
        return read;
    }

    private static <T> Optional<T> sameId(Fields sent, List<T> before, Function<T, UUID> ids) {
        return sent.text("id").or(() -> sent.text("lago_id")).flatMap(Uuids::parse)
                .flatMap(id -> before.stream().filter(known -> ids.apply(known).equals(id)).findFirst());
    }

    private static Optional<String> code(Fields sent, Optional<String> before) {
        return sent.text("code").filter(text -> !text.isBlank()).or(() -> before);
    }

    /** @param before what is kept of what was not sent; empty for a new charge */
    Charge read(Service service, Currency currency, Fields fields, Optional<Charge> before, Set<String> taken) {
        Entry metric = metric(service, fields, before);
        ChargeModel model = before.isPresent() && !fields.has("charge_model") && !fields.has("properties")
                ? before.get().model() : model(fields, before);
        Fields properties = fields.object("properties").orElse(Fields.of(Map.of()));
        boolean keeps = before.isPresent() && !fields.has("properties");
        refuseWhatWouldChangePrices(fields);
        if (!fields.has("filters") && before.filter(charge -> !charge.terms().filters().isEmpty()
                && !charge.model().code().equals(model.code())).isPresent()) {
            fields.problem("filters", "value_is_mandatory", "have prices by the charge model before");
        }
        List<ChargeFilter> filters = fields.has("filters") || before.isEmpty() ? filters(fields, model)
                : before.get().terms().filters();
        List<String> groupBy = keeps ? before.get().terms().groupBy() : groups(properties);
        BigDecimal minimum = fields.cents("min_amount_cents", currency).map(Money::amount)
                .or(() -> before.map(charge -> charge.terms().minimum())).orElse(BigDecimal.ZERO);
        var terms = new ChargeTerms(
                fields.flag("pay_in_advance").or(() -> before.map(charge -> charge.terms().inAdvance())).orElse(false),
                fields.flag("prorated").or(() -> before.map(charge -> charge.terms().prorated())).orElse(false),
                minimum, groupBy, filters);
        String code = code(fields, before.map(Charge::code)).orElseGet(() -> free(metric.code(), taken));
        String name = fields.text("invoice_display_name").filter(text -> !text.isBlank())
                .or(() -> before.map(Charge::name)).orElse(code);
        fields.check();
        return new Charge(code, name, new MetricCode(metric.subject()),
                keeps ? before.get().quota() : ChargeModelJson.quota(properties), model, terms);
    }

    private Entry metric(Service service, Fields fields, Optional<Charge> before) {
        if (before.isPresent() && !fields.has("billable_metric_id") && !fields.has("billable_metric_code")) {
            return codes.metricEntry(service, before.get().metric());
        }
        Optional<Entry> byId = fields.text("billable_metric_id").flatMap(Uuids::parse)
                .flatMap(id -> codes.find(service, Kind.METRIC, id));
        return byId.or(() -> fields.text("billable_metric_code").flatMap(code -> codes.find(service, Kind.METRIC, code)))
                .orElseThrow(() -> ApiError.notFound("billable_metrics"));
    }

    private static ChargeModel model(Fields fields, Optional<Charge> before) {
        String model = fields.text("charge_model").filter(text -> !text.isBlank())
                .or(() -> before.map(charge -> charge.model().code())).orElse("");
        if (model.isEmpty()) {
            fields.problem("charge_model", "value_is_mandatory");
            fields.check();
        }
        return ChargeModelJson.read(model, fields.object("properties").orElse(Fields.of(Map.of())));
    }

    /** Silence would charge something else than was asked for. */
    private static void refuseWhatWouldChangePrices(Fields fields) {
        if (!fields.flag("invoiceable").orElse(true)) {
            fields.problem("invoiceable", "value_is_invalid", "fees without an invoice are not supported");
        }
        if (fields.raw("applied_pricing_unit") != null) {
            fields.problem("applied_pricing_unit", "value_is_invalid", "prices are in the plan's currency");
        }
    }

    private static List<String> groups(Fields properties) {
        List<String> keys = properties.texts("pricing_group_keys");
        return keys.isEmpty() ? properties.texts("grouped_by") : keys;
    }

    private static List<ChargeFilter> filters(Fields charge, ChargeModel model) {
        Set<String> names = new HashSet<>();
        List<ChargeFilter> filters = new ArrayList<>();
        charge.objects("filters").forEach(filter -> filters.add(filter(filter, model.code(), Optional.empty(), names)));
        return filters;
    }

    /**
     * @param before what is kept of what was not sent; empty for a new filter
     * @param names  those of the other filters
     */
    static ChargeFilter filter(Fields fields, String model, Optional<ChargeFilter> before, Set<String> names) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (!fields.has("values")) {
            before.map(ChargeFilter::values).ifPresent(values::putAll);
        }
        fields.object("values").ifPresent(object -> object.names().forEach(key -> values.put(key, object.texts(key))));
        Fields properties = fields.object("properties").orElse(Fields.of(Map.of()));
        String name = fields.text("invoice_display_name").filter(text -> !text.isBlank())
                .or(() -> before.filter(known -> !known.name().equals(named(known.values()))).map(ChargeFilter::name))
                .orElseGet(() -> named(values));
        String unique = free(name.isBlank() ? "filter" : name, names);
        names.add(unique);
        fields.check();
        if (before.isPresent() && !fields.has("properties")) {
            return new ChargeFilter(unique, values, before.get().quota(), before.get().model(), before.get().groupBy());
        }
        return new ChargeFilter(unique, values, ChargeModelJson.quota(properties), ChargeModelJson.read(model, properties),
                groups(properties));
    }

    private static String named(Map<String, List<String>> values) {
        return String.join(" ", values.values().stream().map(known -> String.join(", ", known)).toList());
    }

    List<FixedCharge> readAllFixed(Service service, UUID plan, List<Fields> charges, List<FixedCharge> before,
                                   Set<String> taken) {
        Function<Fields, Optional<FixedCharge>> sameId =
                sent -> sameId(sent, before, known -> fixedId(plan, known.code()));
        charges.forEach(charge -> code(charge, sameId.apply(charge).map(FixedCharge::code)).ifPresent(taken::add));
        List<FixedCharge> read = new ArrayList<>();
        for (Fields charge : charges) {
            Optional<FixedCharge> known = sameId.apply(charge);
            FixedCharge next = readFixed(service, charge, known, taken);
            taken.add(next.code());
            read.add(next);
        }
        return read;
    }

    FixedCharge readFixed(Service service, Fields fields, Optional<FixedCharge> before, Set<String> taken) {
        Optional<Entry> addOn = fields.text("add_on_code").flatMap(code -> codes.find(service, Kind.ADD_ON, code))
                .or(() -> fields.text("add_on_id").flatMap(Uuids::parse)
                        .flatMap(id -> codes.find(service, Kind.ADD_ON, id)));
        if (addOn.isEmpty() && (fields.has("add_on_code") || fields.has("add_on_id"))) {
            throw ApiError.notFound("add_on");
        }
        String code = code(fields, before.map(FixedCharge::code))
                .or(() -> addOn.map(entry -> free(entry.code(), taken))).orElseGet(() -> fields.mandatory("code"));
        String name = fields.text("invoice_display_name").filter(text -> !text.isBlank())
                .or(() -> before.map(FixedCharge::name)).or(() -> addOn.flatMap(entry -> entry.attribute("name")))
                .orElse(code);
        BigDecimal units = fields.decimal("units").or(() -> before.map(FixedCharge::units)).orElse(BigDecimal.ONE);
        ChargeModel model = before.isPresent() && !fields.has("properties") ? before.get().model()
                : ChargeModelJson.read(fields.text("charge_model").orElse("standard"),
                fields.object("properties").orElse(Fields.of(Map.of())));
        boolean inAdvance = fields.flag("pay_in_advance").or(() -> before.map(FixedCharge::inAdvance)).orElse(false);
        boolean prorated = fields.flag("prorated").or(() -> before.map(FixedCharge::prorated)).orElse(false);
        fields.check();
        return new FixedCharge(code, name, units, model, inAdvance, prorated);
    }

    private static String free(String wanted, Set<String> taken) {
        String next = wanted;
        for (int number = 2; taken.contains(next); number++) {
            next = wanted + "_" + number;
        }
        return next;
    }
}
