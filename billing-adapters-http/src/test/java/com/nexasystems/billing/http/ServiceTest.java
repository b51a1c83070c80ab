package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do with services and keys. */
class ServiceTest {

    @RegisterExtension
    private final ApiServer server = new ApiServer();

    @Test
    void a_service_begins_with_a_key_that_is_shown_once() {
        ApiClient operator = server.operator();
        Reply made = operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").ok();
        assertThat(made.at("/service/active").asBoolean()).isTrue();
        String secret = made.at("/key/secret").asText();
        server.withKey(secret).get("/plans").ok();
        assertThat(operator.get("/services/chat").ok().at("/service")).isEqualTo(made.at("/service"));
        Reply keys = operator.get("/services/chat/keys").ok();
        assertThat(keys.at("/keys/0/hint").asText()).isEqualTo(secret.substring(secret.length() - 4));
        assertThat(keys.text()).doesNotContain(secret);
        assertThat(operator.get("/services").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").isInvalid("code", "value_already_exist");
        operator.post("/services", "{'service':{'code':'Chat!'}}").isInvalid("name", "value_is_mandatory");
    }

    @Test
    void a_request_that_comes_again_shows_no_secret() {
        ApiClient operator = server.operator().with("Idempotency-Key", "once");
        operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").ok();
        Reply again = operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").is(409);
        assertThat(again.at("/code").asText()).isEqualTo("secret_shown_once");
        assertThat(again.text()).doesNotContain("bk_");
        assertThat(server.billing().ports().services().all()).hasSize(1);
    }

    @Test
    void a_service_that_is_switched_off_is_refused() {
        ApiClient chat = server.client("chat");
        ApiClient operator = server.operator();
        operator.put("/services/chat", "{'service':{'active':false,'lenient_events':true}}").ok();
        chat.get("/plans").is(401);
        Reply on = operator.put("/services/chat", "{'service':{'active':true,'name':'Chat 2'}}").ok();
        assertThat(on.at("/service/name").asText()).isEqualTo("Chat 2");
        assertThat(on.at("/service/lenient_events").asBoolean()).isTrue();
        chat.get("/plans").ok();
    }

    @Test
    void keys_are_good_for_their_scopes_until_they_are_revoked() {
        ApiClient chat = server.client("chat");
        ApiClient operator = server.operator();
        JsonNode reader = operator.post("/services/chat/keys", "{'key':{'name':'dashboard','scopes':['read']}}").ok()
                .at("/key");
        ApiClient reads = server.withKey(reader.path("secret").asText());
        reads.get("/plans").ok();
        reads.delete("/plans/x").is(403);
        String path = "/keys/" + reader.path("lago_id").asText();
        assertThat(operator.delete(path).ok().at("/key/revoked_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        reads.get("/plans").is(401);
        chat.get("/plans").ok();
        operator.post("/services/chat/keys", "{'key':{'name':'x','scopes':['operate']}}").isInvalid("scopes", "value_is_invalid");
        operator.post("/services/chat/keys", "{'key':{'name':'x','scopes':[]}}").isInvalid("scopes", "value_is_mandatory");
        operator.post("/services/none/keys", "{'key':{'name':'x'}}").isNotFound("service_not_found");
    }

    @Test
    void a_key_that_is_rotated_stays_valid_for_a_while() {
        ApiClient operator = server.operator();
        JsonNode first = operator.post("/services", "{'service':{'code':'chat','name':'Chat'}}").ok().at("/key");
        JsonNode second = operator.post("/keys/" + first.path("lago_id").asText() + "/rotate", "{'overlap_seconds':60}").ok()
                .at("/key");
        server.withKey(first.path("secret").asText()).get("/plans").ok();
        server.withKey(second.path("secret").asText()).get("/plans").ok();
        server.clock().advance(Duration.ofSeconds(61));
        server.withKey(first.path("secret").asText()).get("/plans").is(401);
        server.withKey(second.path("secret").asText()).get("/plans").ok();
        operator.post("/keys/" + first.path("lago_id").asText() + "/rotate", "").isInvalid("key", "value_is_invalid");
        operator.post("/keys/nonsense/rotate", "").isNotFound("key_not_found");
    }

    @Test
    void only_operators_manage_services_and_they_have_no_service() {
        ApiClient chat = server.client("chat");
        chat.get("/services").is(403);
        chat.post("/services", "{'service':{'code':'maps','name':'Maps'}}").is(403);
        chat.get("/operator_keys").is(403);
        server.anonymous().get("/services").is(401);
        Reply another = server.operator().post("/operator_keys", "{'key':{'name':'ops'}}").ok();
        ApiClient operator = server.withKey(another.at("/key/secret").asText());
        assertThat(operator.get("/operator_keys").ok().at("/keys").size()).isEqualTo(2);
        operator.get("/plans").is(403);
    }
}
