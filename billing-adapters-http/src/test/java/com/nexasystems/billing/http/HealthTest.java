package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final AtomicReference<Supplier<Map<String, Boolean>>> ready =
            new AtomicReference<>(() -> Map.of("database", true));
    private final BillingApi server = BillingApi.start(Billing.inMemory(Clock.systemUTC()), Clock.systemUTC(),
            ApiSettings.DEFAULT, () -> ready.get().get());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_running_process_is_live() throws Exception {
        ready.set(() -> Map.of("database", false));
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void readiness_follows_what_it_asks() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"up\",\"checks\":{\"database\":\"up\"}}");
        ready.set(() -> Map.of("database", false));
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"down\",\"checks\":{\"database\":\"down\"}}");
    }

    @Test
    void a_check_that_breaks_means_not_ready_and_shows_nothing_of_itself() throws Exception {
        ready.set(() -> {
            throw new IllegalStateException("secret");
        });
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).doesNotContain("secret");
    }

    @Test
    void nothing_else_is_there() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
