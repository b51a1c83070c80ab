package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A server that is told to stop. */
class StopTest {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);

    @Test
    void finishes_what_is_in_flight_and_takes_nothing_new() throws Exception {
        BillingApi server = start(Duration.ofSeconds(20));
        URI slow = URI.create("http://127.0.0.1:" + server.port() + "/metrics");
        CompletableFuture<HttpResponse<String>> inFlight = HttpClient.newHttpClient().sendAsync(
                HttpRequest.newBuilder(slow).build(), HttpResponse.BodyHandlers.ofString());
        entered.await();
        try (Socket open = new Socket("127.0.0.1", server.port())) {
            assertThat(ask(open)).startsWith("HTTP/1.1 200");
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            awaitRefusal(server.port());
            assertThat(inFlight).isNotDone();
            assertThat(stopped).isNotDone();
            String late = ask(open);
            assertThat(late).satisfiesAnyOf(text -> assertThat(text).isEmpty(),
                    text -> assertThat(text).startsWith("HTTP/1.1 503").contains("\"code\":\"unavailable\""));
            finish.countDown();
            assertThat(inFlight.join().body()).isEqualTo("all of it");
            stopped.join();
        }
    }

    @Test
    void waits_no_longer_than_it_may() throws Exception {
        BillingApi server = start(Duration.ofMillis(200));
        HttpClient.newHttpClient().sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
        entered.await();
        assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(Duration.ofSeconds(10));
    }

    private BillingApi start(Duration drain) {
        return BillingApi.start(Billing.inMemory(Clock.systemUTC()), Clock.systemUTC(), ApiSettings.DEFAULT.draining(drain),
                new Operations() {
                    @Override
                    public Map<String, Boolean> readiness() {
                        return Map.of();
                    }

                    @Override
                    public String metrics() {
                        entered.countDown();
                        try {
                            finish.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return "all of it";
                    }
                });
    }

    /** @return what came back; empty if the connection was closed */
    private static String ask(Socket socket) throws Exception {
        try {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            byte[] answer = new byte[4096];
            int length = socket.getInputStream().read(answer);
            return length < 0 ? "" : new String(answer, 0, length, StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "";
        }
    }

    private static void awaitRefusal(int port) throws InterruptedException {
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                Thread.sleep(20);
            } catch (IOException refused) {
                return;
            }
        }
    }
}
