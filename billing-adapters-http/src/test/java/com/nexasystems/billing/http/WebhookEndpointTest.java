package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

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
