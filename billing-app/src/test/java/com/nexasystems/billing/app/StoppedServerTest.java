package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own that is told to end while many clients write. */
class StoppedServerTest {

    private static final int CLIENTS = 16;
    private static final int BEFORE = 200;
    private static final String METRIC =
            "{'billable_metric':{'name':'Calls','code':'%s','aggregation_type':'count_agg'}}";

    @TempDir
    private Path folder;

    private final Queue<String> confirmed = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> refused = new ConcurrentLinkedQueue<>();
    private final CountDownLatch enough = new CountDownLatch(BEFORE);
    private final AtomicInteger number = new AtomicInteger();
    private final List<Process> started = new ArrayList<>();

    /** Also when a test has failed before it stopped its server. */
    @AfterEach
    void leaveNothingRunning() throws InterruptedException {
        for (Process server : started) {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void what_was_confirmed_is_there_once() throws Exception {
        String key;
        Service service;
        try (Engine engine = Engine.open(host())) {
            service = engine.billing().register("chat", "Chat");
            key = engine.billing().apiKeys().issue(service.id());
        }
        Process server = start();
        URI metrics = URI.create(awaitAddress(server) + "/api/v1/billable_metrics");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(() -> writeUntilRefused(metrics, key));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
        stop(server);
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(refused).allMatch(status -> status == 503);
        assertThat(Files.readString(folder.resolve("log"))).contains("\"message\":\"stopped\"")
                .doesNotContain("\"ERROR\"", key);
        assertThat(folder.resolve("billing-data/postgres/postmaster.pid")).doesNotExist();
        try (Engine engine = Engine.open(host())) {
            List<String> kept = engine.ports().directory().list(service.id(), Kind.METRIC, EntryQuery.ALL,
                    PageRequest.first(PageRequest.LARGEST)).items().stream().map(Entry::code).toList();
            assertThat(kept).containsAll(confirmed).doesNotHaveDuplicates();
            // What was begun when the connection closed may be there or not: of that there is one request a client at most.
            assertThat(kept.size() - confirmed.size()).isBetween(0, CLIENTS);
            assertThat(Set.copyOf(confirmed)).hasSameSizeAs(confirmed);
        }
    }

    @Test
    void the_first_calls_of_the_documentation_work_with_the_key_that_is_printed_once() throws Exception {
        Process server = start();
        String address = awaitAddress(server);
        String said = Files.readString(folder.resolve("out"));
        Matcher key = Pattern.compile("bk_[A-Za-z0-9_-]{43}").matcher(said);
        assertThat(key.find()).as(said).isTrue();
        assertThat(said).contains("curl " + address + "/api/billing/v1/services -H 'Authorization: Bearer " + key.group());
        Process calls = firstCalls(address + "/api/billing/v1", key.group());
        String answers = new String(calls.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(calls.waitFor()).as(answers).isZero();
        assertThat(answers).contains("\"amount_cents\":250");
        stop(server);
        assertThat(Files.readString(folder.resolve("log"))).contains("\"route\":\"/events\"").doesNotContain("bk_");

        Process again = start();
        awaitAddress(again);
        stop(again);
        assertThat(Files.readString(folder.resolve("out"))).doesNotContain("bk_");
    }

    private Process firstCalls(String base, String operator) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "server.md"));
        int from = page.indexOf("```sh\n") + "```sh\n".length();
        Path script = Files.writeString(folder.resolve("calls"), page.substring(from, page.indexOf("```", from)));
        var builder = new ProcessBuilder("bash", "-eu", script.toString()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("BILLING", base, "OPERATOR", operator));
        return builder.start();
    }

    private static void stop(Process server) throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("ends in time").isTrue();
    }

    private void writeUntilRefused(URI metrics, String key) {
        HttpClient http = HttpClient.newHttpClient();
        while (true) {
            String code = "calls_" + number.incrementAndGet();
            HttpRequest request = HttpRequest.newBuilder(metrics).header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                            METRIC.replace('\'', '"').formatted(code)))
                    .build();
            try {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    refused.add(status);
                    return;
                }
                confirmed.add(code);
                enough.countDown();
            } catch (IOException | InterruptedException closed) {
                return;
            }
        }
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
                Main.class.getName(), "serve", "--port", "0").directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile()).redirectError(folder.resolve("log").toFile());
        builder.environment().putAll(environment());
        started.add(builder.start());
        return started.get(started.size() - 1);
    }

    private String awaitAddress(Process server) throws Exception {
        while (server.isAlive()) {
            String said = Files.readString(folder.resolve("out"));
            if (said.contains("listening on ") && said.indexOf('\n', said.indexOf("listening on ")) > 0) {
                return said.substring(said.indexOf("http://")).lines().findFirst().orElseThrow();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it did not start: " + Files.readString(folder.resolve("log")));
    }

    private Host host() {
        return new Host(InputStream.nullInputStream(), new PrintStream(OutputStream.nullOutputStream()), System.err,
                environment(), folder, Clock.systemUTC(), false);
    }

    private static Map<String, String> environment() {
        return Map.of("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    }
}
