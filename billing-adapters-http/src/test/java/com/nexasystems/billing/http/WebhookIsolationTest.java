package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.PATIENT;
import static com.nexasystems.billing.http.WebhookFixtures.address;
import static com.nexasystems.billing.http.WebhookFixtures.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.DeliverySchedule;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.Endpoint.Format;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One receiver hangs, 99 do not: theirs arrive while it still hangs. */
class WebhookIsolationTest {

    private static final int HEALTHY = 99;
    private static final int EVENTS = 12;
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Ports ports = Ports.inMemory();
    private final CountDownLatch released = new CountDownLatch(1);
    private final WebhookReceiver healthy = open(WebhookReceiver.http());

    private <T extends AutoCloseable> T open(T resource) {
        opened.add(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        released.countDown();
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private static ServiceId service(int number) {
        return new ServiceId(new UUID(7, number));
    }

    private void happens(int service) {
        ports.unitOfWork().run(() -> ports.eventLog().append(IntStream.range(0, EVENTS).mapToObj(i -> new BillingEvent(
                ports.ids().next(), EventType.SUBSCRIPTION_STARTED, service(service), new UUID(8, service), NOW,
                Map.of("external_id", "sub"))).toList()));
    }

    private long delivered(int service) {
        return ports.deliveries().search(DeliverySearch.of(service(service)), PageRequest.first(100))
                .items().stream().filter(each -> each.state() == State.DELIVERED).count();
    }

    private void othersArriveWhileItHangs(URI hanging, Lookups.Names names, CountDownLatch hangs) throws Exception {
        Billing billing = Billing.over(ports).clock(Clock.systemUTC()).build();
        HttpWebhooks webhooks = open(HttpWebhooks.open(billing, PATIENT.within(Duration.ofMinutes(1), Duration.ofMinutes(2)),
                TestCertificates.SHARED.ofTheSender(), names));
        ports.unitOfWork().run(() -> {
            ports.endpoints().add(endpoint(service(0), "hanging", hanging, Format.STANDARD), 1);
            IntStream.rangeClosed(1, HEALTHY).forEach(i -> ports.endpoints().add(endpoint(service(i), "healthy " + i,
                    healthy.url("/" + i), Format.STANDARD), 1));
        });
        IntStream.rangeClosed(0, HEALTHY).forEach(this::happens);
        var deliver = new Deliver(ports.deliveries(), ports.endpoints(), webhooks, DeliverySchedule.DEFAULT, ports.entropy(),
                ports.ids(), Clock.systemUTC(), ports.unitOfWork());
        CompletableFuture<Deliver.Report> run = CompletableFuture.supplyAsync(deliver::run);
        assertThat(hangs.await(1, TimeUnit.MINUTES)).isTrue();
        for (int i = 0; i < HEALTHY * EVENTS; i++) {
            healthy.next();
        }
        assertThat(run.isDone()).isFalse();
        assertThat(delivered(0)).isZero();
        released.countDown();
        assertThat(run.get(2, TimeUnit.MINUTES)).isEqualTo(new Deliver.Report((HEALTHY + 1) * EVENTS, 0, 0));
        assertThat(IntStream.rangeClosed(0, HEALTHY)).allSatisfy(i -> assertThat(delivered(i)).isEqualTo(EVENTS));
    }

    @Test
    @DisplayName("a receiver that does not answer holds up nobody else")
    void hangingReceiver() throws Exception {
        var hangs = new CountDownLatch(1);
        RawReceiver hanging = open(RawReceiver.answering(connection -> {
            hangs.countDown();
            released.await();
            RawReceiver.write(connection, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        }));
        othersArriveWhileItHangs(hanging.url("/"), Lookups.Names.OF_THE_MACHINE, hangs);
    }

    @Test
    @DisplayName("a name server that does not answer holds up nobody else")
    void hangingNameServer() throws Exception {
        WebhookReceiver secure = open(WebhookReceiver.https());
        var hangs = new CountDownLatch(1);
        othersArriveWhileItHangs(secure.on(TestCertificates.HOST, "/"), host -> {
            if (host.equals(TestCertificates.HOST)) {
                hangs.countDown();
                await(released);
            }
            return List.of(address("127.0.0.1"));
        }, hangs);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("a name that hangs takes one look-up, however many messages wait for it, and none waits beyond its time")
    void looksUpANameOnceAtATime() throws Exception {
        var asked = new AtomicInteger();
        HttpWebhooks webhooks = open(HttpWebhooks.open(Billing.over(ports).build(),
                PATIENT.within(Duration.ofSeconds(1), Duration.ofSeconds(1)), TestCertificates.SHARED.ofTheSender(),
                host -> {
                    asked.incrementAndGet();
                    await(released);
                    return List.of(address("127.0.0.1"));
                }));
        var message = WebhookFixtures.message(URI.create("https://" + TestCertificates.HOST + "/"));
        var answers = IntStream.range(0, 500).mapToObj(i -> webhooks.send(message)).toList();
        assertThat(webhooks.refusal(message.endpoint().url())).isEmpty();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get().detail()).isEqualTo("no answer within 1000 ms"));
        assertThat(asked).hasValue(1);
    }
}
