package com.nexasystems.billing.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.webhook.ControlState.Status;
import com.nexasystems.billing.webhook.Signature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP: in every order, with repetitions and forgeries between them, the same things run in the end. */
class SuspendAndRestoreTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final byte[] KEY = "of the endpoint, 32 bytes long..".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "of a stranger, 32 bytes long....".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> STORY = List.of("subscription.started", "invoice.payment_failed",
            "invoice.payment_succeeded", "subscription.reactivated", "invoice.payment_failed", "subscription.terminated");
    private static final List<String> STATES = List.of("active", "past_due", "past_due", "active", "past_due", "terminated");
    /** After the first, the first two, and so on. */
    private static final List<Status> STATUSES = List.of(Status.RUNNING, Status.SUSPENDED, Status.SUSPENDED, Status.RUNNING,
            Status.SUSPENDED, Status.DEPROVISIONED);

    private final Map<String, Status> deployments = new ConcurrentHashMap<>();
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final HttpClient http = HttpClient.newHttpClient();
    private final SuspendAndRestore service = new SuspendAndRestore(0, List.of(secret(KEY)),
            Clock.fixed(NOW, ZoneOffset.UTC), (deployment, status) -> {
                deployments.put(deployment, status);
                changes.add(deployment + " " + status);
            });

    @AfterEach
    void close() {
        service.close();
    }

    @ParameterizedTest(name = "the first {0} events")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void in_every_order_and_however_often_the_end_is_the_same(int length) {
        var random = new Random(length);
        int orders = 0;
        for (List<Integer> order : orders(IntStream.range(0, length).boxed().toList())) {
            String deployment = "web-" + length + "-" + ++orders;
            List<Integer> coming = withRepetitions(order, random);
            coming.forEach(i -> assertThat(send(deployment, i)).isEqualTo(200));
            assertThat(deployments.get(deployment)).as(coming.toString()).isEqualTo(STATUSES.get(length - 1));
        }
        assertThat(orders).isEqualTo(IntStream.rangeClosed(1, length).reduce(1, (a, b) -> a * b));
    }

    @Test
    void in_the_order_of_the_story_each_change_is_made_once() {
        for (int i = 0; i < STORY.size(); i++) {
            send("web", i);
            send("web", i);
        }
        assertThat(changes).containsExactly("web RUNNING", "web SUSPENDED", "web RUNNING", "web SUSPENDED",
                "web DEPROVISIONED");
    }

    @Test
    void many_at_once_end_in_the_same_state() {
        List<Integer> thrice = Stream.of(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5).toList();
        for (int round = 0; round < 20; round++) {
            String deployment = "web-" + round;
            thrice.parallelStream().forEach(i -> send(deployment, i));
            assertThat(deployments.get(deployment)).isEqualTo(Status.DEPROVISIONED);
        }
    }

    @Test
    void of_an_invoice_of_several_subscriptions_each_is_told_by_itself() {
        send("web", 0);
        send("shop", 0);
        for (String deployment : List.of("web", "shop")) {
            assertThat(send(event(deployment, "invoice.payment_failed", 2, ",\"invoice_id\":\"one for both\""), KEY))
                    .isEqualTo(200);
        }
        send(event("shop", "subscription.reactivated", 3, ""), KEY);
        assertThat(deployments).isEqualTo(Map.of("web", Status.SUSPENDED, "shop", Status.RUNNING));
    }

    @Test
    void what_is_forged_or_old_changes_nothing() {
        send("web", 0);
        String forged = event("web", "subscription.terminated", 99, "");
        assertThat(send(forged, OTHER_KEY)).isEqualTo(401);
        assertThat(send(forged, KEY, NOW.minusSeconds(301))).isEqualTo(401);
        assertThat(send(forged, KEY, NOW.plusSeconds(301))).isEqualTo(401);
        assertThat(post(forged, "id", "" + NOW.getEpochSecond(), Signature.of(KEY, "id", "" + NOW.getEpochSecond(),
                event("web", "invoice.created", 99, "").getBytes(StandardCharsets.UTF_8)))).isEqualTo(401);
        assertThat(post(forged, "id", "" + NOW.getEpochSecond(), "v1,")).isEqualTo(401);
        assertThat(post(forged, "id", "yesterday", "v1,x")).isEqualTo(401);
        assertThat(deployments).isEqualTo(Map.of("web", Status.RUNNING));
    }

    @Test
    void what_it_does_not_understand_changes_nothing_and_is_not_sent_again() {
        send("web", 0);
        for (String body : List.of("{}", "[]", "1", "{\"type\":7,\"sequence\":\"x\",\"data\":{\"subscription_id\":{}}}",
                event("web", "subscription.renamed", 9, ""),
                "{\"type\":\"invoice.payment_failed\",\"sequence\":9,\"data\":{}}")) {
            assertThat(send(body, KEY)).as(body).isEqualTo(200);
        }
        assertThat(send("{\"type\":", KEY)).isEqualTo(400);
        assertThat(send(" ".repeat(1 << 20) + "{}", KEY)).isEqualTo(413);
        assertThat(deployments).isEqualTo(Map.of("web", Status.RUNNING));
    }

    @Test
    void without_an_id_of_its_own_a_deployment_is_known_by_what_the_service_calls_the_subscription() {
        send("{\"type\":\"subscription.started\",\"timestamp\":\"" + NOW + "\",\"sequence\":1,"
                + "\"data\":{\"external_id\":\"Straße/1\",\"subscription_id\":\"s\"}}", KEY);
        assertThat(deployments).isEqualTo(Map.of("Straße/1", Status.RUNNING));
    }

    private static List<List<Integer>> orders(List<Integer> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        return of.stream().flatMap(first -> orders(of.stream().filter(other -> !other.equals(first)).toList()).stream()
                .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList())).toList();
    }

    /** The same, and after each of them perhaps one that has come before. */
    private static List<Integer> withRepetitions(List<Integer> order, Random random) {
        var coming = new ArrayList<Integer>();
        for (Integer next : order) {
            coming.add(next);
            if (random.nextInt(3) == 0) {
                coming.add(coming.get(random.nextInt(coming.size())));
            }
        }
        return coming;
    }

    private int send(String deployment, int number) {
        return send(event(deployment, STORY.get(number), number + 1,
                ",\"subscription_state\":\"" + STATES.get(number) + "\""), KEY);
    }

    private static String event(String deployment, String type, long sequence, String more) {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + NOW + "\",\"sequence\":" + sequence
                + ",\"data\":{\"deployment_id\":\"" + deployment + "\",\"external_id\":\"external\",\"subscription_id\":\""
                + "of " + deployment + "\"" + more + "}}";
    }

    private int send(String body, byte[] key) {
        return send(body, key, NOW);
    }

    private int send(String body, byte[] key, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return post(body, "msg", timestamp, Signature.of(key, "msg", timestamp, body.getBytes(StandardCharsets.UTF_8)));
    }

    private int post(String body, String id, String timestamp, String signature) {
        HttpRequest request = HttpRequest.newBuilder(service.url()).header("webhook-id", id)
                .header("webhook-timestamp", timestamp).header("webhook-signature", signature)
                .POST(BodyPublishers.ofString(body)).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String secret(byte[] key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }
}
