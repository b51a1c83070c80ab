package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.webhook.WebhookVerifier;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks at the machine, to a receiver on loopback that verifies what it gets. */
class WebhooksCommandTest {

    @TempDir
    private Path folder;

    private final Queue<Message> got = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private volatile int answer = 200;

    private record Message(String id, String timestamp, String signature, byte[] body) {

        boolean isSignedWith(String secret) {
            return new WebhookVerifier(List.of(secret), Clock.systemUTC()).isGenuine(id, timestamp, signature, body);
        }
    }

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        got.add(new Message(exchange.getRequestHeaders().getFirst("webhook-id"),
                exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                exchange.getRequestHeaders().getFirst("webhook-signature"), exchange.getRequestBody().readAllBytes()));
        byte[] said = "heard".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer, said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks";
    }

    @Test
    void an_endpoint_is_registered_told_changed_and_removed() {
        String schema = TestDatabase.fresh("webhooks_command");
        Cli cli = Cli.onDatabase(folder, schema).with(Map.of("BILLING_WEBHOOK_ALLOW_LOOPBACK", "on", "BILLING_WEBHOOK_WAITS", ""));
        cli.run("services", "add", "shop", "Shop");
        Cli.Answer added = cli.run("webhooks", "add", url(), "--events", "invoice.finalized", "--name", "Main", "--json");
        assertThat(added.code()).as(added.err()).isZero();
        String id = added.text("id");
        String secret = added.text("secret");
        assertThat(cli.run("webhooks", "endpoints").out()).contains(id, "Main", "invoice.finalized", "enabled")
                .doesNotContain("whsec_");
        assertThat(cli.run("webhooks", "ping", id).out()).isEqualTo("taken, HTTP 200: heard\n");
        assertThat(got.remove().isSignedWith(secret)).isTrue();

        answer = 500;
        sell(schema, "a");
        Cli.Answer failed = cli.run("webhooks", "send");
        assertThat(failed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(failed.out()).isEqualTo("0 delivered, 1 failed, of which 1 are dead letters now\n");
        String delivery = (String) ((Map<?, ?>) ((List<?>) cli.run("webhooks", "deliveries", "--dead", "--json").json()
                .get("deliveries")).get(0)).get("id");
        assertThat(cli.run("webhooks", "show", delivery).out()).contains("dead", "500", "heard", "invoice.finalized");
        answer = 200;
        assertThat(cli.run("webhooks", "redeliver", "--endpoint", id).out()).isEqualTo("1 delivery is due now\n");
        assertThat(cli.run("webhooks", "redeliver", delivery).err()).contains("is sent already");
        String newer = cli.run("webhooks", "rotate", id, "--overlap-hours", "1", "--json").text("secret");
        assertThat(cli.run("webhooks", "send").out()).startsWith("1 delivered, 0 failed");
        Message first = got.remove();
        Message second = got.remove();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.isSignedWith(secret) && second.isSignedWith(newer)).isTrue();
        assertThat(first.isSignedWith(newer)).isFalse();

        assertThat(cli.run("webhooks", "disable", id).out()).startsWith("disabled: ");
        assertThat(cli.run("webhooks", "endpoints").out()).contains("disabled (by_service)");
        assertThat(cli.run("webhooks", "enable", id).out()).startsWith("enabled: ");
        assertThat(cli.run("webhooks", "remove", id).code()).isZero();
        assertThat(cli.run("webhooks", "remove", id).err()).contains("does not exist");
        assertThat(cli.run("webhooks", "deliveries", "--json").text("total")).isEqualTo("0");
    }

    private static void sell(String schema, String key) {
        try (var company = new PaidCompany(); Engine engine = Engine.open(TestHost.of(schema, Clock.systemUTC(), Map.of()))) {
            Service service = engine.ports().services().all().get(0);
            Customer ada = engine.billing().customers().resolve(service.id(), Account.of("ada"));
            company.sell(engine.billing(), service, ada, "10.00", key);
        }
    }

    @Test
    void what_cannot_be_done_is_said() {
        Cli cli = Cli.onDatabase(folder, TestDatabase.fresh("webhooks_refused"));
        cli.run("services", "add", "shop", "Shop");
        assertThat(cli.run("webhooks", "add", url()).err()).contains("webhook_url: ");
        assertThat(cli.run("webhooks", "add", "https://[").err()).contains("URL: is no address");
        assertThat(cli.run("webhooks", "add", "https://example.org", "--events", "moon.rises").err())
                .contains("--events: there is no event moon.rises; there are invoice.created");
        assertThat(cli.run("webhooks", "add", "https://example.org", "--format", "soap").err()).contains("--format: must be one of");
        assertThat(cli.run("webhooks", "ping", "00000000-0000-0000-0000-000000000000").err()).contains("does not exist");
        assertThat(cli.run("webhooks", "show", "00000000-0000-0000-0000-000000000000").err()).contains("there is no delivery");
        assertThat(cli.run("webhooks", "deliveries", "--from", "soon").err()).contains("--from: is written YYYY-MM-DD");
    }
}
