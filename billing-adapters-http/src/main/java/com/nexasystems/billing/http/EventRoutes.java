package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.GroupCommit;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.UsageReader.Sent;
import com.nexasystems.billing.http.UsageReader.Unreadable;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.rating.MarginalPrice;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code /events}. Single events that come at the same time are kept together, each answered after it is durable. */
final class EventRoutes implements AutoCloseable {

    private static final int MOST = 100;
    private static final int GROUP = 1_000;
    private static final int GROUPS_AT_ONCE = 2;

    private final Billing billing;
    private final UsageIntake intake;
    private final Codes codes;
    private final EventJson json;
    private final GroupCommit<Single, Kept> singles;

    /** An event that came alone. */
    private record Single(Call call, Sent sent) { }

    /** What became of an event, and how it is shown. */
    private record Kept(UsageOutcome outcome, Json event) { }

    EventRoutes(Billing billing) {
        this.billing = billing;
        this.intake = new UsageIntake(billing);
        this.codes = new Codes(billing);
        this.json = new EventJson(billing);
        this.singles = new GroupCommit<>("events", GROUP, GROUPS_AT_ONCE, this::keep);
    }

    List<Route> routes() {
        return List.of(Route.post("/events", this::create).needing(KeyScope.USAGE).committingItself(),
                Route.post("/events/batch", this::createAll).needing(KeyScope.USAGE),
                Route.post("/events/estimate_fees", this::estimate).needing(KeyScope.READ),
                Route.post("/events/estimate_instant_fees", this::estimate).needing(KeyScope.READ),
                Route.get("/events", this::list), Route.get("/events/{transaction_id}", this::one));
    }

    @Override
    public void close() {
        singles.close();
    }

    private Answer create(Call call) {
        Fields fields = call.body("event");
        Sent sent = read(call, fields);
        fields.check();
        if (call.header(Writes.KEY).isPresent()) {
            return call.once(() -> answer(call, keep(List.of(new Single(call, sent))).get(0)));
        }
        return answer(call, singles.commit(new Single(call, sent)));
    }

    private static Answer answer(Call call, Kept kept) {
        Map<String, List<String>> problems = problems(kept.outcome);
        if (!problems.isEmpty() && !isSilent(call, kept.outcome)) {
            throw ApiError.invalid(problems, message(kept.outcome));
        }
        return Answer.ok(Json.object("event", kept.event));
    }

    /** Lago takes events of unknown codes and subscriptions, and drops them; services may ask for that. */
    private static boolean isSilent(Call call, UsageOutcome outcome) {
        return call.service().lenientEvents() && outcome instanceof UsageOutcome.Refused refused
                && !refused.field().equals("idempotency_key");
    }

    /** In one unit of work, service by service. */
    private List<Kept> keep(List<Single> group) {
        return billing.ports().unitOfWork().call(() -> {
            var kept = new IdentityHashMap<Single, Kept>();
            group.stream().collect(Collectors.groupingBy(one -> one.call.service(), LinkedHashMap::new, Collectors.toList()))
                    .forEach((service, own) -> keep(service, own, kept));
            billing.ports().auditTrail().add(group.stream().map(one -> audit(one.call, one.sent, kept.get(one).outcome))
                    .toList());
            return group.stream().map(kept::get).toList();
        });
    }

    private void keep(Service service, List<Single> own, Map<Single, Kept> kept) {
        List<Sent> sent = own.stream().map(Single::sent).toList();
        List<UsageOutcome> outcomes = intake.record(service, sent, false, false);
        List<Json> events = shown(service, sent, outcomes, own.get(0).call.now());
        for (int i = 0; i < own.size(); i++) {
            kept.put(own.get(i), new Kept(outcomes.get(i), events.get(i)));
        }
    }

    private static AuditEntry audit(Call call, Sent sent, UsageOutcome outcome) {
        return new AuditEntry(call.now(), call.actor(), "event.recorded", "service " + call.service().code(),
                Map.of("request_id", call.requestId(), "key", call.caller().key(), "transaction_id",
                        String.valueOf(sent.submission().idempotencyKey()), "outcome",
                        outcome.getClass().getSimpleName()));
    }

    /** All or nothing. */
    private Answer createAll(Call call) {
        Fields body = call.body();
        List<Fields> events = body.objects("events");
        body.check();
        if (events.isEmpty()) {
            throw ApiError.invalid("events", "no_events");
        }
        if (events.size() > MOST) {
            throw ApiError.invalid("events", "too_many_events");
        }
        Map<String, Object> problems = new LinkedHashMap<>();
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            Fields event = events.get(i).detached();
            sent.add(read(call, event));
            try {
                event.check();
            } catch (ApiError e) {
                problems.put(String.valueOf(i), e.details());
            }
        }
        List<UsageOutcome> outcomes = problems.isEmpty() ? intake.record(call.service(), sent, false, false) : List.of();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!problems(outcomes.get(i)).isEmpty() && !isSilent(call, outcomes.get(i))) {
                problems.put(String.valueOf(i), problems(outcomes.get(i)));
            }
        }
        if (!problems.isEmpty()) {
            throw ApiError.invalidNested(problems, "nothing was stored; wrong are events " + problems.keySet());
        }
        call.audit("events.recorded", "service " + call.service().code());
        return Answer.ok(Json.object("events", shown(call.service(), sent, outcomes, call.now())));
    }

    private List<Json> shown(Service service, List<Sent> sent, List<UsageOutcome> outcomes, Instant now) {
        return json.sent(service, sent.stream().map(Sent::submission).toList(),
                outcomes.stream().map(EventRoutes::key).toList(), now);
    }

    private static Optional<UsageKey> key(UsageOutcome outcome) {
        return outcome instanceof UsageOutcome.Recorded recorded ? Optional.of(recorded.key()) : Optional.empty();
    }

    private static Map<String, List<String>> problems(UsageOutcome outcome) {
        if (outcome instanceof UsageOutcome.Duplicate || outcome instanceof UsageOutcome.Conflict) {
            return Map.of("transaction_id", List.of("value_already_exist"));
        }
        if (outcome instanceof UsageOutcome.Refused refused) {
            return Map.of(field(refused), List.of(refused.reason().startsWith("not found")
                    || refused.reason().startsWith("does not exist") ? "not_found" : ApiError.code(refused.reason())));
        }
        return Map.of();
    }

    private static String field(UsageOutcome.Refused refused) {
        return switch (refused.field()) {
            case "subscription" -> "external_subscription_id";
            case "metric" -> "code";
            case "idempotency_key" -> "transaction_id";
            case "start" -> "timestamp";
            case "amount" -> "precise_total_amount_cents";
            default -> refused.field();
        };
    }

    private static String message(UsageOutcome outcome) {
        return outcome instanceof UsageOutcome.Refused refused ? field(refused) + ": " + refused.reason()
                : "transaction_id: value already exist";
    }

    private Sent read(Call call, Fields fields) {
        String transaction = fields.mandatory("transaction_id");
        String subscription = fields.mandatory("external_subscription_id");
        String code = fields.mandatory("code");
        Instant at = fields.raw("timestamp") == null ? call.now() : timestamp(fields);
        return new Sent(new UsageSubmission(subscription, code, at, Optional.empty(), fields.text("quantity").orElse(null),
                amount(call, fields, subscription), properties(fields), transaction), false, Optional.empty());
    }

    private static Instant timestamp(Fields fields) {
        try {
            return UsageReader.time("timestamp", fields.raw("timestamp"));
        } catch (Unreadable | DateTimeException e) {
            fields.problem("timestamp", "invalid_format", "is not unix seconds such as 1774000000.123");
            return Instant.EPOCH;
        }
    }

    private static Map<String, String> properties(Fields fields) {
        try {
            return UsageReader.properties(fields.raw("properties"));
        } catch (Unreadable e) {
            fields.problem("properties", "value_is_invalid", e.problem().reason());
            return Map.of();
        }
    }

    /** In minor units of the plan's currency, with decimals; the engine wants the major unit. */
    private Optional<String> amount(Call call, Fields fields, String reference) {
        Optional<BigDecimal> cents = fields.decimal("precise_total_amount_cents");
        if (cents.isEmpty()) {
            return Optional.empty();
        }
        int decimals = json.decimals(Optional.ofNullable(billing.ports().subscriptions()
                .resolve(call.serviceId(), List.of(reference)).get(reference)), call.now());
        return cents.map(amount -> Decimals.normal(amount.movePointLeft(decimals)).toPlainString());
    }

    private Answer one(Call call) {
        Page<UsageRecord> found = billing.ports().usageRecords().list(UsageList.of(call.serviceId())
                .keyed(call.path("transaction_id")), PageRequest.first(1));
        return Answer.ok(Json.object("event", found.items().stream().findFirst()
                .map(record -> json.stored(call.service(), List.of(record)).get(0)).orElseThrow(() -> ApiError.notFound("event"))));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields parameters = call.parameters();
        UsageList list = UsageList.of(call.serviceId()).between(time(parameters, "timestamp_from"),
                time(parameters, "timestamp_to").map(until -> until.plusNanos(1000)));
        parameters.check();
        Optional<String> code = call.query("code");
        Optional<String> reference = call.query("external_subscription_id");
        var metric = code.flatMap(text -> codes.metric(call.service(), text));
        var subscription = reference.flatMap(text -> Optional.ofNullable(billing.ports().subscriptions()
                .resolve(call.serviceId(), List.of(text)).get(text)));
        if (code.isPresent() && metric.isEmpty() || reference.isPresent() && subscription.isEmpty()) {
            return Answer.ok(Pages.of("events", new Page<Object>(List.of(), 0), request, any -> any));
        }
        UsageList own = metric.map(list::of).orElse(list);
        Page<UsageRecord> page = billing.ports().usageRecords().list(subscription.map(Subscription::id).map(own::of)
                .orElse(own), request);
        return Answer.ok(Pages.of("events", new Page<>(json.stored(call.service(), page.items()), page.total()), request,
                event -> event));
    }

    private static Optional<Instant> time(Fields parameters, String name) {
        Object raw = parameters.raw(name);
        if (raw == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(UsageReader.time(name, raw));
        } catch (Unreadable e) {
            parameters.problem(name, "invalid_date");
            return Optional.empty();
        }
    }

    /** What the event would add to the charges in advance that count it. */
    private Answer estimate(Call call) {
        Fields fields = call.body("event");
        if (!fields.has("transaction_id")) {
            fields = Fields.of(with(fields, "transaction_id", UUID.randomUUID().toString()));
        }
        Sent sent = read(call, fields);
        fields.check();
        Entry metric = codes.find(call.service(), Kind.METRIC, sent.submission().metric())
                .orElseThrow(() -> ApiError.notFound("billable_metric"));
        Subscription subscription = Optional.ofNullable(billing.ports().subscriptions().resolve(call.serviceId(),
                        List.of(sent.submission().subscription())).get(sent.submission().subscription()))
                .orElseThrow(() -> ApiError.notFound("subscription"));
        UsageSubmission event = sent.submission();
        List<MarginalPrice> prices = billing.estimateUsage().estimate(call.service(), new UsageSubmission(
                event.subscription(), metric.subject(), event.start(), event.end(), event.quantity(), event.amount(),
                event.properties(), event.idempotencyKey()));
        Plan plan = billing.ports().plans().find(subscription.planAt(event.start())).orElseThrow();
        List<Charge> inAdvance = plan.versionAt(subscription.periodOf(event.start()).start()).charges().stream()
                .filter(charge -> charge.terms().inAdvance()).toList();
        return Answer.ok(Json.object("fees", prices.stream().filter(price -> inAdvance.stream()
                        .anyMatch(charge -> charge.code().equals(price.with().charge())))
                .map(price -> fee(call, metric, subscription, price)).toList()));
    }

    private static Map<String, Object> with(Fields fields, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>();
        fields.names().forEach(each -> more.put(each, fields.raw(each)));
        more.put(name, value);
        return more;
    }

    private Json fee(Call call, Entry metric, Subscription subscription, MarginalPrice price) {
        Money amount = price.amount().rounded(RoundingMode.HALF_UP);
        Currency currency = amount.currency();
        UUID plan = codes.planEntry(call.service(), subscription.planAt(call.now())).map(Entry::id)
                .orElse(subscription.id().value());
        return Json.object("lago_id", null, "lago_charge_id", ChargeJson.id(plan, price.with().charge()),
                "lago_subscription_id", subscription.id().value(), "external_subscription_id", subscription.externalId(),
                "item", Json.object("type", "charge", "code", metric.code(), "name",
                        metric.attribute("name").orElse(metric.code())),
                "pay_in_advance", true, "amount_cents", Cents.of(amount), "amount_currency", currency.getCurrencyCode(),
                "precise_amount", price.amount().value().toPlainString(), "taxes_amount_cents", 0,
                "total_amount_cents", Cents.of(amount), "units", Units.of(price.with().priced().units()
                        .subtract(price.without().priced().units())), "events_count", 1);
    }
}
