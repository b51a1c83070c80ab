package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.PortFailure;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Work that no request waits for. */
class BackgroundTest {

    private static final String MAPS = "{'service':'maps'}";
    private static final String OF_MAPS = "/shadow/imports?service=maps";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch mayRead = new CountDownLatch(1);
    private ApiClient operator;

    @BeforeEach
    void register() {
        operator = server.operator();
        operator.post("/services", "{'service':{'code':'maps','name':'Maps'}}").ok();
        operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").ok();
    }

    private void slow() {
        server.importing(TestApplication.waiting(TestApplication.rows(), () -> {
            reading.countDown();
            await(mayRead);
        }));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void one_thing_at_a_time_happens_to_a_service() {
        slow();
        operator.post("/shadow/imports", MAPS).is(202);
        await(reading);
        Reply running = operator.get(OF_MAPS).ok();
        assertThat(running.at("/attempt/status").asText()).isEqualTo("running");
        assertThat(running.at("/attempt/total").asInt()).isEqualTo(33);
        Reply busy = operator.post("/shadow/imports", MAPS).is(409);
        assertThat(busy.at("/code").asText()).isEqualTo("service_is_busy");
        operator.post("/cutover", MAPS).is(409);
        operator.get("/cutover?service=maps").is(409);
        operator.delete("/shadow?service=maps").is(409);
        operator.post("/shadow/imports", "{'service':'chat'}").is(202);
        assertThat(operator.get("/shadow/imports?service=chat").ok().at("/attempt/status").asText()).isEqualTo("queued");
        mayRead.countDown();
        assertThat(operator.settled(OF_MAPS).at("/attempt/status").asText()).isEqualTo("finished");
        assertThat(operator.settled("/shadow/imports?service=chat").at("/attempt/status").asText()).isEqualTo("finished");
        operator.post("/reconciliations", MAPS).is(202);
    }

    @Test
    void a_request_that_comes_again_begins_nothing() {
        slow();
        ApiClient once = operator.with("Idempotency-Key", "once");
        Reply first = once.post("/shadow/imports", MAPS).is(202);
        assertThat(once.post("/shadow/imports", MAPS).is(202).json()).isEqualTo(first.json());
        mayRead.countDown();
        operator.settled(OF_MAPS);
        assertThat(once.post("/shadow/imports", MAPS).is(202).json()).isEqualTo(first.json());
        once.post("/shadow/imports", "{'service':'chat'}").isInvalid("Idempotency-Key", "idempotency_key_reused");
        assertThat(server.billing().ports().auditTrail().of("service maps"))
                .filteredOn(entry -> entry.action().equals("shadow.import_started")).hasSize(1);
    }

    @Test
    void ends_with_the_server() throws InterruptedException {
        slow();
        operator.post("/shadow/imports", MAPS).is(202);
        await(reading);
        Thread worker = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("billing-background")).findFirst().orElseThrow();
        server.stop();
        worker.join(10_000);
        assertThat(worker.isAlive()).isFalse();
    }

    @Test
    void ends_with_the_page_that_it_is_at_when_the_server_stops() {
        var stops = new AtomicBoolean();
        var freed = new AtomicBoolean();
        var task = new BackgroundTask(BackgroundTask.Kind.IMPORT, Json.object(), running -> {
            running.step(500);
            stops.set(true);
            running.step(500);
            throw new AssertionError("goes on");
        });
        task.run(server.clock(), stops::get, () -> freed.set(true));
        assertThat(task.json()).containsEntry("status", "stopped").containsEntry("done", 1000L)
                .containsEntry("result", null);
        assertThat(freed).isTrue();
    }

    @Test
    void says_why_it_failed_and_can_be_begun_again() {
        server.from(service -> Optional.of(() -> {
            throw new PortFailure(PortFailure.Effect.NONE, "the application does not answer", null);
        }));
        operator.post("/shadow/imports", MAPS).is(202);
        Reply failed = operator.settled(OF_MAPS);
        assertThat(failed.at("/attempt/status").asText()).isEqualTo("failed");
        assertThat(failed.at("/attempt/message").asText()).contains("the application does not answer");
        server.importing(TestApplication.waiting(TestApplication.rows(), () -> {
            throw new IllegalArgumentException("secret of the application");
        }));
        operator.post("/shadow/imports", MAPS).is(202);
        assertThat(operator.settled(OF_MAPS).at("/attempt/message").asText())
                .isEqualTo("something went wrong here; the log says what");
        server.importing(TestApplication.rows());
        operator.post("/shadow/imports", MAPS).is(202);
        assertThat(operator.settled(OF_MAPS).at("/attempt/message").isNull()).isTrue();
    }

    @Test
    void closes_what_it_has_opened() {
        var closed = new AtomicBoolean();
        server.from(service -> Optional.of(() -> TestApplication.closing(TestApplication.rows(), () -> closed.set(true))));
        operator.post("/shadow/imports", MAPS).is(202);
        operator.settled(OF_MAPS);
        assertThat(closed).isTrue();
    }

    @Test
    void a_server_without_an_application_says_what_to_set() {
        server.from(ImportSources.NONE);
        Reply refused = operator.post("/shadow/imports", MAPS).isInvalid("service", "source_not_configured");
        assertThat(refused.at("/message").asText()).contains("BILLING_SOURCE_URL");
        assertThat(operator.get(OF_MAPS).ok().at("/attempt").isNull()).isTrue();
    }
}
