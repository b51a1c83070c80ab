package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @RegisterExtension
    final ApiServer server = new ApiServer(ApiSettings.DEFAULT.draining(Duration.ZERO).taking(2L << 20));

    private ApiClient hosting;

    @BeforeEach
    void a_subscription() {
        hosting = server.client("hosting");
        subscribe(hosting);
    }

    private static void subscribe(ApiClient service) {
        service.post("/billable_metrics",
                "{'billable_metric':{'name':'CPU','code':'cpu','aggregation_type':'sum_agg','field_name':'seconds'}}").ok();
        service.post("/plans", CatalogueTest.plan("basic",
                "{'billable_metric_code':'cpu','charge_model':'standard','properties':{'amount':'1'}}")).ok();
        service.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','external_id':'web-1',"
                + "'plan_code':'basic','subscription_at':'2026-03-01T00:00:00Z'}}").ok();
    }

    private static String record(String key, String quantity) {
        return "{'subscription':'web-1','metric':'cpu','start':'2026-03-02T00:00:00Z','end':'2026-03-02T01:00:00Z',"
                + "'quantity':" + quantity + ",'idempotency_key':'" + key + "'}";
    }

    private JsonNode lines(String... records) {
        return hosting.with("Content-Type", "application/x-ndjson").post("/usage", String.join("\n", records)).is(202)
                .at("/usage");
    }

    private long stored() {
        JsonNode points = hosting.get("/usage?external_subscription_id=web-1&metric=cpu&interval=month").ok()
                .at("/usage/points");
        return points.isEmpty() ? 0 : points.get(0).path("records").asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e10000000", "'1e10000000'", "'٣'", "'+5'", "'1_000'", "'NaN'", "'Infinity'", "'0x10'", "' 5'", "'5 '",
            "''", "-1", "'1.'", "'.5'", "1.0000000000001", "123456789012345678901234567", "{'a':1}", "[1]", "'1,5'"})
    void a_quantity_that_is_no_plain_decimal_is_refused_and_its_neighbours_are_kept(String quantity) {
        JsonNode usage = hosting.post("/usage", "[" + record("a", "1") + "," + record("b", quantity) + "," + record("c", "1")
                + "]").is(202).at("/usage");
        assertThat(usage.path("stored").asInt()).isEqualTo(2);
        assertThat(usage.path("refused").asInt()).isEqualTo(1);
        assertThat(usage.at("/errors/0/index").asInt()).isEqualTo(1);
        assertThat(usage.at("/errors/0/field").asText()).isEqualTo("quantity");
        assertThat(stored()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+5", "0x10", "1_000", ".5", "01", "Infinity"})
    void a_number_that_JSON_does_not_have_makes_the_whole_body_unreadable(String quantity) {
        hosting.post("/usage", "[" + record("a", "1") + "," + record("b", quantity) + "]").is(400);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'metric':'none'                     | metric
            'metric':null                       | metric
            'metric':'a\\u0000'                 | metric
            'subscription':'web-2'              | subscription
            'subscription':null                 | subscription
            'start':'2026-03-02'                | end
            'start':'yesterday'                 | start
            'start':'2026-02-30T00:00:00Z'      | start
            'start':'2026-03-02T24:00:00Z'      | start
            'start':'2026-02-01T00:00:00Z'      | start
            'start':'2999-01-01T00:00:00Z'      | start
            'start':1e400                       | start
            'end':'2026-03-01T00:00:00Z'        | end
            'idempotency_key':null              | idempotency_key
            'idempotency_key':''                | idempotency_key
            'idempotency_key':'a\\u0000b'       | idempotency_key
            'properties':'none'                 | properties
            'properties':{'a':'\\u0000'}        | properties.a
            'properties':{'\\u0000':'a'}        | properties
            'amount':'-1'                       | amount
            'external_subscription_id':'web-1'  | external_subscription_id
            """)
    void what_is_wrong_with_a_record_is_named(String wrong, String field) {
        String name = wrong.substring(0, wrong.indexOf(':'));
        String good = record("a", "1").replaceFirst(name + ":'[^']*',?", "").replaceFirst(",?}$", "");
        JsonNode usage = hosting.post("/usage", "[" + good + "," + wrong + "}]").is(202).at("/usage");
        boolean refused = !field.equals("end") || wrong.startsWith("'end'");
        assertThat(usage.path("refused").asInt()).as(usage.toString()).isEqualTo(refused ? 1 : 0);
        if (refused) {
            assertThat(usage.at("/errors/0/field").asText()).isEqualTo(field);
        }
    }

    @Test
    void a_time_with_another_offset_is_the_same_instant() {
        hosting.post("/usage", record("a", "1")).is(202);
        JsonNode again = hosting.post("/usage", record("a", "1").replace("2026-03-02T00:00:00Z", "2026-03-01T19:00:00-05:00")
                .replace("'2026-03-02T01:00:00Z'", "1772413200")).is(202).at("/usage");
        assertThat(again.path("duplicates").asInt()).isEqualTo(1);
    }

    @Test
    void a_stream_may_be_longer_than_a_list_and_tells_what_became_of_it() {
        String[] records = IntStream.range(0, 12_000).mapToObj(i -> record("k" + i, i == 7_000 ? "'x'" : "1"))
                .toArray(String[]::new);
        JsonNode usage = lines(records);
        assertThat(usage.path("records").asInt()).isEqualTo(12_000);
        assertThat(usage.path("stored").asInt()).isEqualTo(11_999);
        assertThat(usage.at("/errors/0/index").asInt()).isEqualTo(7_000);
        assertThat(stored()).isEqualTo(11_999);
        assertThat(lines(records).path("duplicates").asInt()).isEqualTo(11_999);
    }

    @Test
    void what_is_no_JSON_ends_a_stream_and_what_was_kept_before_is_told() {
        String good = IntStream.range(0, 5_000).mapToObj(i -> record("k" + i, "1")).collect(Collectors.joining("\n"));
        Reply reply = hosting.with("Content-Type", "application/x-ndjson")
                .post("/usage", good + "\n" + record("more", "1") + "\n{'subscription':\n").is(400);
        assertThat(reply.at("/message").asText()).contains("5000 records are stored");
        assertThat(stored()).isEqualTo(5_000);
    }

    @Test
    void a_body_that_is_too_large_or_too_deep_is_refused() {
        hosting.post("/usage", "[" + " ".repeat(9 << 20) + "]").is(413);
        hosting.post("/usage", "[".repeat(100_000)).is(400);
        hosting.post("/usage", "{'properties':" + "{'a':".repeat(100) + "1" + "}".repeat(100) + "}").is(400);
        hosting.post("/usage", "").is(400);
        hosting.post("/usage", "null").is(400);
        hosting.post("/usage", "17").is(400);
        hosting.post("/usage", "[]").is(422);
        hosting.post("/usage", record("a", "1") + record("b", "1")).is(400);
        hosting.post("/usage", "[" + record("a", "1") + "]" + record("b", "1")).is(400);
        hosting.post("/usage", "[" + record("a", "1") + "]]").is(400);
        assertThat(stored()).isZero();
    }

    @Test
    void a_service_records_on_its_own_subscriptions_only() {
        ApiClient chat = server.client("chat");
        subscribe(chat);
        JsonNode own = hosting.get("/subscriptions/web-1").ok().at("/subscription/lago_id");
        chat.post("/usage", record("a", "1").replace("web-1", own.asText())).isNotFound("subscription_not_found");
        assertThat(stored()).isZero();
        chat.post("/usage", record("a", "1")).is(202);
        hosting.post("/usage", record("a", "2").replace("web-1", own.asText())).is(202);
        String id = hosting.post("/usage", record("a", "2")).is(202).at("/usage/outcomes/0/id").asText();
        hosting.get("/usage/" + id + "/explain").ok();
        chat.get("/usage/" + id + "/explain").isNotFound("usage_not_found");
        chat.get("/usage/nonsense/explain").isNotFound("usage_not_found");
        chat.get("/usage?external_subscription_id=" + own.asText() + "&metric=cpu").isNotFound("subscription_not_found");
    }

    @Test
    void an_event_names_customer_and_subscription_as_everything_else_does() {
        JsonNode subscription = hosting.get("/subscriptions/web-1").ok().at("/subscription");
        JsonNode event = hosting.post("/events", "{'event':{'transaction_id':'t','external_subscription_id':'web-1',"
                + "'code':'cpu','properties':{'seconds':'5'},'precise_total_amount_cents':'12.5'}}").ok().at("/event");
        assertThat(event.path("lago_customer_id")).isEqualTo(subscription.path("lago_customer_id"));
        assertThat(event.path("lago_subscription_id")).isEqualTo(subscription.path("lago_id"));
        assertThat(event.path("precise_total_amount_cents").asText()).isEqualTo("12.5");
        assertThat(hosting.get("/events/t").ok().at("/event/lago_id")).isEqualTo(event.path("lago_id"));
    }

    @Test
    void a_counter_is_not_an_event() {
        hosting.post("/usage", record("a", "1")).is(202);
        hosting.get("/events/a").isNotFound("event_not_found");
        assertThat(hosting.get("/events").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void a_busy_key_that_is_revoked_is_refused_a_moment_later() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            hosting.get("/events").ok();
        }
        var keys = server.billing().ports().apiKeys();
        var service = server.billing().ports().services().findByCode("hosting").orElseThrow();
        keys.of(java.util.Optional.of(service.id())).forEach(key -> keys.update(key.revoked(server.clock().instant())));
        Thread.sleep(150);
        hosting.get("/events").is(401);
    }
}
