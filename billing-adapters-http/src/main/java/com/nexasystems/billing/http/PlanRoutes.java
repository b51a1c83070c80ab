package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /plans}, with the charges, filters and fixed charges on them. */
final class PlanRoutes {

    private static final String PLAN = "/plans/{code}";
    private static final String CHARGES = PLAN + "/charges";
    private static final String CHARGE = CHARGES + "/{charge_code}";
    private static final String FILTERS = CHARGE + "/filters";
    private static final String FILTER = FILTERS + "/{filter_id}";
    private static final String FIXED_CHARGES = PLAN + "/fixed_charges";
    private static final String FIXED_CHARGE = FIXED_CHARGES + "/{fixed_charge_code}";

    private final Billing billing;
    private final Directory directory;
    private final Codes codes;
    private final PlanJson json;
    private final ChargeJson charges;
    private final PlanStore store;
    private final PlanTaxes taxes;

    PlanRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.codes = new Codes(billing);
        this.json = new PlanJson(billing);
        this.charges = new ChargeJson(codes);
        this.store = new PlanStore(billing);
        this.taxes = new PlanTaxes(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/plans", this::create), Route.get("/plans", this::list), Route.get(PLAN, this::one),
                Route.put(PLAN, this::change), Route.delete(PLAN, this::remove),
                Route.get(CHARGES, this::charges), Route.post(CHARGES, this::addCharge), Route.get(CHARGE, this::charge),
                Route.put(CHARGE, this::changeCharge), Route.delete(CHARGE, this::removeCharge),
                Route.get(FILTERS, this::filters), Route.post(FILTERS, this::addFilter), Route.get(FILTER, this::filter),
                Route.put(FILTER, this::changeFilter), Route.delete(FILTER, this::removeFilter),
                Route.get(FIXED_CHARGES, this::fixedCharges), Route.post(FIXED_CHARGES, this::addFixedCharge),
                Route.get(FIXED_CHARGE, this::fixedCharge), Route.put(FIXED_CHARGE, this::changeFixedCharge),
                Route.delete(FIXED_CHARGE, this::removeFixedCharge));
    }

    private Answer create(Call call) {
        Fields fields = call.body("plan");
        String code = fields.mandatory("code");
        if (!code.isEmpty() && codes.find(call.service(), Kind.PLAN, code).isPresent()) {
            fields.problem("code", "value_already_exist");
        }
        UUID id = billing.ports().ids().next();
        PlanJson.Draft draft = json.read(call.service(), id, fields, Optional.empty());
        Entry created = store.create(call, id, code, draft, attributes(fields, Map.of()));
        taxes.put(call.serviceId(), codes.planOf(created), fields, Set.of());
        return answer(call, "plan.created", created);
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Page<Entry> page = directory.list(call.serviceId(), Kind.PLAN,
                new EntryQuery(call.query("search_term"), Map.of()), request);
        return Answer.ok(Pages.of("plans", page, request, entry -> plan(call, entry)));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object("plan", plan(call, entry(call))));
    }

    private Answer change(Call call) {
        Entry entry = entry(call);
        call.before(plan(call, entry));
        Fields fields = call.body("plan");
        Plan before = codes.planOf(entry);
        PlanJson.Draft draft = json.read(call.service(), entry.id(), fields, Optional.of(before));
        Entry changed = store.change(call, entry, draft, attributes(fields, entry.attributes()),
                fields.flag("cascade_updates").orElse(false));
        Plan after = codes.planOf(changed);
        taxes.move(call.serviceId(), before, after);
        taxes.put(call.serviceId(), after, fields, PlanTaxes.chargesOf(before));
        return answer(call, "plan.changed", changed);
    }

    /** Nobody starts on it any more; those who are on it stay. */
    private Answer remove(Call call) {
        Entry entry = entry(call);
        directory.remove(call.serviceId(), Kind.PLAN, entry.code(), call.now());
        return answer(call, "plan.removed", entry);
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        fields.text("name").filter(text -> !text.isBlank()).ifPresent(name -> attributes.put("name", name));
        for (String name : List.of("description", "invoice_display_name")) {
            fields.text(name).ifPresent(text -> attributes.put(name, text));
        }
        fields.object("minimum_commitment").flatMap(object -> object.text("invoice_display_name"))
                .ifPresent(text -> attributes.put("commitment_name", text));
        Metadata.readObject(fields, attributes);
        fields.check();
        return attributes;
    }

    private Answer charges(Call call) {
        Entry entry = entry(call);
        PageRequest request = call.page();
        return Answer.ok(Pages.of("charges", Page.of(codes.planOf(entry).latest().charges(), request), request,
                charge -> charges.of(owner(call, entry), charge)));
    }

    private Answer charge(Call call) {
        Entry entry = entry(call);
        return Answer.ok(Json.object("charge", charges.of(owner(call, entry), charge(call, entry))));
    }

    private Answer addCharge(Call call) {
        Entry entry = entry(call);
        List<Charge> before = codes.planOf(entry).latest().charges();
        Fields fields = call.body("charge");
        Charge added = charges.read(call.service(), codes.planOf(entry).currency(), fields,
                Optional.empty(), before.stream().map(Charge::code).collect(Collectors.toSet()));
        if (before.stream().anyMatch(charge -> charge.code().equals(added.code()))) {
            throw ApiError.invalid("code", "value_already_exist");
        }
        return saved(call, entry, fields, added, list -> Stream.concat(list.stream(), Stream.of(added)).toList());
    }

    private Answer changeCharge(Call call) {
        Entry entry = entry(call);
        Charge before = charge(call, entry);
        Fields fields = call.body("charge");
        Charge after = charges.read(call.service(), codes.planOf(entry).currency(), fields, Optional.of(before), Set.of());
        return saved(call, entry, fields, after, list -> replaced(list, before, Optional.of(after)));
    }

    private Answer removeCharge(Call call) {
        Entry entry = entry(call);
        Charge before = charge(call, entry);
        return saved(call, entry, Fields.of(Map.of()), before, list -> replaced(list, before, Optional.empty()));
    }

    private Answer saved(Call call, Entry entry, Fields sent, Charge shown, UnaryOperator<List<Charge>> change) {
        Plan plan = codes.planOf(entry);
        call.before(plan(call, entry));
        Entry changed = save(call, entry, plan, change.apply(plan.latest().charges()), plan.latest().fixedCharges());
        putTaxes(call, plan, changed, shown.code(), sent);
        return Answer.ok(Json.object("charge", charges.of(owner(call, changed), shown)));
    }

    private Answer filters(Call call) {
        Entry entry = entry(call);
        Charge charge = charge(call, entry);
        PageRequest request = call.page();
        return Answer.ok(Pages.of("filters", Page.of(charge.terms().filters(), request), request,
                filter -> ChargeJson.of(owner(call, entry), charge, filter)));
    }

    private Answer filter(Call call) {
        Entry entry = entry(call);
        Charge charge = charge(call, entry);
        return Answer.ok(Json.object("filter", ChargeJson.of(owner(call, entry), charge, filter(call, entry, charge))));
    }

    private Answer addFilter(Call call) {
        Entry entry = entry(call);
        Charge charge = charge(call, entry);
        Set<String> names = charge.terms().filters().stream().map(ChargeFilter::name)
                .collect(Collectors.toCollection(HashSet::new));
        ChargeFilter added = ChargeJson.filter(call.body("filter"), charge.model().code(), Optional.empty(), names);
        return saved(call, entry, charge, added, list -> Stream.concat(list.stream(), Stream.of(added)).toList());
    }

    private Answer changeFilter(Call call) {
        Entry entry = entry(call);
        Charge charge = charge(call, entry);
        ChargeFilter before = filter(call, entry, charge);
        Set<String> others = charge.terms().filters().stream().map(ChargeFilter::name)
                .filter(name -> !name.equals(before.name())).collect(Collectors.toCollection(HashSet::new));
        ChargeFilter after = ChargeJson.filter(call.body("filter"), charge.model().code(), Optional.of(before), others);
        return saved(call, entry, charge, after, list -> replaced(list, before, Optional.of(after)));
    }

    private Answer removeFilter(Call call) {
        Entry entry = entry(call);
        Charge charge = charge(call, entry);
        ChargeFilter before = filter(call, entry, charge);
        return saved(call, entry, charge, before, list -> replaced(list, before, Optional.empty()));
    }

    private Answer saved(Call call, Entry entry, Charge charge, ChargeFilter shown,
                         UnaryOperator<List<ChargeFilter>> change) {
        ChargeTerms terms = charge.terms();
        Charge after = charge.on(new ChargeTerms(terms.inAdvance(), terms.prorated(), terms.minimum(), terms.groupBy(),
                change.apply(terms.filters())));
        Plan plan = codes.planOf(entry);
        call.before(plan(call, entry));
        Entry changed = save(call, entry, plan, replaced(plan.latest().charges(), charge, Optional.of(after)),
                plan.latest().fixedCharges());
        return Answer.ok(Json.object("filter", ChargeJson.of(owner(call, changed), after, shown)));
    }

    private Answer fixedCharges(Call call) {
        Entry entry = entry(call);
        PageRequest request = call.page();
        return Answer.ok(Pages.of("fixed_charges", Page.of(codes.planOf(entry).latest().fixedCharges(), request), request,
                charge -> ChargeJson.of(owner(call, entry), charge)));
    }

    private Answer fixedCharge(Call call) {
        Entry entry = entry(call);
        return Answer.ok(Json.object("fixed_charge", ChargeJson.of(owner(call, entry), fixedCharge(call, entry))));
    }

    private Answer addFixedCharge(Call call) {
        Entry entry = entry(call);
        Plan plan = codes.planOf(entry);
        Set<String> taken = Stream.concat(plan.latest().charges().stream().map(Charge::code),
                plan.latest().fixedCharges().stream().map(FixedCharge::code)).collect(Collectors.toSet());
        Fields fields = call.body("fixed_charge");
        FixedCharge added = charges.readFixed(call.service(), fields, Optional.empty(), taken);
        return savedFixed(call, entry, fields, added, list -> Stream.concat(list.stream(), Stream.of(added)).toList());
    }

    private Answer changeFixedCharge(Call call) {
        Entry entry = entry(call);
        FixedCharge before = fixedCharge(call, entry);
        Fields fields = call.body("fixed_charge");
        FixedCharge after = charges.readFixed(call.service(), fields, Optional.of(before), Set.of());
        return savedFixed(call, entry, fields, after, list -> replaced(list, before, Optional.of(after)));
    }

    private Answer removeFixedCharge(Call call) {
        Entry entry = entry(call);
        FixedCharge before = fixedCharge(call, entry);
        return savedFixed(call, entry, Fields.of(Map.of()), before, list -> replaced(list, before, Optional.empty()));
    }

    private Answer savedFixed(Call call, Entry entry, Fields sent, FixedCharge shown,
                              UnaryOperator<List<FixedCharge>> change) {
        Plan plan = codes.planOf(entry);
        call.before(plan(call, entry));
        Entry changed = save(call, entry, plan, plan.latest().charges(), change.apply(plan.latest().fixedCharges()));
        putTaxes(call, plan, changed, shown.code(), sent);
        return Answer.ok(Json.object("fixed_charge", ChargeJson.of(owner(call, changed), shown)));
    }

    private Entry save(Call call, Entry entry, Plan plan, List<Charge> newCharges, List<FixedCharge> newFixed) {
        call.audit("plan.changed", "plan " + entry.subject());
        var draft = new PlanJson.Draft(plan.name(), plan.currency(), plan.interval(), plan.inAdvance(), plan.terms(),
                plan.latest().flatPrice(), newCharges, newFixed, plan.latest().commitment(), plan.latest().thresholds());
        Entry changed = store.change(call, entry, draft, entry.attributes(), false);
        taxes.move(call.serviceId(), plan, codes.planOf(changed));
        return changed;
    }

    private void putTaxes(Call call, Plan before, Entry changed, String charge, Fields sent) {
        taxes.putOnCharge(call.serviceId(), codes.planOf(changed).code(), charge, sent,
                PlanTaxes.chargesOf(before).contains(charge));
    }

    /** @param after empty to leave it out */
    private static <T> List<T> replaced(List<T> list, T before, Optional<T> after) {
        List<T> changed = new ArrayList<>();
        list.forEach(each -> {
            if (!each.equals(before)) {
                changed.add(each);
            } else {
                after.ifPresent(changed::add);
            }
        });
        return changed;
    }

    private Answer answer(Call call, String action, Entry entry) {
        call.audit(action, "plan " + entry.subject());
        return Answer.ok(Json.object("plan", plan(call, entry)));
    }

    private Json plan(Call call, Entry entry) {
        return json.of(call.service(), entry, codes.planOf(entry));
    }

    private ChargeJson.Owner owner(Call call, Entry entry) {
        return json.owner(call.service(), entry, codes.planOf(entry));
    }

    private Entry entry(Call call) {
        return codes.find(call.service(), Kind.PLAN, call.path("code")).orElseThrow(() -> ApiError.notFound("plan"));
    }

    private Charge charge(Call call, Entry entry) {
        return codes.planOf(entry).latest().charges().stream()
                .filter(charge -> charge.code().equals(call.path("charge_code"))).findFirst()
                .orElseThrow(() -> ApiError.notFound("charge"));
    }

    private ChargeFilter filter(Call call, Entry entry, Charge charge) {
        return charge.terms().filters().stream().filter(filter -> ChargeJson.filterId(entry.id(), charge.code(), filter)
                .toString().equals(call.path("filter_id"))).findFirst()
                .orElseThrow(() -> ApiError.notFound("charge_filter"));
    }

    private FixedCharge fixedCharge(Call call, Entry entry) {
        return codes.planOf(entry).latest().fixedCharges().stream()
                .filter(charge -> charge.code().equals(call.path("fixed_charge_code"))).findFirst()
                .orElseThrow(() -> ApiError.notFound("fixed_charge"));
    }
}
