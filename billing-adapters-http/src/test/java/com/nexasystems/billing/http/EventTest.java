package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void a_subscription() {
        chat = server.client("chat");
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Tokens','code':'tokens','aggregation_type':'sum_agg','field_name':'n'}}").ok();
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}").ok();
        chat.post("/plans", CatalogueTest.plan("pro", "{'billable_metric_code':'tokens','charge_model':'package','pay_in_advance':true,'properties':{'amount':'5','package_size':10,'free_units':0}}")).ok();
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','external_id':'sub','plan_code':'pro','subscription_at':'2026-03-01T00:00:00Z'}}").ok();
    }

    private static String event(String transaction, String more) {
        return "{'event':{'transaction_id':'" + transaction + "','external_subscription_id':'sub','code':'tokens'" + more + "}}";
    }

    @Test
    void an_event_is_kept_and_found() {
        JsonNode event = chat.post("/events", event("t1", ",'timestamp':1773144000.123,'properties':{'n':'12.5','model':'x'}")).ok().at("/event");
        assertThat(event.path("timestamp").asText()).isEqualTo("2026-03-10T12:00:00.123Z");
        assertThat(event.at("/properties/n").asText()).isEqualTo("12.5");
        JsonNode found = chat.get("/events/t1").ok().at("/event");
        assertThat(found.path("lago_id")).isEqualTo(event.path("lago_id"));
        assertThat(found.path("code").asText()).isEqualTo("tokens");
        assertThat(found.path("quantity").asText()).isEqualTo("12.5");
        chat.get("/events/t2").isNotFound("event_not_found");
        server.client("maps").get("/events/t1").isNotFound("event_not_found");
        assertThat(chat.get("/events?code=tokens&external_subscription_id=sub&timestamp_from=1773144000").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.get("/events?timestamp_from=1773144001").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void the_same_event_again_is_refused_as_known() {
        chat.post("/events", event("t1", ",'properties':{'n':1}")).ok();
        chat.post("/events", event("t1", ",'properties':{'n':1}")).isInvalid("transaction_id", "value_already_exist");
        chat.post("/events", event("t1", ",'properties':{'n':2}")).isInvalid("transaction_id", "value_already_exist");
        assertThat(chat.get("/events").ok().at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'external_subscription_id':'sub','code':'tokens','properties':{'n':1}                          | transaction_id | value_is_mandatory
            'transaction_id':'t','code':'tokens','properties':{'n':1}                                      | external_subscription_id | value_is_mandatory
            'transaction_id':'t','external_subscription_id':'sub','properties':{'n':1}                     | code | value_is_mandatory
            'transaction_id':'t','external_subscription_id':'sub','code':'none','properties':{'n':1}       | code | not_found
            'transaction_id':'t','external_subscription_id':'nobody','code':'tokens','properties':{'n':1}  | external_subscription_id | not_found
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{}          | properties.n | value_is_mandatory
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{'n':'1e10000000'} | properties.n | value_is_invalid
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{'n':1e1000}| properties.n | value_is_invalid
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{'n':'٣'}   | properties.n | value_is_invalid
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{'n':'+5'}  | properties.n | value_is_invalid
            'transaction_id':'t','external_subscription_id':'sub','code':'tokens','properties':{'n':1},'timestamp':'soon' | timestamp | invalid_format
            """)
    void an_event_that_makes_no_sense_is_refused_at_once(String fields, String field, String code) {
        chat.post("/events", "{'event':{" + fields + "}}").isInvalid(field, code);
        assertThat(chat.get("/events").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void a_service_may_ask_for_silence_as_Lago_has_it() {
        var service = server.billing().ports().services().findByCode("chat").orElseThrow();
        server.billing().ports().services().update(service.lenientEvents(true));
        chat.post("/events", "{'event':{'transaction_id':'t','external_subscription_id':'nobody','code':'none'}}").ok();
        assertThat(chat.get("/events").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void a_batch_is_kept_whole_or_not_at_all() {
        String good = "{'transaction_id':'a','external_subscription_id':'sub','code':'tokens','properties':{'n':1}}";
        Reply bad = chat.post("/events/batch", "{'events':[" + good + ",{'transaction_id':'b','external_subscription_id':'sub','code':'none'}]}").is(422);
        assertThat(bad.at("/error_details/1/code/0").asText()).isEqualTo("not_found");
        assertThat(chat.get("/events").ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.post("/events/batch", "{'events':[" + good + "]}").ok().at("/events/0/transaction_id").asText()).isEqualTo("a");
        assertThat(chat.post("/events/batch", "{'events':[" + good + "]}").is(422).at("/error_details/0/transaction_id/0").asText()).isEqualTo("value_already_exist");
        chat.post("/events/batch", "{'events':[]}").isInvalid("events", "no_events");
        String many = IntStream.range(0, 101).mapToObj(i -> good).collect(Collectors.joining(","));
        chat.post("/events/batch", "{'events':[" + many + "]}").isInvalid("events", "too_many_events");
    }

    @Test
    void what_an_event_would_cost_is_told_and_not_kept() {
        JsonNode fee = chat.post("/events/estimate_fees", "{'event':{'external_subscription_id':'sub','code':'tokens','properties':{'n':11}}}").ok().at("/fees/0");
        assertThat(fee.path("amount_cents").asInt()).isEqualTo(1000);
        assertThat(chat.get("/events").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void usage_is_recorded_one_by_one_in_a_list_and_as_a_stream() {
        String record = "{'subscription':'sub','metric':'tokens','start':'2026-03-02T00:00:00Z','end':'2026-03-02T01:00:00Z','quantity':'%s','idempotency_key':'%s'}";
        JsonNode one = chat.post("/usage", record.formatted("5", "k1")).is(202).at("/usage");
        assertThat(one.path("stored").asInt()).isEqualTo(1);
        String id = one.at("/outcomes/0/id").asText();
        JsonNode some = chat.post("/usage", "[" + record.formatted("5", "k1") + "," + record.formatted("6", "k1") + "," + record.formatted("7", "k2")
                + ",{'subscription':'nobody','metric':'tokens','quantity':1},17]").is(202).at("/usage");
        assertThat(some.path("stored").asInt()).isEqualTo(1);
        assertThat(some.path("duplicates").asInt()).isEqualTo(1);
        assertThat(some.path("conflicts").asInt()).isEqualTo(1);
        assertThat(some.path("refused").asInt()).isEqualTo(2);
        assertThat(some.at("/errors/0/stored/quantity").asText()).isEqualTo("5");
        assertThat(chat.post("/usage?replace=true", "[" + record.formatted("6", "k1") + "]").is(202).at("/usage/replaced").asInt()).isEqualTo(1);
        chat.post("/usage", record.formatted("9", "k1")).is(409);
        chat.post("/usage?all_or_nothing=true", "[" + record.formatted("9", "k9") + "," + record.formatted("9", "k1") + "]").isInvalid("1.idempotency_key", "value_already_exist");
        String lines = (record.formatted("1", "l1") + "\n" + record.formatted("1", "l2") + "\n").replace('\'', '"');
        assertThat(chat.with("Content-Type", "application/x-ndjson").send("POST", "/usage", lines).is(202).at("/usage/stored").asInt()).isEqualTo(2);
        Reply broken = chat.with("Content-Type", "application/x-ndjson").send("POST", "/usage", lines + "{oops").is(400);
        assertThat(broken.at("/message").asText()).contains("not valid JSON");
        JsonNode series = chat.get("/usage?external_subscription_id=sub&metric=tokens&interval=day").ok().at("/usage/points/0");
        assertThat(series.path("records").asInt()).isEqualTo(4);
        assertThat(series.path("quantity").asText()).isEqualTo("15");
        assertThat(chat.get("/usage/" + id + "/explain").ok().at("/usage/verdict").asText()).isEqualTo("waiting");
        assertThat(chat.with("Accept", "text/plain").get("/usage/" + id + "/explain").ok().text()).contains("waiting");
        server.client("maps").get("/usage/" + id + "/explain").isNotFound("usage_not_found");
        String many = IntStream.range(0, 10_001).mapToObj(i -> "{}").collect(Collectors.joining(",", "[", "]"));
        chat.post("/usage", many).isInvalid("usage", "too_many_records");
    }

    @Test
    void the_same_request_under_one_key_happens_once() {
        ApiClient keyed = chat.with("Idempotency-Key", "once");
        Reply first = keyed.post("/customers", "{'customer':{'external_id':'bob','name':'Bob'}}").ok();
        Reply again = keyed.post("/customers", "{'customer':{'external_id':'bob','name':'Bob'}}").ok();
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        keyed.post("/customers", "{'customer':{'external_id':'bob','name':'Rob'}}").isInvalid("Idempotency-Key", "idempotency_key_reused");
        server.client("maps").with("Idempotency-Key", "once").post("/customers", "{'customer':{'external_id':'bob'}}").ok();
    }
}
