package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrailTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void an_operator_sees_who_changed_what_the_newest_first() {
        ApiClient operator = server.operator();
        operator.post("/services", "{'service':{'code':'maps','name':'Maps'}}").ok();
        operator.put("/services/maps", "{'service':{'name':'Better maps'}}").ok();
        Reply trail = operator.get("/audit_entries?subject=service%20maps").ok();
        assertThat(trail.at("/meta/total_count").asInt()).isEqualTo(2);
        assertThat(trail.at("/audit_entries/0/action").asText()).isEqualTo("service.changed");
        assertThat(trail.at("/audit_entries/1/action").asText()).isNotEqualTo("service.changed");
        operator.get("/audit_entries").isInvalid("subject", "value_is_mandatory");
    }

    @Test
    void an_operator_sees_who_tried_to_come_in_and_no_key() {
        server.withKey("bk_wrong").get("/plans").is(401);
        Reply attempts = server.operator().get("/authentication_attempts").ok();
        assertThat(attempts.json().findValues("succeeded").toString()).contains("false");
        assertThat(attempts.text()).doesNotContain("bk_wrong");
    }

    @Test
    void nobody_else_sees_either() {
        server.client("chat").get("/audit_entries?subject=service%20chat").is(403);
        server.client("chat").get("/authentication_attempts").is(403);
    }
}
