package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.testkit.TestClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server with all that belongs to it, on PostgreSQL. */
class ServerTest {

    private static final Map<String, String> QUICK = Map.of("BILLING_JOB_BILL_SECONDS", "1",
            "BILLING_JOB_FINALISE_SECONDS", "1");
    private static final Map<String, String> NO_JOBS = Map.of("BILLING_JOBS", "off");

    @Test
    void says_what_it_is_ready_with() {
        try (TestServer server = TestServer.on("server_ready", NO_JOBS)) {
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = server.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(ready.body()).isEqualTo(
                    "{\"status\":\"up\",\"checks\":{\"database\":\"up\",\"schema\":\"up\",\"accepting\":\"up\"}}");
        }
    }

    @Test
    void a_server_that_is_going_to_stop_says_so_while_it_still_answers() throws Exception {
        try (TestServer server = TestServer.on("server_notice", Map.of("BILLING_STOP_NOTICE_SECONDS", "2"))) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            while (server.get("/health/ready").statusCode() == 200) {
                Thread.sleep(20);
            }
            assertThat(server.get("/health/ready").body()).contains("\"status\":\"down\"", "\"accepting\":\"down\"");
            assertThat(server.get("/api/v1/plans").statusCode()).isEqualTo(401);
            stopped.join();
        }
    }

    @Test
    void shows_requests_connections_memory_jobs_and_the_business_to_prometheus() {
        TestClock clock = TestClock.startingAt("2026-01-20T12:00:00Z");
        try (TestServer server = TestServer.on("server_metrics", clock, NO_JOBS)) {
            TestCompany.on(server.billing(), 3);
            server.get("/api/v1/plans/unknown");
            server.get("/api/billing/v1/plans/unknown");
            server.get("/nowhere");
            assertThat(server.get("/metrics").headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain").contains("version=0.0.4");
            assertThat(server.get("/metrics").body())
                    .contains("http_server_requests_seconds_count{method=\"GET\",route=\"/plans/{code}\",status=\"401\"} 2")
                    .contains("route=\"none\",status=\"404\"").contains("http_server_requests_seconds_bucket")
                    .contains("hikaricp_connections_active", "jvm_memory_used_bytes", "process_uptime_seconds")
                    .contains("billing_unrated_records 3").contains("billing_due_subscriptions 0.0")
                    .contains("billing_open_drafts 0.0")
                    .containsPattern("billing_oldest_unbilled_hour_timestamp_seconds 1\\.7672\\d+E9");
        }
    }

    @Test
    void shows_metrics_to_operators_only_if_it_is_told_to() {
        Map<String, String> settings = Map.of("BILLING_JOBS", "off", "BILLING_METRICS", "operators");
        try (TestServer server = TestServer.on("server_private", settings)) {
            String key = server.keyOf("chat");
            assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(server.get("/metrics", "Authorization", "Bearer " + key).statusCode()).isEqualTo(403);
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void imports_from_the_application_that_its_settings_name() throws Exception {
        Map<String, String> database = TestDatabase.environment();
        Map<String, String> settings = Map.of("BILLING_JOBS", "off", "BILLING_SOURCE_URL", database.get("BILLING_DB_URL"),
                "BILLING_SOURCE_USER", database.get("BILLING_DB_USER"), "BILLING_SOURCE_PASSWORD",
                database.get("BILLING_DB_PASSWORD"), "BILLING_SOURCE_SCHEMA", "no_such_schema");
        try (TestServer server = TestServer.on("server_source", settings)) {
            server.keyOf("maps");
            String[] operator = {"Authorization", "Bearer " + server.billing().apiKeys().issueForOperator("test").secret()};
            assertThat(server.post("/api/billing/v1/shadow/imports", "{'service':'maps'}", operator).statusCode())
                    .isEqualTo(202);
            String shown = "";
            while (!shown.contains("failed")) {
                Thread.sleep(20);
                shown = server.get("/api/billing/v1/shadow/imports?service=maps", operator).body();
            }
            assertThat(shown).contains("no_such_schema").contains("users");
        }
    }

    @Test
    void bills_and_issues_by_itself() throws Exception {
        TestClock clock = TestClock.startingAt("2026-01-20T12:00:00Z");
        try (TestServer server = TestServer.on("server_jobs", clock, QUICK)) {
            TestCompany.on(server.billing(), 3);
            clock.at(Instant.parse("2026-02-02T00:00:00Z"));
            awaitIssued(server.billing(), 3);
        }
    }

    @Test
    void logs_a_line_for_each_request_and_never_a_key_or_a_body() {
        try (TestServer server = TestServer.on("server_logs", QUICK)) {
            String key = server.keyOf("chat");
            server.post("/api/v1/billable_metrics", "{'billable_metric':{'name':'S3CRET','code':'calls',"
                    + "'aggregation_type':'count_agg'}}", "Authorization", "Bearer " + key, "X-Request-Id", "call-1");
            server.post("/api/v1/billable_metrics", "{'billable_metric':{'name':'S3CRET','code':", "Authorization",
                    "Bearer " + key, "X-Request-Id", "call-2");
            server.get("/api/v1/plans?search=S3CRET", "Authorization", "Bearer bk_wrong", "X-Request-Id", "call-3");
            server.get("/health/ready");
            server.get("/metrics");
            List<String> requests = server.logged().stream().filter(line -> line.contains("billing.access")).toList();
            assertThat(requests).hasSize(3).allSatisfy(line -> assertThat(Json.read("line", line)).isInstanceOf(Map.class));
            assertThat(requests.get(0)).contains("\"request_id\":\"call-1\"", "\"service\":\"chat\"",
                    "\"route\":\"/billable_metrics\"", "\"method\":\"POST\"", "\"status\":200", "\"duration_ms\":");
            assertThat(requests.get(1)).contains("\"request_id\":\"call-2\"", "\"status\":400");
            assertThat(requests.get(2)).contains("\"request_id\":\"call-3\"", "\"status\":401")
                    .doesNotContain("\"service\"");
            assertThat(String.join("\n", server.logged())).doesNotContain("S3CRET", key, "bk_wrong",
                    TestDatabase.environment().get("BILLING_DB_PASSWORD"));
        }
    }

    @Test
    void says_what_to_do_when_the_port_is_taken() {
        try (TestServer server = TestServer.on("server_port", NO_JOBS)) {
            String port = server.address().substring(server.address().lastIndexOf(':') + 1);
            Cli.Answer second = Cli.onDatabase(Path.of("target"), "server_port").run("serve", "--port", port);
            assertThat(second.code()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(second.err()).contains("cannot listen on 127.0.0.1:" + port).contains("BILLING_HTTP_PORT");
        }
    }

    @Test
    void two_servers_on_one_database_behave_as_one() throws Exception {
        TestClock clock = TestClock.startingAt("2026-01-20T12:00:00Z");
        try (TestServer one = TestServer.on("server_pair", clock, QUICK);
             TestServer other = TestServer.beside("server_pair", clock, QUICK)) {
            String key = one.keyOf("chat");
            assertThat(other.get("/api/v1/plans", "Authorization", "Bearer " + key).statusCode()).isEqualTo(200);
            String metric = "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}";
            String[] once = {"Authorization", "Bearer " + key, "Idempotency-Key", "once"};
            HttpResponse<String> made = one.post("/api/v1/billable_metrics", metric, once);
            HttpResponse<String> again = other.post("/api/v1/billable_metrics", metric, once);
            assertThat(made.statusCode()).isEqualTo(200);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(made.body());
            other.billing().apiKeys().revoke(other.billing().ports().apiKeys().of(Optional.of(
                    other.billing().ports().services().findByCode("chat").orElseThrow().id())).get(0).id());
            assertThat(one.get("/api/v1/plans", "Authorization", "Bearer " + key).statusCode()).isEqualTo(401);

            TestCompany.on(one.billing(), 40);
            clock.at(Instant.parse("2026-02-02T00:00:00Z"));
            awaitIssued(other.billing(), 40);
            assertThat(one.billing().ports().invoices().list(InvoiceQuery.ALL)).hasSize(40);
        }
    }

    @Test
    void sixty_four_that_send_the_same_request_at_once_make_one_invoice_and_have_one_answer() {
        try (TestServer server = TestServer.on("server_once", NO_JOBS)) {
            String[] once = {"Authorization", "Bearer " + server.keyOf("chat"), "Idempotency-Key", "once"};
            String[] plain = {once[0], once[1]};
            server.post("/api/v1/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':5000,'amount_currency':'CAD'}}",
                    plain);
            server.post("/api/v1/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}", plain);
            List<CompletableFuture<HttpResponse<String>>> sent = IntStream.range(0, 64).mapToObj(i ->
                    CompletableFuture.supplyAsync(() -> server.post("/api/v1/invoices", "{'invoice':{"
                            + "'external_customer_id':'ada','currency':'CAD','fees':[{'add_on_code':'setup'}]}}", once),
                            task -> new Thread(task).start())).toList();
            List<HttpResponse<String>> answers = sent.stream().map(CompletableFuture::join).toList();
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(answers.get(0).body());
            });
            assertThat(server.billing().ports().invoices().list(InvoiceQuery.ALL)).hasSize(1);
        }
    }

    @Test
    void refuses_a_database_that_is_not_there() {
        Map<String, String> nowhere = Map.of("BILLING_DB_URL", "jdbc:postgresql://127.0.0.1:1/x");
        assertThatThrownBy(() -> TestServer.on("server_nowhere", nowhere))
                .isInstanceOf(EnvironmentFailure.class).hasMessageContaining("database");
    }

    private static void awaitIssued(Billing billing, int expected) throws InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (Instant.now().isBefore(deadline)) {
            if (billing.ports().invoices().list(InvoiceQuery.ALL).stream()
                    .filter(invoice -> invoice.status() == InvoiceStatus.FINALISED).count() == expected) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("not issued: " + billing.ports().invoices().list(InvoiceQuery.ALL).size() + " drafted");
    }
}
