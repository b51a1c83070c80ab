package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.DefineEndpoint;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code /webhook_endpoints}: where a service wants to be told. Lago's shape, with a secret for each endpoint that is shown
 * when it is made. The use cases audit what is done, and no secret with it.
 */
final class WebhookEndpointRoutes {

    private static final String ROOT = "webhook_endpoint";
    private static final String ONE = "/webhook_endpoints/{id}";
    private static final int LONGEST_URL = 2_000;
    private static final long OVERLAP_HOURS = 24;
    private static final long LONGEST_OVERLAP_HOURS = 30 * 24;
    private static final Map<String, Format> FORMATS = Arrays.stream(Format.values())
            .collect(Collectors.toMap(Format::code, Function.identity()));

    private final Billing billing;
    private final WebhookTransport transport;
    private final DefineEndpoint define;
    private final Deliver deliver;

    WebhookEndpointRoutes(Billing billing, WebhookTransport transport) {
        this.billing = billing;
        this.transport = transport;
        this.define = billing.endpoints(transport);
        this.deliver = billing.deliver(transport, DeliverySchedule.DEFAULT);
    }

    List<Route> routes() {
        return List.of(Route.post("/webhook_endpoints", this::create).committingItself(),
                Route.get("/webhook_endpoints", this::list), Route.get(ONE, this::one),
                Route.put(ONE, this::change).committingItself(), Route.delete(ONE, this::remove).committingItself(),
                Route.post(ONE + "/rotate_secret", this::rotate).committingItself(),
                Route.post(ONE + "/enable", call -> enable(call, true)).committingItself(),
                Route.post(ONE + "/disable", call -> enable(call, false)).committingItself(),
                Route.post(ONE + "/ping", this::ping).committingItself());
    }

    /** What an endpoint shall be. */
    private record Wanted(String name, URI url, Format format, Set<EventType> types) { }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        if (fields.mandatory("webhook_url").isEmpty()) {
            fields.check();
        }
        Wanted wanted = wanted(fields, Optional.empty());
        return call.once(() -> refusing(() -> shown(call, define.register(call.serviceId(), wanted.name, wanted.url,
                wanted.format, wanted.types, call.actor()))));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        return Answer.ok(Pages.of("webhook_endpoints", billing.ports().endpoints().list(call.serviceId(), request), request,
                WebhookEndpointRoutes::json));
    }

    private Answer one(Call call) {
        return answer(find(call));
    }

    /** What is not sent stays as it is. */
    private Answer change(Call call) {
        Endpoint before = find(call);
        Wanted wanted = wanted(call.body(ROOT), Optional.of(before));
        return call.once(() -> refusing(() -> answer(define.change(call.serviceId(), before.id(), wanted.name, wanted.url,
                wanted.format, wanted.types, call.actor()))));
    }

    private Answer remove(Call call) {
        return call.once(() -> {
            Endpoint endpoint = find(call);
            define.remove(call.serviceId(), endpoint.id(), call.actor());
            return answer(endpoint);
        });
    }

    private Answer rotate(Call call) {
        Fields fields = call.hasBody() ? call.body() : Fields.of(Map.of());
        long hours = fields.integer("overlap_hours", 0, LONGEST_OVERLAP_HOURS).orElse(OVERLAP_HOURS);
        fields.check();
        return call.once(() -> shown(call, define.rotate(call.serviceId(), find(call).id(), Duration.ofHours(hours),
                call.actor())));
    }

    private Answer enable(Call call, boolean enabled) {
        return call.once(() -> answer(define.enable(call.serviceId(), find(call).id(), enabled, call.actor())));
    }

    /** No connection to the database is held while the receiver is waited for. */
    private Answer ping(Call call) {
        EndpointId id = find(call).id();
        WebhookTransport.Answer answer = deliver.ping(call.serviceId(), id);
        billing.ports().unitOfWork().run(() -> billing.ports().auditTrail().add(List.of(new AuditEntry(call.now(),
                call.actor(), "webhook_endpoint.pinged", id.toString(), Map.of("request_id", call.requestId(), "key",
                call.caller().key())))));
        return Answer.ok(Json.object("ping", Json.object("taken", answer.isTaken(),
                "http_status", answer.status().orElse(null), "detail", answer.detail())));
    }

    /** Names are looked up before a unit of work begins: who looks up slowly shall hold nothing. */
    private Wanted wanted(Fields fields, Optional<Endpoint> before) {
        Optional<URI> url = fields.text("webhook_url").flatMap(text -> url(fields, text))
                .or(() -> before.map(Endpoint::url));
        if (fields.text("signature_algo").filter(algorithm -> !algorithm.equals("hmac")).isPresent()) {
            fields.problem("signature_algo", "value_is_invalid", "is hmac: every endpoint has a secret of its own");
        }
        Optional<Format> format = fields.choice("format", FORMATS).or(() -> before.map(Endpoint::format));
        Set<EventType> types = fields.has("event_types") ? types(fields)
                : before.map(Endpoint::types).orElse(Set.of());
        String name = fields.text("name").or(() -> before.map(Endpoint::name)).orElse("");
        fields.check();
        url.flatMap(transport::refusal).ifPresent(reason -> {
            throw ApiError.invalid("webhook_url", "url_invalid", reason);
        });
        return new Wanted(name, url.orElseThrow(), format.orElse(Format.STANDARD), types);
    }

    private static Optional<URI> url(Fields fields, String text) {
        try {
            if (text.length() <= LONGEST_URL) {
                return Optional.of(new URI(text));
            }
        } catch (URISyntaxException e) {
            // said below
        }
        fields.problem("webhook_url", "url_invalid", "is no address of at most " + LONGEST_URL + " characters");
        return Optional.empty();
    }

    private static Set<EventType> types(Fields fields) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        List<String> words = fields.texts("event_types");
        for (String word : words) {
            Optional<EventType> type = Arrays.stream(EventType.values()).filter(each -> each.code().equals(word)).findFirst();
            if (type.isEmpty() && !word.equals("*")) {
                fields.problem("event_types", "value_is_invalid", "is no event: " + word + "; there are "
                        + Arrays.stream(EventType.values()).map(EventType::code).toList());
            }
            type.ifPresent(types::add);
        }
        return words.contains("*") ? Set.of() : types;
    }

    private static Answer refusing(Supplier<Answer> work) {
        try {
            return work.get();
        } catch (InvalidValue e) {
            throw switch (e.field()) {
                case "webhook_url" -> ApiError.invalid("webhook_url", "url_invalid", e.reason());
                case "base" -> ApiError.invalid("base", "exceeded_limit", e.reason());
                default -> e;
            };
        }
    }

    private static Answer answer(Endpoint endpoint) {
        return Answer.ok(Json.object(ROOT, json(endpoint)));
    }

    /** With its newest secret, this once. */
    private static Answer shown(Call call, Endpoint endpoint) {
        call.secret("; POST /webhook_endpoints/" + endpoint.id() + "/rotate_secret makes another");
        return Answer.ok(Json.object(ROOT, json(endpoint).with("secret", endpoint.secrets().get(0).text())
                .with("previous_secret_until", Times.of(endpoint.secrets().stream().skip(1).findFirst()
                        .flatMap(Secret::until)))));
    }

    private static Json json(Endpoint endpoint) {
        return Json.object("lago_id", endpoint.id().value(), "lago_organization_id", endpoint.service().value(),
                "webhook_url", endpoint.url().toString(), "signature_algo", "hmac",
                "name", endpoint.name().isEmpty() ? null : endpoint.name(),
                "event_types", endpoint.types().isEmpty() ? null
                        : endpoint.types().stream().map(EventType::code).sorted().toList(),
                "created_at", Times.of(endpoint.createdAt()), "format", endpoint.format().code(),
                "status", endpoint.disabled().isEmpty() ? "enabled" : "disabled",
                "disabled_reason", endpoint.disabled().map(Disabled::reason).map(Disabled.Reason::code).orElse(null),
                "disabled_at", Times.of(endpoint.disabled().map(Disabled::at)));
    }

    private Endpoint find(Call call) {
        return Uuids.parse(call.path("id")).map(EndpointId::new)
                .flatMap(id -> billing.ports().endpoints().find(call.serviceId(), id))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
