package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.testing.Hooks;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deliveries whose process dies between any two calls of a port, and which another process takes over. */
class DeliveryCrashTest {

    private static final int EVENTS = 7;

    @Test
    void wherever_it_dies_each_event_reaches_each_endpoint() {
        int calls = 1;
        while (dies(calls)) {
            calls++;
        }
        assertThat(calls).as("places to die at").isGreaterThan(20);
    }

    /** @return whether it came so far that it died */
    private static boolean dies(int calls) {
        Ports right = Ports.inMemory();
        var hooks = new Hooks(right, transport -> transport);
        var crashing = new CrashingPorts(right);
        Endpoint web = hooks.endpoint("web");
        Endpoint weak = hooks.endpoint("weak");
        Endpoint gone = hooks.endpoint("gone");
        var turns = new AtomicInteger();
        hooks.receivers.receive(weak.url(), message -> CompletableFuture.completedFuture(
                turns.incrementAndGet() % 2 == 0 ? Hooks.TAKEN : Hooks.answer(503)));
        hooks.receivers.answer(gone.url(), Hooks.answer(410));
        List<BillingEvent> events = hooks.happened(EventType.SUBSCRIPTION_TERMINATED, "web", EVENTS);
        boolean died = false;
        crashing.crashAfter(calls);
        try {
            hooks.deliver(crashing.ports()).run();
        } catch (PortFailure itDied) {
            died = true;
        }
        crashing.disarm();
        while (pending(hooks, web) + pending(hooks, weak) > 0 || hooks.deliveries(web).size() < EVENTS) {
            hooks.run();
            hooks.clock.advance(Duration.ofHours(1));
        }
        for (Endpoint endpoint : List.of(web, weak)) {
            assertThat(hooks.sentIds(endpoint)).as("died after " + calls).containsAll(Hooks.ids(events));
            assertThat(hooks.deliveries(endpoint)).hasSize(EVENTS)
                    .allMatch(delivery -> delivery.state() == Delivery.State.DELIVERED);
            assertThat(bodies(hooks, endpoint)).as("an event looks the same each time").hasSize(EVENTS);
        }
        assertThat(hooks.find(gone).disabled()).isPresent();
        return died;
    }

    private static List<String> bodies(Hooks hooks, Endpoint endpoint) {
        return hooks.sent(endpoint).stream().map(Message::body).distinct().toList();
    }

    private static long pending(Hooks hooks, Endpoint endpoint) {
        return hooks.deliveries(endpoint).stream().filter(one -> one.state() == Delivery.State.PENDING).count();
    }
}
