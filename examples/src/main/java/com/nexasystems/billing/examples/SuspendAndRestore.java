package com.nexasystems.billing.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nexasystems.billing.webhook.ControlState;
import com.nexasystems.billing.webhook.ControlState.Status;
import com.nexasystems.billing.webhook.WebhookVerifier;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A service that obeys: it suspends what runs on a subscription that is not paid, restores it, and takes it away, by what
 * its webhooks say. They may come in any order, and more than once.
 */
public final class SuspendAndRestore implements AutoCloseable {

    private static final int LARGEST = 1 << 20;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORISED = 401;
    private static final int TOO_LARGE = 413;

    private final ObjectMapper json = new ObjectMapper();
    /** By subscription. A real service keeps both fields in the row of what it runs, and locks the row to compare them. */
    private final Map<String, ControlState> states = new ConcurrentHashMap<>();
    private final WebhookVerifier verifier;
    private final Deployments deployments;
    private final HttpServer server;

    /** What the service runs, for which it is told. */
    public interface Deployments {

        /** @param deployment the service's own id, as it gave it; that of the subscription if it gave none */
        void become(String deployment, Status status);
    }

    /** @param secrets of the endpoint: during a rotation, the old one and the new one */
    public SuspendAndRestore(int port, List<String> secrets, Clock clock, Deployments deployments) {
        this.verifier = new WebhookVerifier(secrets, clock);
        this.deployments = deployments;
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hooks", this::take);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
    }

    public static void main(String[] args) {
        var service = new SuspendAndRestore(4000, List.of(System.getenv("WEBHOOK_SECRET")), Clock.systemUTC(),
                (deployment, status) -> System.out.println(deployment + " is " + status));
        System.out.println("listening at " + service.url());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange), -1);
        }
    }

    /** Verifies the bytes as they came, before anything reads them; what it does not understand is not its business: 200. */
    private int answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            return TOO_LARGE;
        }
        Headers headers = exchange.getRequestHeaders();
        if (!verifier.isGenuine(headers.getFirst("webhook-id"), headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"), body)) {
            return UNAUTHORISED;
        }
        try {
            obey(json.readTree(body));
            return OK;
        } catch (IOException notJson) {
            return BAD_REQUEST;
        }
    }

    /** An event of no subscription, such as of an invoice that was written by hand, is not about anything that runs. */
    private void obey(JsonNode event) {
        JsonNode data = event.path("data");
        String subscription = data.path("subscription_id").asText();
        if (subscription.isEmpty()) {
            return;
        }
        String deployment = data.path("deployment_id").asText(data.path("external_id").asText(subscription));
        states.compute(subscription, (id, known) -> {
            ControlState before = known == null ? ControlState.UNKNOWN : known;
            ControlState after = before.after(event.path("type").asText(),
                    data.path("subscription_state").asText(), event.path("sequence").asLong());
            if (after.status() != before.status()) {
                deployments.become(deployment, after.status());
            }
            return after;
        });
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
