package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.http.HttpWebhooks;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.DefineEndpoint;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What services are told, for who is at the machine. */
@Command(name = "webhooks", description = "Says where a service is told what happens, and how that goes;"
        + " works while the server runs, too.")
final class WebhooksCommand {

    private static final Actor ACTOR = Actor.person("command line");
    private static final String ENDPOINT = "Id of the endpoint, as 'webhooks endpoints' lists it.";
    private static final String DELIVERY = "Id of the delivery, as 'webhooks deliveries' lists it.";

    private final Host host;

    @Mixin
    private HelpOption help;

    WebhooksCommand(Host host) {
        this.host = host;
    }

    @Command(name = "endpoints", description = "Lists where a service is told.")
    int endpoints(@Mixin ServiceOption service, @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            List<Endpoint> endpoints = engine.ports().endpoints().list(service.find(engine).id(),
                    PageRequest.first(DefineEndpoint.MOST)).items();
            if (options.json) {
                Json.write(host.out(), Json.object("endpoints", endpoints.stream().map(WebhooksCommand::json).toList()));
            } else {
                Table.print(host.out(), List.of("Id", "Name", "URL", "Format", "Told of", "Status"), endpoints.stream()
                        .map(endpoint -> List.of(endpoint.id().toString(), endpoint.name(), endpoint.url().toString(),
                                endpoint.format().code(), types(endpoint), status(endpoint))).toList());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "add", description = {"Registers where a service is told, and shows the secret, this once.",
            "Every delivery is signed with it, as the Standard Webhooks specification says."})
    int add(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "URL", description = "An https address that is reached from everywhere.") String url,
            @Option(names = "--name", defaultValue = "", description = "For people.") String name,
            @Option(names = "--format", defaultValue = "standard", paramLabel = "FORMAT",
                    description = "standard, or lago: Lago's envelope (default: ${DEFAULT-VALUE}).") String format,
            @Option(names = "--events", split = ",", paramLabel = "EVENT",
                    description = "Only these, such as invoice.payment_failed (default: all).") List<String> events,
            @Mixin ReportOptions options) {
        Format chosen = OptionText.oneOf("--format", Format.class, format);
        Set<EventType> types = types(events);
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            Service owner = service.find(engine);
            show(options, engine.billing().endpoints(webhooks).register(owner.id(), name, uri(url), chosen, types, ACTOR));
        }
        return ExitCode.OK;
    }

    @Command(name = "rotate", description = {"Gives an endpoint a new secret, and shows it, this once.",
            "Deliveries are signed with the one before as well for a while, so that receivers can change when they like."})
    int rotate(
            @Mixin ServiceOption service,
            @Parameters(paramLabel = "ID", description = ENDPOINT) UUID id,
            @Option(names = "--overlap-hours", defaultValue = "24", paramLabel = "HOURS",
                    description = "How long both are valid, up to 720 (default: ${DEFAULT-VALUE}).") int hours,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            show(options, engine.billing().endpoints(webhooks).rotate(service.find(engine).id(), new EndpointId(id),
                    Duration.ofHours(hours), ACTOR));
        }
        return ExitCode.OK;
    }

    @Command(name = "enable", description = "Sends to an endpoint again.")
    int enable(@Mixin ServiceOption service, @Parameters(paramLabel = "ID", description = ENDPOINT) UUID id,
               @Mixin ReportOptions options) {
        return changed(service, options, "enabled", (define, owner) -> define.enable(owner.id(), new EndpointId(id), true,
                ACTOR));
    }

    @Command(name = "disable", description = "Sends nothing to an endpoint; what waits for it waits on.")
    int disable(@Mixin ServiceOption service, @Parameters(paramLabel = "ID", description = ENDPOINT) UUID id,
                @Mixin ReportOptions options) {
        return changed(service, options, "disabled", (define, owner) -> define.enable(owner.id(), new EndpointId(id), false,
                ACTOR));
    }

    @Command(name = "remove", description = "Removes an endpoint, with all its deliveries.")
    int remove(@Mixin ServiceOption service, @Parameters(paramLabel = "ID", description = ENDPOINT) UUID id,
               @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            engine.billing().endpoints(webhooks).remove(service.find(engine).id(), new EndpointId(id), ACTOR);
            if (options.json) {
                Json.write(host.out(), Json.object("removed", id.toString()));
            } else {
                host.out().print("removed\n");
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "ping", description = "Sends an endpoint a message at once, and says what it answers.")
    int ping(@Mixin ServiceOption service, @Parameters(paramLabel = "ID", description = ENDPOINT) UUID id,
             @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            WebhookTransport.Answer answer = engine.billing().deliver(webhooks, Connected.schedule(engine.settings()))
                    .ping(service.find(engine).id(), new EndpointId(id));
            if (options.json) {
                Json.write(host.out(), Json.object("taken", answer.isTaken(), "http_status", answer.status().orElse(null),
                        "detail", answer.detail()));
            } else {
                host.out().print((answer.isTaken() ? "taken" : "not taken") + answer.status().map(code -> ", HTTP " + code)
                        .orElse("") + (answer.detail().isEmpty() ? "" : ": " + answer.detail()) + "\n");
            }
            return answer.isTaken() ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    @Command(name = "deliveries", description = "Lists deliveries, the newest first.")
    int deliveries(
            @Mixin ServiceOption service,
            @Option(names = "--dead", description = "Only dead letters: those whose last attempt has failed.") boolean dead,
            @Mixin DeliveryOptions which,
            @Option(names = "--limit", defaultValue = "20", description = "At most so many, up to 1000 (default:"
                    + " ${DEFAULT-VALUE}).") int limit,
            @Mixin ReportOptions options) {
        if (limit < 1 || limit > PageRequest.LARGEST) {
            throw new InvalidValue("--limit", "must be from 1 to " + PageRequest.LARGEST + ": " + limit);
        }
        try (Engine engine = Engine.open(host)) {
            DeliverySearch search = which.search(service.find(engine), dead ? EnumSet.of(Delivery.State.DEAD)
                    : EnumSet.allOf(Delivery.State.class));
            Page<Delivery> page = engine.ports().deliveries().search(search, PageRequest.first(limit));
            if (options.json) {
                Json.write(host.out(), Json.object("deliveries", page.items().stream().map(WebhooksCommand::json).toList(),
                        "total", page.total()));
            } else {
                Table.print(host.out(), List.of("Id", "Made", "Event", "Endpoint", "State", "Tries", "Next"),
                        page.items().stream().map(WebhooksCommand::row).toList(), 5);
                if (page.total() > page.items().size()) {
                    host.out().print("the newest " + page.items().size() + " of " + page.total() + "; --limit shows more\n");
                }
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows a delivery, with its body and how its attempts went.")
    int show(@Mixin ServiceOption service, @Parameters(paramLabel = "ID", description = DELIVERY) UUID id,
             @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Delivery delivery = find(engine, service.find(engine), id);
            List<DeliveryAttempt> attempts = engine.ports().deliveries().attempts(delivery.id());
            if (options.json) {
                Map<String, Object> json = json(delivery);
                json.put("body", delivery.body());
                json.put("attempts", attempts.stream().map(WebhooksCommand::json).toList());
                Json.write(host.out(), json);
            } else {
                host.out().print(delivery.type().code() + ", " + delivery.state().code() + ", webhook-id " + delivery.event()
                        + "\n" + delivery.body() + "\n");
                Table.print(host.out(), List.of("At", "Milliseconds", "HTTP", "Answer"), attempts.stream()
                        .map(WebhooksCommand::row).toList(), 1, 2);
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "redeliver", description = {"Sends deliveries again: one, or all dead letters that the options ask for.",
            "The same bodies under the same webhook-id; the server sends them, or 'webhooks send'."})
    int redeliver(
            @Mixin ServiceOption service,
            @Parameters(arity = "0..1", paramLabel = "ID", description = DELIVERY + " Without one, all dead letters.")
                    Optional<UUID> id,
            @Mixin DeliveryOptions which,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            int count = id.map(one -> again(engine, owner, one)).orElseGet(() -> engine.ports().unitOfWork().call(() ->
                    engine.ports().deliveries().sendAgain(which.search(owner, EnumSet.of(Delivery.State.DEAD)),
                            host.clock().instant())));
            Audit.keep(host, engine, "webhook_delivery.redelivered", id.map(UUID::toString).orElse(count + " deliveries"));
            if (options.json) {
                Json.write(host.out(), Json.object("deliveries", count));
            } else {
                host.out().print(count + (count == 1 ? " delivery is" : " deliveries are") + " due now\n");
            }
        }
        return ExitCode.OK;
    }

    private int again(Engine engine, Service owner, UUID id) {
        Delivery delivery = find(engine, owner, id);
        if (!engine.ports().unitOfWork().call(() -> engine.ports().deliveries().sendAgain(owner.id(), delivery.id(),
                host.clock().instant()))) {
            throw new InvalidValue("ID", "is sent already: " + id);
        }
        return 1;
    }

    @Command(name = "send", description = {"Sends everything that is due, and waits for the answers.",
            "The server does the same all the time; both can run at the same time."})
    int send(@Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            Deliver.Report report = engine.billing().deliver(webhooks, Connected.schedule(engine.settings())).run();
            if (options.json) {
                Json.write(host.out(), Json.object("delivered", report.delivered(), "failed", report.failed(), "dead",
                        report.dead()));
            } else {
                host.out().print(report.delivered() + " delivered, " + report.failed() + " failed, of which " + report.dead()
                        + " are dead letters now\n");
            }
            return report.failed() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    /** Which deliveries are meant. */
    static final class DeliveryOptions {

        @Option(names = "--endpoint", paramLabel = "ID", description = "Only those to it.")
        private Optional<UUID> endpoint = Optional.empty();

        @Option(names = "--events", split = ",", paramLabel = "EVENT", description = "Only of these events.")
        private List<String> events;

        @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Only those made on that day or later, in UTC.")
        private Optional<String> from = Optional.empty();

        @Option(names = "--until", paramLabel = "YYYY-MM-DD", description = "Only those made before that day, in UTC.")
        private Optional<String> until = Optional.empty();

        DeliverySearch search(Service owner, Set<Delivery.State> states) {
            DeliverySearch search = DeliverySearch.of(owner.id()).in(states).types(types(events))
                    .made(day("--from", from), day("--until", until));
            return endpoint.map(EndpointId::new).map(search::to).orElse(search);
        }

        private static Optional<Instant> day(String option, Optional<String> text) {
            return text.map(day -> OptionText.day(option, day).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }

    private int changed(ServiceOption service, ReportOptions options, String done,
                        BiFunction<DefineEndpoint, Service, Endpoint> change) {
        try (Engine engine = Engine.open(host); HttpWebhooks webhooks = webhooks(engine)) {
            Endpoint endpoint = change.apply(engine.billing().endpoints(webhooks), service.find(engine));
            if (options.json) {
                Json.write(host.out(), json(endpoint));
            } else {
                host.out().print(done + ": " + endpoint.url() + "\n");
            }
        }
        return ExitCode.OK;
    }

    private void show(ReportOptions options, Endpoint endpoint) {
        String secret = endpoint.secrets().get(0).text();
        if (options.json) {
            Map<String, Object> json = json(endpoint);
            json.put("secret", secret);
            Json.write(host.out(), json);
        } else {
            host.out().print("endpoint " + endpoint.id() + "\nits secret, shown this once:\n" + secret + "\n");
        }
    }

    private static HttpWebhooks webhooks(Engine engine) {
        return Connected.webhooks(engine.settings(), engine.billing());
    }

    private static Delivery find(Engine engine, Service owner, UUID id) {
        return engine.ports().deliveries().find(owner.id(), new DeliveryId(id)).orElseThrow(() -> new InvalidValue("ID",
                "there is no delivery " + id + " of " + owner.code() + "; 'billing webhooks deliveries' lists them"));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new InvalidValue("URL", "is no address: " + url);
        }
    }

    /** @param events null for all */
    private static Set<EventType> types(List<String> events) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        if (events != null) {
            events.forEach(event -> types.add(Arrays.stream(EventType.values()).filter(type -> type.code().equals(event))
                    .findFirst().orElseThrow(() -> new InvalidValue("--events", "there is no event " + event + "; there are "
                            + Arrays.stream(EventType.values()).map(EventType::code).collect(Collectors.joining(", "))))));
        }
        return types;
    }

    private static String types(Endpoint endpoint) {
        return endpoint.types().isEmpty() ? "all" : endpoint.types().stream().map(EventType::code).sorted()
                .collect(Collectors.joining(", "));
    }

    private static String status(Endpoint endpoint) {
        return endpoint.disabled().map(why -> "disabled (" + why.reason().code() + ")").orElse("enabled");
    }

    private static List<String> row(Delivery delivery) {
        return List.of(delivery.id().toString(), delivery.createdAt().toString(), delivery.type().code(),
                delivery.endpoint().toString(), delivery.state().code(), "" + delivery.tries(),
                delivery.nextAt().map(Instant::toString).orElse(""));
    }

    private static List<String> row(DeliveryAttempt attempt) {
        return List.of(attempt.at().toString(), "" + attempt.took().toMillis(),
                attempt.status().isPresent() ? "" + attempt.status().getAsInt() : "", attempt.detail());
    }

    private static Map<String, Object> json(Endpoint endpoint) {
        return Json.object("id", endpoint.id().toString(), "name", endpoint.name(), "url", endpoint.url().toString(),
                "format", endpoint.format().code(),
                "events", endpoint.types().stream().map(EventType::code).sorted().toList(),
                "status", status(endpoint), "created_at", endpoint.createdAt().toString());
    }

    private static Map<String, Object> json(Delivery delivery) {
        return Json.object("id", delivery.id().toString(), "endpoint_id", delivery.endpoint().toString(), "webhook_id",
                delivery.event().toString(), "event", delivery.type().code(), "state", delivery.state().code(), "tries",
                delivery.tries(), "next_attempt_at", delivery.nextAt().map(Instant::toString).orElse(null), "created_at",
                delivery.createdAt().toString());
    }

    private static Map<String, Object> json(DeliveryAttempt attempt) {
        return Json.object("at", attempt.at().toString(), "milliseconds", attempt.took().toMillis(), "http_status",
                attempt.status().isPresent() ? attempt.status().getAsInt() : null, "detail", attempt.detail());
    }
}
