package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How long events take to their receivers, of whom each answers at once: what remains is the database. By hand:
 * {@code DeliverySpeed [events [services]]}, of which each has an endpoint.
 */
final class DeliverySpeed {

    private static final int BATCH = 500;
    private static final int SUBSCRIPTIONS = 5_000;
    private static final String BODY = "{\"type\":\"invoice.finalized\",\"data\":\"" + "Zoe ".repeat(300) + "\"}";

    /** Takes everything at once. */
    private static final class Taking implements WebhookTransport {

        @Override
        public Optional<String> body(Endpoint endpoint, Sequenced event) {
            return Optional.of(BODY);
        }

        @Override
        public String ping(Endpoint endpoint, Instant now) {
            return "";
        }

        @Override
        public Optional<String> refusal(URI url) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Answer> send(Message message) {
            return CompletableFuture.completedFuture(new Answer(Optional.of(200), Optional.empty(), "ok"));
        }
    }

    private DeliverySpeed() {
    }

    public static void main(String[] arguments) {
        int events = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int services = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        try (JpaPorts jpa = JpaPorts.open(TestDatabase.freshSchema())) {
            measure(jpa.ports(), events, services);
        }
        System.exit(0);
    }

    private static void measure(Ports ports, int events, int services) {
        List<ServiceId> ids = IntStream.range(0, services).mapToObj(i -> new ServiceId(new UUID(7, i))).toList();
        ports.unitOfWork().run(() -> ids.forEach(id -> ports.services().add(Service.of(id, "s" + id.value()
                .getLeastSignificantBits(), "Service"))));
        timed("append " + events + " events that nobody wants", () -> append(ports, events, ids));
        ports.unitOfWork().run(() -> ids.forEach(id -> ports.endpoints().add(new Endpoint(new EndpointId(ports.ids().next()),
                id, "", URI.create("https://receiver.example"), Endpoint.Format.STANDARD, Set.of(),
                List.of(Secret.random(ports.entropy())), Optional.empty(), Instant.now()), 10)));
        timed("append " + events + " events to be delivered", () -> append(ports, events, ids));
        var deliver = new Deliver(ports.deliveries(), ports.endpoints(), new Taking(), DeliverySchedule.DEFAULT,
                ports.entropy(), ports.ids(), Clock.systemUTC(), ports.unitOfWork());
        timed("deliver them to " + services + " endpoints", () -> System.out.println(deliver.run()));
        timed("forget them", () -> {
            int forgotten;
            do {
                forgotten = ports.unitOfWork().call(() -> ports.deliveries().forget(Instant.now()));
            } while (forgotten > 0);
        });
    }

    private static void append(Ports ports, int events, List<ServiceId> services) {
        IntFunction<BillingEvent> event = i -> new BillingEvent(ports.ids().next(), EventType.INVOICE_FINALIZED,
                services.get(i % services.size()), new UUID(9, i % SUBSCRIPTIONS), Instant.now(),
                Map.of("invoice", "in_" + i, "number", "HOSTING-" + i, "total", "20.00"));
        for (int from = 0; from < events; from += BATCH) {
            List<BillingEvent> batch = IntStream.range(from, Math.min(events, from + BATCH)).mapToObj(event).toList();
            ports.unitOfWork().run(() -> ports.eventLog().append(batch));
        }
    }

    private static void timed(String what, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        System.out.println(what + ": " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }
}
