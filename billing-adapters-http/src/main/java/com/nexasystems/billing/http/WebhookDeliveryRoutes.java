package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.webhook.Deliveries;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.EndpointId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /webhook_deliveries}: what was sent where, how it went, and sending it again. */
final class WebhookDeliveryRoutes {

    private static final String ROOT = "webhook_delivery";
    private static final String ONE = "/webhook_deliveries/{id}";
    private static final Map<String, Delivery.State> STATES = Arrays.stream(Delivery.State.values())
            .collect(Collectors.toMap(Delivery.State::code, Function.identity()));
    private static final Map<String, EventType> TYPES = Arrays.stream(EventType.values())
            .collect(Collectors.toMap(EventType::code, Function.identity()));

    private final Deliveries deliveries;

    WebhookDeliveryRoutes(Billing billing) {
        this.deliveries = billing.ports().deliveries();
    }

    List<Route> routes() {
        return List.of(Route.get("/webhook_deliveries", this::list), Route.get(ONE, this::one),
                Route.post(ONE + "/redeliver", this::again), Route.post("/webhook_deliveries/redeliver", this::allAgain));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields parameters = call.parameters();
        Optional<DeliverySearch> search = search(call, call.query("webhook_endpoint_id"), call.queries("state"),
                call.queries("event_type"), parameters.instant("from"), parameters.instant("to"));
        parameters.check();
        Page<Delivery> page = search.map(known -> deliveries.search(known, request)).orElse(new Page<>(List.of(), 0));
        return Answer.ok(Pages.of("webhook_deliveries", page, request, WebhookDeliveryRoutes::json));
    }

    private Answer one(Call call) {
        Delivery delivery = find(call);
        return Answer.ok(Json.object(ROOT, json(delivery).with("body", delivery.body())
                .with("attempts", deliveries.attempts(delivery.id()).stream().map(WebhookDeliveryRoutes::json).toList())));
    }

    private Answer again(Call call) {
        Delivery delivery = find(call);
        if (!deliveries.sendAgain(call.serviceId(), delivery.id(), call.now())) {
            throw ApiError.notAllowed("delivery_is_pending", "it is sent already");
        }
        call.audit("webhook_delivery.redelivered", "webhook delivery " + delivery.id());
        return Answer.ok(Json.object(ROOT, json(find(call))));
    }

    /** Dead letters, unless another state is asked for. */
    private Answer allAgain(Call call) {
        Fields fields = call.body("redelivery");
        List<String> states = fields.has("states") ? fields.texts("states") : List.of(Delivery.State.DEAD.code());
        Optional<DeliverySearch> search = search(call, fields.text("webhook_endpoint_id"), states,
                fields.texts("event_types"), fields.instant("from"), fields.instant("to"));
        fields.check();
        int count = search.map(known -> deliveries.sendAgain(known, call.now())).orElse(0);
        call.audit("webhook_delivery.redelivered", count + " webhook deliveries");
        return Answer.ok(Json.object("redelivery", Json.object("deliveries", count)));
    }

    /** Empty if it asks for an endpoint that cannot be there. */
    private static Optional<DeliverySearch> search(Call call, Optional<String> endpoint, List<String> states,
                                                   List<String> types, Optional<Instant> from, Optional<Instant> until) {
        DeliverySearch all = DeliverySearch.of(call.serviceId()).made(from, until).types(named("event_types", types, TYPES));
        DeliverySearch some = states.isEmpty() ? all : all.in(EnumSet.copyOf(named("states", states, STATES)));
        Optional<UUID> id = endpoint.flatMap(Uuids::parse);
        return endpoint.isPresent() ? id.map(EndpointId::new).map(some::to) : Optional.of(some);
    }

    private static <T> Set<T> named(String field, List<String> words, Map<String, T> known) {
        Set<T> named = new HashSet<>();
        for (String word : words) {
            named.add(Optional.ofNullable(known.get(word)).orElseThrow(() -> ApiError.invalid(field, "value_is_invalid",
                    "is one of " + known.keySet().stream().sorted().toList())));
        }
        return named;
    }

    private static Json json(Delivery delivery) {
        return Json.object("lago_id", delivery.id().value(), "lago_webhook_endpoint_id", delivery.endpoint().value(),
                "webhook_id", delivery.event(), "event_type", delivery.type().code(), "state", delivery.state().code(),
                "tries", delivery.tries(), "next_attempt_at", Times.of(delivery.nextAt()),
                "created_at", Times.of(delivery.createdAt()));
    }

    private static Json json(DeliveryAttempt attempt) {
        return Json.object("at", Times.of(attempt.at()), "milliseconds", attempt.took().toMillis(),
                "http_status", attempt.status().isPresent() ? attempt.status().getAsInt() : null, "detail", attempt.detail());
    }

    private Delivery find(Call call) {
        return Uuids.parse(call.path("id")).map(DeliveryId::new).flatMap(id -> deliveries.find(call.serviceId(), id))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
