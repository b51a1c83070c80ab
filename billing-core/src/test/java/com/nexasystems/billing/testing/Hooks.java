package com.nexasystems.billing.testing;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.memory.MemoryWebhookTransport;
import com.nexasystems.billing.webhook.DefineEndpoint;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.WebhookTransport;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A service that is told what happens, over ports and receivers in memory, on a clock that stands still. */
public final class Hooks {

    public static final Actor ADA = Actor.person("ada");
    public static final Answer TAKEN = answer(200);
    /** How long what was being sent when a process died is left alone. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    public final TestClock clock = new TestClock(Shop.MARCH);
    public final ServiceId hosting = new ServiceId(id("hosting"));
    public final MemoryWebhookTransport receivers = new MemoryWebhookTransport();
    public final Ports ports;
    public final DefineEndpoint endpoints;
    private final WebhookTransport transport;
    private int events;

    public Hooks() {
        this(Ports.inMemory(), right -> right);
    }

    /** @param around wraps the transport, such as to let it fail */
    public Hooks(Ports ports, UnaryOperator<WebhookTransport> around) {
        this.ports = ports;
        this.transport = around.apply(receivers);
        this.endpoints = new DefineEndpoint(ports.endpoints(), transport, ports.entropy(), ports.auditTrail(), ports.ids(),
                clock, ports.unitOfWork());
    }

    public Deliver deliver() {
        return deliver(ports);
    }

    /** As another process does. */
    public Deliver deliver(Ports own) {
        return new Deliver(own.deliveries(), own.endpoints(), transport, DeliverySchedule.DEFAULT, own.entropy(), own.ids(),
                clock, own.unitOfWork());
    }

    public Deliver.Report run() {
        return deliver().run();
    }

    /** Told of these, or of all if none is named. */
    public Endpoint endpoint(String name, EventType... types) {
        return endpoint(hosting, name, Endpoint.Format.STANDARD, types);
    }

    public Endpoint endpoint(ServiceId service, String name, Endpoint.Format format, EventType... types) {
        return endpoints.register(service, name, URI.create("https://" + name + ".example/hooks"), format, Set.of(types),
                ADA);
    }

    public Endpoint find(Endpoint endpoint) {
        return ports.endpoints().find(endpoint.service(), endpoint.id()).orElseThrow();
    }

    public List<BillingEvent> happened(EventType type, String subscription, int times) {
        return happened(hosting, type, subscription, times);
    }

    public List<BillingEvent> happened(ServiceId service, EventType type, String subscription, int times) {
        List<BillingEvent> some = IntStream.range(0, times).mapToObj(i -> new BillingEvent(id("event " + ++events), type,
                service, id(subscription), clock.instant(), Map.of("external_id", subscription))).toList();
        ports.unitOfWork().run(() -> ports.eventLog().append(some));
        return some;
    }

    public BillingEvent happened(EventType type) {
        return happened(type, "web", 1).get(0);
    }

    /** What it was sent, the earliest first. */
    public List<Message> sent(Endpoint endpoint) {
        return receivers.sent(endpoint.url());
    }

    /** Their {@code webhook-id}s, which are those of events. */
    public List<UUID> sentIds(Endpoint endpoint) {
        return sent(endpoint).stream().map(message -> UUID.fromString(message.id())).toList();
    }

    public List<Delivery> deliveries(Endpoint endpoint) {
        return ports.deliveries().search(DeliverySearch.of(endpoint.service()).to(endpoint.id()),
                PageRequest.first(PageRequest.LARGEST)).items();
    }

    public static List<UUID> ids(List<BillingEvent> events) {
        return events.stream().map(BillingEvent::id).toList();
    }

    public static Answer answer(int status) {
        return new Answer(Optional.of(status), Optional.empty(), "");
    }

    public static UUID id(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
