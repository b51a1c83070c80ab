package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookDeliveryTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;
    private String endpoint;

    @BeforeEach
    void something_to_tell() {
        chat = server.client("chat");
        endpoint = chat.post("/webhook_endpoints", "{'webhook_endpoint':{'webhook_url':'https://hooks.example.org','event_types':['invoice.finalized']}}").ok()
                .at("/webhook_endpoint/lago_id").asText();
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Ada','currency':'CAD'}}").ok();
        chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':10000,'amount_currency':'CAD'}}").ok();
    }

    private void sell() {
        chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[{'add_on_code':'setup'}]}}").ok();
    }

    private int count(String query) {
        return chat.get("/webhook_deliveries" + query).ok().at("/meta/total_count").asInt();
    }

    @Test
    void a_delivery_is_seen_with_its_attempts_and_sent_again() {
        sell();
        server.deliver();
        JsonNode listed = chat.get("/webhook_deliveries").ok().at("/webhook_deliveries/0");
        assertThat(listed.path("state").asText()).isEqualTo("delivered");
        assertThat(listed.path("event_type").asText()).isEqualTo("invoice.finalized");
        assertThat(listed.path("lago_webhook_endpoint_id").asText()).isEqualTo(endpoint);
        String id = listed.path("lago_id").asText();
        JsonNode one = chat.get("/webhook_deliveries/" + id).ok().at("/webhook_delivery");
        assertThat(one.path("body").asText()).contains("invoice.finalized");
        assertThat(one.at("/attempts/0/http_status").asInt()).isEqualTo(200);
        assertThat(one.at("/attempts/0/detail").asText()).isEqualTo("said the receiver");
        server.clock().advance(Duration.ofMinutes(1));
        assertThat(chat.post("/webhook_deliveries/" + id + "/redeliver", "").ok().at("/webhook_delivery/state").asText())
                .isEqualTo("pending");
        chat.post("/webhook_deliveries/" + id + "/redeliver", "").isNotAllowed("delivery_is_pending");
        server.deliver();
        JsonNode again = chat.get("/webhook_deliveries/" + id).ok().at("/webhook_delivery");
        assertThat(again.path("attempts")).hasSize(2);
        assertThat(again.path("webhook_id")).isEqualTo(one.path("webhook_id"));
    }

    @Test
    void deliveries_are_filtered_and_those_that_are_dead_sent_again_together() {
        server.transport().answering(410);
        sell();
        server.deliver();
        assertThat(chat.get("/webhook_endpoints/" + endpoint).ok().at("/webhook_endpoint/disabled_reason").asText()).isEqualTo("gone");
        chat.post("/webhook_endpoints/" + endpoint + "/enable", "").ok();
        assertThat(count("?state=dead")).isEqualTo(1);
        assertThat(count("?state[]=dead&state[]=pending")).isEqualTo(1);
        assertThat(count("?state=delivered")).isZero();
        assertThat(count("?event_type=invoice.finalized&webhook_endpoint_id=" + endpoint)).isEqualTo(1);
        assertThat(count("?event_type=subscription.started")).isZero();
        assertThat(count("?webhook_endpoint_id=nothing")).isZero();
        assertThat(count("?from=2026-03-16")).isZero();
        assertThat(count("?from=2026-03-15&to=2026-03-16")).isEqualTo(1);
        chat.get("/webhook_deliveries?state=lost").isInvalid("states", "value_is_invalid");
        chat.get("/webhook_deliveries?from=soon").isInvalid("from", "invalid_date");
        assertThat(again("{'to':'2026-03-15'}")).isZero();
        assertThat(again("{'event_types':['subscription.started']}")).isZero();
        server.transport().answering(200);
        assertThat(again("{'webhook_endpoint_id':'" + endpoint + "','from':'2026-03-15'}")).isEqualTo(1);
        server.deliver();
        assertThat(count("?state=delivered")).isEqualTo(1);
    }

    private int again(String which) {
        return chat.post("/webhook_deliveries/redeliver", "{'redelivery':" + which + "}").ok().at("/redelivery/deliveries").asInt();
    }

    @Test
    void a_services_deliveries_do_not_exist_for_another() {
        sell();
        server.deliver();
        String id = chat.get("/webhook_deliveries").ok().at("/webhook_deliveries/0/lago_id").asText();
        ApiClient maps = server.client("maps");
        assertThat(maps.get("/webhook_deliveries").ok().at("/meta/total_count").asInt()).isZero();
        maps.get("/webhook_deliveries/" + id).isNotFound("webhook_delivery_not_found");
        maps.post("/webhook_deliveries/" + id + "/redeliver", "").isNotFound("webhook_delivery_not_found");
        for (String action : new String[] {"rotate_secret", "enable", "disable", "ping"}) {
            maps.post("/webhook_endpoints/" + endpoint + "/" + action, "").isNotFound("webhook_endpoint_not_found");
        }
    }
}
