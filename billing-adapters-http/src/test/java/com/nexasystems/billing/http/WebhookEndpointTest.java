package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookEndpointTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void service() {
        chat = server.client("chat");
    }

    private static String at(String url) {
        return "{'webhook_endpoint':{'webhook_url':'" + url + "','signature_algo':'hmac'}}";
    }

    @Test
    void is_made_changed_and_removed() {
        String id = chat.post("/webhook_endpoints", at("https://hooks.example.org/a")).ok()
                .at("/webhook_endpoint/lago_id").asText();
        chat.put("/webhook_endpoints/" + id, at("https://hooks.example.org/b")).ok();
        assertThat(chat.get("/webhook_endpoints/" + id).ok().at("/webhook_endpoint/webhook_url").asText())
                .isEqualTo("https://hooks.example.org/b");
        chat.delete("/webhook_endpoints/" + id).ok();
        chat.get("/webhook_endpoints/" + id).isNotFound("webhook_endpoint_not_found");
    }

    @Test
    void its_secret_is_shown_when_it_is_made_and_when_it_is_changed_and_never_again() {
        ApiClient once = chat.with("Idempotency-Key", "k1");
        Reply made = once.post("/webhook_endpoints", at("https://hooks.example.org/a")).ok();
        String secret = made.at("/webhook_endpoint/secret").asText();
        String id = made.at("/webhook_endpoint/lago_id").asText();
        assertThat(secret).startsWith("whsec_");
        Reply again = once.post("/webhook_endpoints", at("https://hooks.example.org/a")).is(409);
        assertThat(again.at("/message").asText()).contains("/webhook_endpoints/" + id + "/rotate_secret");
        assertThat(chat.get("/webhook_endpoints").ok().text()).contains(id).doesNotContain("whsec_");
        Reply rotated = chat.post("/webhook_endpoints/" + id + "/rotate_secret", "{'overlap_hours':48}").ok();
        assertThat(rotated.at("/webhook_endpoint/secret").asText()).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(rotated.at("/webhook_endpoint/previous_secret_until").asText()).isEqualTo("2026-03-17T12:00:00Z");
        chat.post("/webhook_endpoints/" + id + "/rotate_secret", "{'overlap_hours':721}").isInvalid("overlap_hours", "value_is_out_of_range");
        assertThat(chat.put("/webhook_endpoints/" + id, "{'webhook_endpoint':{'name':'Main'}}").ok().text()).doesNotContain("whsec_");
        assertThat(server.billing().ports().auditTrail().of(id).toString()).contains("secret_rotated").doesNotContain("whsec_");
    }

    @Test
    void it_says_what_it_is_told_and_how() {
        JsonNode plain = chat.post("/webhook_endpoints", at("https://hooks.example.org/a")).ok().at("/webhook_endpoint");
        assertThat(plain.path("format").asText()).isEqualTo("standard");
        assertThat(plain.path("event_types").isNull()).isTrue();
        assertThat(plain.path("status").asText()).isEqualTo("enabled");
        String id = plain.path("lago_id").asText();
        JsonNode changed = chat.put("/webhook_endpoints/" + id, "{'webhook_endpoint':{'format':'lago','event_types':['invoice.finalized','invoice.created']}}").ok().at("/webhook_endpoint");
        assertThat(changed.path("webhook_url").asText()).isEqualTo("https://hooks.example.org/a");
        assertThat(changed.path("format").asText()).isEqualTo("lago");
        assertThat(changed.path("event_types").toString()).isEqualTo("[\"invoice.created\",\"invoice.finalized\"]");
        assertThat(chat.put("/webhook_endpoints/" + id, "{'webhook_endpoint':{'event_types':['*']}}").ok().at("/webhook_endpoint/event_types").isNull()).isTrue();
        chat.put("/webhook_endpoints/" + id, "{'webhook_endpoint':{'event_types':['moon.rises']}}").isInvalid("event_types", "value_is_invalid");
        chat.post("/webhook_endpoints", "{'webhook_endpoint':{'webhook_url':'https://hooks.example.org','signature_algo':'jwt'}}").isInvalid("signature_algo", "value_is_invalid");
        assertThat(chat.post("/webhook_endpoints/" + id + "/disable", "").ok().at("/webhook_endpoint/disabled_reason").asText()).isEqualTo("by_service");
        assertThat(chat.post("/webhook_endpoints/" + id + "/enable", "").ok().at("/webhook_endpoint/status").asText()).isEqualTo("enabled");
        assertThat(chat.post("/webhook_endpoints/" + id + "/ping", "").ok().at("/ping/taken").asBoolean()).isTrue();
        server.transport().answering(500);
        JsonNode refused = chat.post("/webhook_endpoints/" + id + "/ping", "").ok().at("/ping");
        assertThat(refused.path("taken").asBoolean()).isFalse();
        assertThat(refused.path("http_status").asInt()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://hooks.example.org", "https://", "https://ada:secret@example.org", "https://example.org/#a",
            "ftp://example.org", "nothing", "https://exa mple.org", "javascript:alert(1)"})
    void takes_only_https_addresses_without_a_user_or_a_fragment(String url) {
        chat.post("/webhook_endpoints", at(url)).isInvalid("webhook_url", "url_invalid");
        assertThat(chat.get("/webhook_endpoints").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void a_service_has_at_most_ten_also_when_they_are_made_at_once_and_a_removed_one_makes_room() {
        List<Integer> statuses = IntStream.range(0, 24).parallel()
                .mapToObj(i -> chat.post("/webhook_endpoints", at("https://hooks.example.org/" + i)).status()).toList();
        assertThat(statuses).containsOnly(200, 422);
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(10);
        chat.post("/webhook_endpoints", at("https://hooks.example.org/more")).isInvalid("base", "exceeded_limit");
        String id = chat.get("/webhook_endpoints").ok().at("/webhook_endpoints/4/lago_id").asText();
        chat.delete("/webhook_endpoints/" + id).ok();
        chat.post("/webhook_endpoints", at("https://hooks.example.org/more")).ok();
        server.client("maps").post("/webhook_endpoints", at("https://hooks.example.org/maps")).ok();
    }
}
