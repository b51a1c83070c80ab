package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.boundary.AuditEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApprovalTest {

    private static final String WANTED = "{'approval':{'subject':'cut-over:chat','text':'Bill <chat> from April on','approver':'grace@example.com'}}";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private JsonNode ask() {
        return server.operator().post("/approvals", WANTED).ok().at("/approval");
    }

    private static String path(JsonNode asked) {
        return "/approval_links/" + asked.at("/url").asText().replaceAll(".*/", "");
    }

    @Test
    void the_first_decision_stands_and_a_repeated_link_is_answered_kindly() {
        JsonNode asked = ask();
        ApiClient grace = server.anonymous();
        assertThat(grace.get(path(asked)).ok().at("/approval/state").asText()).isEqualTo("open");
        assertThat(grace.get(path(asked)).ok().at("/approval/message").asText()).contains("asks you to approve: Bill <chat>");
        grace.post(path(asked), "{'comment':'hm'}").isInvalid("approved", "value_is_mandatory");
        Reply decided = grace.post(path(asked), "{'approved':true,'comment':'go ahead'}").ok();
        assertThat(decided.at("/approval/message").asText()).isEqualTo("thank you: approved by grace@example.com");
        Reply again = grace.post(path(asked), "{'approved':false}").ok();
        assertThat(again.at("/approval/state").asText()).isEqualTo("already_decided");
        assertThat(again.at("/approval/approved").asBoolean()).isTrue();

        String id = asked.at("/lago_id").asText();
        JsonNode known = server.operator().get("/approvals/" + id).ok().at("/approval");
        assertThat(known.at("/status").asText()).isEqualTo("approved");
        assertThat(known.at("/comment").asText()).isEqualTo("go ahead");
        assertThat(known.has("url")).isFalse();
        assertThat(server.operator().get("/approvals?subject=cut-over:chat").ok().at("/approvals")).hasSize(1);
        assertThat(server.billing().ports().auditTrail().of(id)).extracting(AuditEntry::action)
                .containsExactly("approval.asked", "approval.ask", "approval.approved");
        assertThat(server.billing().ports().auditTrail().of(id).toString()).doesNotContain(path(asked));
    }

    @Test
    void a_late_link_is_told_so_and_a_changed_one_is_not_known() {
        JsonNode asked = ask();
        ApiClient anyone = server.anonymous();
        String changed = path(asked).substring(0, path(asked).length() - 2) + "__";
        anyone.get(changed).isNotFound("approval_link_not_found");
        anyone.post(changed, "{'approved':true}").isNotFound("approval_link_not_found");
        server.clock().at("2026-03-18T12:00:00Z");
        Reply late = anyone.post(path(asked), "{'approved':true}").ok();
        assertThat(late.at("/approval/state").asText()).isEqualTo("expired");
        assertThat(late.at("/approval/message").asText()).contains("expired", "ask operator");
        assertThat(server.operator().get("/approvals/" + asked.at("/lago_id").asText()).ok().at("/approval/status").asText())
                .isEqualTo("expired");
    }

    @Test
    void a_browser_is_shown_a_page_whose_form_decides() {
        JsonNode asked = ask();
        ApiClient browser = server.anonymous().with("Accept", "text/html,*/*");
        Reply page = browser.get(path(asked)).ok();
        assertThat(page.text()).contains("Bill &lt;chat&gt;", "<form method=\"post\">");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        Reply done = browser.with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path(asked), "comment=not+yet%21&approved=false").ok();
        assertThat(done.text()).contains("thank you: rejected by grace@example.com").doesNotContain("<form");
        assertThat(browser.get(path(asked)).ok().text()).contains("already rejected");
        assertThat(browser.get("/approval_links/nothing").is(404).text()).contains("not known");
        assertThat(server.operator().get("/approvals/" + asked.at("/lago_id").asText()).ok().at("/approval/comment").asText())
                .isEqualTo("not yet!");
    }

    @Test
    void only_operators_ask_and_not_for_what_they_are_to_decide_themselves() {
        server.client("chat").post("/approvals", WANTED).is(403);
        server.operator().post("/approvals", WANTED.replace("grace@example.com", "")).isInvalid("approver", "value_is_mandatory");
        server.operator().get("/approvals").isInvalid("subject", "value_is_mandatory");
        server.operator().get("/approvals/nothing").isNotFound("approval_not_found");
    }
}
