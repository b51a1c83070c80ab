package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PortalTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;
    private String portal;

    @BeforeEach
    void customers() {
        chat = server.client("chat");
        chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':5000,'amount_currency':'CAD'}}").ok();
        for (String id : new String[] {"ada", "bob"}) {
            chat.post("/customers", "{'customer':{'external_id':'" + id + "','currency':'CAD'}}").ok();
            invoice(id);
        }
        portal = "/portal/" + chat.get("/customers/ada/portal_url").ok().at("/customer/portal_url").asText()
                .replaceAll(".*/", "");
    }

    private String invoice(String customer) {
        return chat.post("/invoices", "{'invoice':{'external_customer_id':'" + customer + "','currency':'CAD',"
                + "'fees':[{'add_on_code':'setup'}]}}").ok().at("/invoice/lago_id").asText();
    }

    @Test
    void a_customer_sees_the_own_invoices_by_the_link_alone() {
        ApiClient anyone = server.anonymous();
        assertThat(anyone.get(portal).ok().at("/portal/customer/external_id").asText()).isEqualTo("ada");
        JsonNode invoices = anyone.get(portal + "/invoices").ok().json();
        assertThat(invoices.at("/meta/total_count").asInt()).isEqualTo(1);
        String pdf = invoices.at("/invoices/0/file_url").asText().replaceAll(".*/portal/", "/portal/");
        assertThat(new String(anyone.get(pdf).ok().bytes(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        anyone.get(portal + "/invoices/" + invoice("bob") + "/pdf").isNotFound("invoice_not_found");
    }

    @Test
    void a_link_ends_after_twelve_hours_with_its_key_and_with_the_customer() {
        ApiClient anyone = server.anonymous();
        server.clock().at("2026-03-15T23:59:59Z");
        anyone.get(portal).ok();
        server.clock().at("2026-03-16T00:00:00Z");
        anyone.get(portal).is(401);
        server.clock().at("2026-03-15T12:00:01Z");
        chat.delete("/customers/ada").ok();
        anyone.get(portal).isNotFound("customer_not_found");
        var service = server.billing().ports().services().findByCode("chat").orElseThrow();
        server.billing().ports().apiKeys().of(Optional.of(service.id()))
                .forEach(key -> server.billing().apiKeys().revoke(key.id()));
        anyone.get(portal).is(401);
    }

    @Test
    void a_link_that_was_changed_is_none() {
        ApiClient anyone = server.anonymous();
        for (int i = "/portal/".length(); i < portal.length(); i++) {
            char other = portal.charAt(i) == 'A' ? 'B' : 'A';
            anyone.get(portal.substring(0, i) + other + portal.substring(i + 1)).is(401);
        }
        anyone.get(portal + "A").is(401);
        anyone.get("/portal/nothing").is(401);
    }
}
