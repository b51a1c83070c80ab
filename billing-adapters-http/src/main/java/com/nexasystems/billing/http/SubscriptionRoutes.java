package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code /subscriptions}. */
final class SubscriptionRoutes {

    private static final String ONE = "/subscriptions/{external_id}";
    private static final Set<SubscriptionState> RUNNING = EnumSet.of(SubscriptionState.TRIALING, SubscriptionState.ACTIVE,
            SubscriptionState.PAST_DUE);
    private static final Map<String, Set<SubscriptionState>> STATUSES = Map.of("active", RUNNING,
            "pending", EnumSet.of(SubscriptionState.PENDING), "terminated", EnumSet.of(SubscriptionState.TERMINATED),
            "canceled", EnumSet.of(SubscriptionState.TERMINATED), "paused", EnumSet.of(SubscriptionState.PAUSED),
            "shadow", EnumSet.of(SubscriptionState.SHADOW));
    private static final Map<String, BillingTime> BILLING_TIMES = Map.of("calendar", BillingTime.CALENDAR, "anniversary",
            BillingTime.ANNIVERSARY);
    private static final Map<String, UnusedTime> UNUSED = Map.of("credit", UnusedTime.CREDIT, "skip", UnusedTime.SKIP,
            "refund", UnusedTime.REFUND, "offset", UnusedTime.CREDIT);

    private final Billing billing;
    private final Directory directory;
    private final Codes codes;
    private final CustomerStore customers;
    private final PlanOverrides overrides;
    private final SubscriptionJson json;

    SubscriptionRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
        this.overrides = new PlanOverrides(billing);
        this.json = new SubscriptionJson(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/subscriptions", this::create), Route.get("/subscriptions", this::list),
                Route.get("/customers/{external_customer_id}/subscriptions", this::list),
                Route.get(ONE, this::one), Route.put(ONE, this::change), Route.delete(ONE, this::remove),
                Route.post(ONE + "/pause", this::pause), Route.post(ONE + "/resume", this::resume));
    }

    private Answer create(Call call) {
        Fields fields = call.body("subscription");
        String externalId = fields.mandatory("external_id");
        String customerId = fields.mandatory("external_customer_id");
        String planCode = fields.mandatory("plan_code");
        Optional<Instant> at = fields.instant("subscription_at");
        Optional<Instant> endingAt = fields.instant("ending_at");
        BillingTime time = fields.choice("billing_time", BILLING_TIMES).orElse(BillingTime.CALENDAR);
        endingAt.filter(end -> !end.isAfter(call.now()) || at.filter(end::isBefore).isPresent())
                .ifPresent(end -> fields.problem("ending_at", "invalid_date", "must lie ahead: " + end));
        deployment(fields);
        fields.check();
        Entry plan = codes.find(call.service(), Kind.PLAN, planCode).orElseThrow(() -> ApiError.notFound("plan"));
        Known customer = customers.find(call.serviceId(), customerId)
                .orElseGet(() -> customers.save(call, customerId, Fields.of(Map.of())));
        Optional<Subscription> known = resolve(call, externalId)
                .filter(found -> found.state() != SubscriptionState.TERMINATED);
        if (known.filter(found -> !found.customer().equals(customer.customer().id())).isPresent()) {
            throw ApiError.invalid("external_id", "value_already_exist");
        }
        Subscription subscription = known.map(found -> changed(call, found, plan, fields))
                .orElseGet(() -> started(call, customer, externalId, plan, fields, time, at.orElse(call.now())));
        if (endingAt.isPresent()) {
            billing.terminations().terminateAt(call.serviceId(), subscription.id().toString(), endingAt.get(),
                    UnusedTime.CREDIT);
        }
        keep(call, subscription, fields);
        return answer(call, "subscription.saved", subscription);
    }

    private Subscription started(Call call, Known customer, String externalId, Entry plan, Fields fields, BillingTime time,
                                 Instant at) {
        PlanCode code = overrides.planFor(call.service(), plan, externalId, fields.object("plan_overrides"));
        Subscription started = billing.subscriptions().start(call.serviceId(),
                new Request(customer.customer(), externalId, code, time, at, deployment(fields)));
        if (started.state().isBilled() && isBilledAhead(started)) {
            billing.billNow().bill(List.of(started.id()));
        }
        return started;
    }

    /** Whether something is due at its beginning: usage in arrears may still come, and waits for the next run. */
    private boolean isBilledAhead(Subscription subscription) {
        PlanVersion version = billing.ports().plans().find(subscription.planAt(subscription.startedAt())).orElseThrow()
                .versionAt(subscription.startedAt());
        return subscription.phases().get(0).inAdvance() || version.fixedCharges().stream().anyMatch(c -> c.inAdvance());
    }

    /** The same plan again changes nothing; another one is an upgrade now, or a downgrade when the period ends. */
    private Subscription changed(Call call, Subscription known, Entry plan, Fields fields) {
        call.before(json.one(call.service(), known, call.now()));
        deploy(call, known, fields);
        Optional<Fields> own = fields.object("plan_overrides").filter(sent -> !sent.names().isEmpty());
        boolean same = codes.planEntry(call.service(), planOf(call, known)).filter(plan::equals).isPresent();
        if (same && own.isEmpty()) {
            if (known.plannedAfter(call.now()).isPresent()) {
                return billing.changes().cancel(call.serviceId(), known.id().toString());
            }
            return known;
        }
        PlanCode code = overrides.planFor(call.service(), plan, known.externalId(), own);
        Subscription changed = billing.changes().change(call.serviceId(), known.id().toString(), code, Timing.BY_PRICE);
        billing.billNow().bill(List.of(changed.id()));
        return changed;
    }

    private PlanCode planOf(Call call, Subscription subscription) {
        return subscription.planAt(call.now().isBefore(subscription.startedAt()) ? subscription.startedAt() : call.now());
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Set<SubscriptionState> states = new HashSet<>();
        List<String> wanted = call.queries("status").isEmpty() ? List.of("active") : call.queries("status");
        wanted.forEach(word -> states.addAll(Optional.ofNullable(STATUSES.get(word))
                .orElseThrow(() -> ApiError.invalid("status", "value_is_invalid"))));
        SubscriptionSearch search = SubscriptionSearch.of(call.serviceId()).in(states);
        Optional<String> customer = Optional.ofNullable(call.path("external_customer_id"))
                .or(() -> call.query("external_customer_id"));
        if (customer.isPresent()) {
            Optional<Known> known = customers.find(call.serviceId(), customer.get());
            if (known.isEmpty() && call.path("external_customer_id") != null) {
                throw ApiError.notFound("customer");
            }
            if (known.isEmpty()) {
                return Answer.ok(Pages.of("subscriptions", new Page<Object>(List.of(), 0), request, any -> any));
            }
            search = search.of(known.get().customer().id());
        }
        if (call.query("plan_code").isPresent()) {
            Set<PlanCode> plans = editions(call, call.query("plan_code").get());
            if (plans.isEmpty()) {
                return Answer.ok(Pages.of("subscriptions", new Page<Object>(List.of(), 0), request, any -> any));
            }
            search = search.on(plans);
        }
        Page<Subscription> page = billing.ports().subscriptions().search(search, request);
        Map<Subscription, Json> shown = json.all(call.service(), page.items(), call.now());
        return Answer.ok(Pages.of("subscriptions", page, request, shown::get));
    }

    /** A plan, and customers' own editions of it. */
    private Set<PlanCode> editions(Call call, String code) {
        Set<PlanCode> plans = new HashSet<>();
        codes.plan(call.service(), code).ifPresent(plan -> {
            plans.add(plan);
            billing.ports().plans().all().stream()
                    .filter(other -> other.terms().overrides().filter(plan::equals).isPresent())
                    .forEach(other -> plans.add(other.code()));
        });
        return plans;
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object("subscription", json.one(call.service(), find(call), call.now())));
    }

    /** By its status, active if none is asked for; of several with one external id, the latest. */
    private Subscription find(Call call) {
        Set<SubscriptionState> states = call.query("status").map(word -> Optional.ofNullable(STATUSES.get(word))
                .orElseThrow(() -> ApiError.invalid("status", "value_is_invalid")))
                .orElse(EnumSet.of(SubscriptionState.TRIALING, SubscriptionState.ACTIVE, SubscriptionState.PAST_DUE,
                        SubscriptionState.PAUSED, SubscriptionState.SHADOW));
        return billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId())
                        .named(call.path("external_id")).in(states), PageRequest.first(1)).items().stream().findFirst()
                .orElseThrow(() -> ApiError.notFound("subscription"));
    }

    private Answer change(Call call) {
        Subscription before = call.query("status").isPresent() ? find(call) : findOpen(call);
        call.before(json.one(call.service(), before, call.now()));
        Fields fields = call.body("subscription");
        Optional<Instant> endingAt = fields.instant("ending_at");
        endingAt.filter(end -> !end.isAfter(call.now()))
                .ifPresent(end -> fields.problem("ending_at", "invalid_date", "must lie ahead: " + end));
        if (fields.has("subscription_at") && !fields.instant("subscription_at").equals(Optional.of(before.startedAt()))) {
            fields.problem("subscription_at", "invalid_date", "stays as it is; cancel the subscription and start another");
        }
        deployment(fields);
        fields.check();
        String id = before.id().toString();
        deploy(call, before, fields);
        if (endingAt.isPresent()) {
            billing.terminations().terminateAt(call.serviceId(), id, endingAt.get(),
                    fields.choice("on_termination_credit_note", UNUSED).orElse(UnusedTime.CREDIT));
        }
        Optional<Fields> own = fields.object("plan_overrides").filter(sent -> !sent.names().isEmpty());
        if (own.isPresent()) {
            Entry plan = codes.planEntry(call.service(), planOf(call, before)).orElseThrow(() -> ApiError.notFound("plan"));
            billing.changes().change(call.serviceId(), id,
                    overrides.planFor(call.service(), plan, before.externalId(), own), Timing.NOW);
            billing.billNow().bill(List.of(before.id()));
        }
        keep(call, before, fields);
        return answer(call, "subscription.changed", before);
    }

    /** Before anything is billed: events are to name what runs now. */
    private void deploy(Call call, Subscription known, Fields fields) {
        if (fields.has("deployment_id") && !deployment(fields).equals(known.deployment())) {
            billing.deployments().deploy(call.serviceId(), known.id().toString(), deployment(fields));
        }
    }

    /** None if it was sent as null, or blank. */
    private static Optional<String> deployment(Fields fields) {
        Optional<String> sent = fields.text("deployment_id").filter(text -> !text.isBlank());
        sent.filter(text -> text.length() > 255).ifPresent(text -> fields.problem("deployment_id", "value_is_too_long"));
        return sent;
    }

    private Subscription findOpen(Call call) {
        return billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId())
                        .named(call.path("external_id")).in(EnumSet.complementOf(EnumSet.of(SubscriptionState.TERMINATED))),
                PageRequest.first(1)).items().stream().findFirst().orElseThrow(() -> ApiError.notFound("subscription"));
    }

    /** What was used is billed at once; {@code on_termination_invoice=skip} would lose it, and is refused. */
    private Answer remove(Call call) {
        Fields parameters = call.parameters();
        UnusedTime unused = parameters.choice("on_termination_credit_note", UNUSED).orElse(UnusedTime.CREDIT);
        parameters.choice("on_termination_invoice", Map.of("generate", true));
        parameters.check();
        Subscription before = find(call);
        call.before(json.one(call.service(), before, call.now()));
        Subscription ended = billing.terminations().terminate(call.serviceId(), before.id().toString(), unused);
        billing.billNow().bill(List.of(ended.id()));
        return answer(call, "subscription.terminated", ended);
    }

    private Answer pause(Call call) {
        Subscription paused = billing.pauses().pause(call.serviceId(), findOpen(call).id().toString());
        billing.billNow().bill(List.of(paused.id()));
        return answer(call, "subscription.paused", paused);
    }

    private Answer resume(Call call) {
        Subscription resumed = billing.resumptions().resume(call.serviceId(), findOpen(call).id().toString());
        billing.billNow().bill(List.of(resumed.id()));
        return answer(call, "subscription.resumed", resumed);
    }

    private void keep(Call call, Subscription subscription, Fields fields) {
        String id = subscription.id().toString();
        Optional<Entry> entry = directory.find(call.serviceId(), Kind.SUBSCRIPTION, id);
        Map<String, String> attributes = new TreeMap<>(entry.map(Entry::attributes).orElse(Map.of()));
        for (String name : List.of("name", "purchase_order_number")) {
            fields.text(name).ifPresent(text -> attributes.put(name, text));
        }
        fields.check();
        if (entry.isPresent()) {
            directory.update(entry.get().with(attributes, call.now()));
        } else {
            directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.SUBSCRIPTION, id, id, call.now(),
                    attributes));
        }
    }

    private Answer answer(Call call, String action, Subscription subscription) {
        call.audit(action, "subscription " + subscription.id());
        Subscription now = billing.ports().subscriptions().find(subscription.id()).orElseThrow();
        return Answer.ok(Json.object("subscription", json.one(call.service(), now, call.now())));
    }

    private Optional<Subscription> resolve(Call call, String externalId) {
        return billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId()).named(externalId),
                PageRequest.first(1)).items().stream().findFirst();
    }
}
