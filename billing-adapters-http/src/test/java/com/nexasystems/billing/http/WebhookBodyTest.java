package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.WebhookFixtures.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Format;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies in both formats; Lago's hold the very objects that the API answers with. */
class WebhookBodyTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;
    private HttpWebhooks webhooks;
    private ServiceId service;
    private UUID subscription;

    @BeforeEach
    void a_subscription() {
        webhooks = HttpWebhooks.open(server.billing(), WebhookSettings.DEFAULT);
        chat = server.client("chat");
        service = server.billing().ports().services().findByCode("chat").orElseThrow().id();
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Tokens','code':'tokens','aggregation_type':'sum_agg','field_name':'n'}}").ok();
        chat.post("/plans", CatalogueTest.plan("pro", "{'billable_metric_code':'tokens','charge_model':'standard','properties':{'amount':'0.333'}}")).ok();
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Zo\u00eb \u516c\u53f8 \ud83d\ude80','country':'CA','state':'ON','currency':'CAD'}}").ok();
        subscription = UUID.fromString(chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','external_id':'sub','plan_code':'pro','subscription_at':'2026-03-01T00:00:00Z'}}").ok().at("/subscription/lago_id").asText());
    }

    @AfterEach
    void close() {
        webhooks.close();
    }

    private Endpoint receiver(Format format) {
        return endpoint(service, "hook", URI.create("https://hooks.example.com/"), format);
    }

    private Sequenced event(EventType type, UUID subject, Map<String, String> data) {
        return new Sequenced(3, new BillingEvent(new UUID(1, 2), type, service, subject, server.clock().instant(), data));
    }

    private JsonNode lago(Sequenced event) {
        return json(webhooks.body(receiver(Format.LAGO), event).orElseThrow());
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String invoice(String kind) {
        if (kind.equals("one_off")) {
            chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':5000,'amount_currency':'CAD'}}").ok();
            return chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','currency':'CAD','fees':[{'add_on_code':'setup','units':'1'}]}}").ok().at("/invoice/lago_id").asText();
        }
        chat.delete("/subscriptions/sub").ok();
        return chat.get("/invoices").ok().at("/invoices/0/lago_id").asText();
    }

    @Test
    @DisplayName("a standard body names type, time, sequence and data, in one order, and keeps every character")
    void standard() {
        var event = new Sequenced(7, new BillingEvent(new UUID(1, 2), EventType.INVOICE_FINALIZED, service, new UUID(3, 4),
                Instant.parse("2026-03-01T00:00:00.123456Z"), Map.of("total", "1.10", "external_id", "Zo\u00eb \"\ud83d\ude80\" \u2028",
                "currency", "CAD")));
        assertThat(webhooks.body(receiver(Format.STANDARD), event)).contains("{\"type\":\"invoice.finalized\","
                + "\"timestamp\":\"2026-03-01T00:00:00.123456Z\",\"sequence\":7,\"data\":{\"currency\":\"CAD\","
                + "\"external_id\":\"Zo\u00eb \\\"\ud83d\ude80\\\" \u2028\",\"total\":\"1.10\"}}");
    }

    @Test
    @DisplayName("a ping says that it is one, in either format")
    void ping() {
        Instant now = Instant.parse("2026-03-01T00:00:00Z");
        assertThat(webhooks.ping(receiver(Format.STANDARD), now))
                .isEqualTo("{\"type\":\"ping\",\"timestamp\":\"2026-03-01T00:00:00Z\",\"data\":{}}");
        assertThat(json(webhooks.ping(receiver(Format.LAGO), now)).path("webhook_type").asText()).isEqualTo("ping");
    }

    @Test
    @DisplayName("Lago's invoice is the invoice that the API shows, under Lago's name of what happened")
    void lagoInvoices() {
        String id = invoice("subscription");
        ObjectNode shown = (ObjectNode) chat.get("/invoices/" + id).ok().at("/invoice");
        shown.putNull("file_url");
        Map<String, String> data = Map.of("invoice_id", id);
        Map.of(EventType.INVOICE_CREATED, "invoice.drafted", EventType.INVOICE_FINALIZED, "invoice.created",
                EventType.INVOICE_PAYMENT_SUCCEEDED, "invoice.payment_status_updated").forEach((type, name) -> {
            JsonNode body = lago(event(type, subscription, data));
            assertThat(body.path("webhook_type").asText()).isEqualTo(name);
            assertThat(body.path("object_type").asText()).isEqualTo("invoice");
            assertThat(body.path("organization_id").asText()).isEqualTo(service.toString());
            assertThat(body.path("invoice")).isEqualTo(shown);
            assertThat(body.at("/invoice/customer/name").asText()).isEqualTo("Zo\u00eb \u516c\u53f8 \ud83d\ude80");
        });
    }

    @Test
    @DisplayName("a one-off invoice is told of once, when it is final")
    void lagoOneOff() {
        String id = invoice("one_off");
        Map<String, String> data = Map.of("invoice_id", id);
        assertThat(webhooks.body(receiver(Format.LAGO), event(EventType.INVOICE_CREATED, new UUID(9, 9), data))).isEmpty();
        JsonNode body = lago(event(EventType.INVOICE_FINALIZED, new UUID(9, 9), data));
        assertThat(body.path("webhook_type").asText()).isEqualTo("invoice.one_off_created");
        assertThat(body.at("/invoice/lago_id").asText()).isEqualTo(id);
    }

    @Test
    @DisplayName("a payment that failed for good is Lago's payment error, of the invoice and the customer")
    void lagoPaymentFailure() {
        String id = invoice("subscription");
        JsonNode body = lago(event(EventType.INVOICE_PAYMENT_FAILED, subscription, Map.of("invoice_id", id)));
        assertThat(body.path("webhook_type").asText()).isEqualTo("invoice.payment_failure");
        assertThat(body.path("object_type").asText()).isEqualTo("payment_provider_invoice_payment_error");
        JsonNode error = body.path("payment_provider_invoice_payment_error");
        assertThat(error.path("lago_invoice_id").asText()).isEqualTo(id);
        assertThat(error.path("external_customer_id").asText()).isEqualTo("ada");
        assertThat(error.at("/provider_error/error_code").asText()).isEqualTo("payment_failed");
    }

    @Test
    @DisplayName("Lago's subscription is the subscription that the API shows, with its plan and customer")
    void lagoSubscriptions() {
        JsonNode shown = chat.get("/subscriptions/sub").ok().at("/subscription");
        JsonNode customer = chat.get("/customers/ada").ok().at("/customer");
        Map.of(EventType.SUBSCRIPTION_STARTED, "subscription.started", EventType.SUBSCRIPTION_REACTIVATED,
                "subscription.updated", EventType.SUBSCRIPTION_TERMINATED, "subscription.terminated",
                EventType.USAGE_THRESHOLD_REACHED, "subscription.usage_threshold_reached").forEach((type, name) -> {
            JsonNode body = lago(event(type, subscription, Map.of("percent", "80")));
            assertThat(body.path("webhook_type").asText()).isEqualTo(name);
            assertThat(body.path("object_type").asText()).isEqualTo("subscription");
            ObjectNode subscription = (ObjectNode) body.path("subscription");
            assertThat(subscription.remove("customer")).isEqualTo(customer);
            JsonNode threshold = subscription.remove("usage_threshold");
            assertThat(threshold != null).isEqualTo(type == EventType.USAGE_THRESHOLD_REACHED);
            assertThat(threshold == null ? "80" : threshold.path("percent").asText()).isEqualTo("80");
            assertThat(subscription).isEqualTo(shown);
        });
    }

    @Test
    @DisplayName("what Lago knows no word for, or what is another service's, is nothing to Lago's receivers")
    void lagoSaysNothing() {
        String id = invoice("subscription");
        assertThat(webhooks.body(receiver(Format.LAGO), event(EventType.RECONCILIATION_DELTA, subscription, Map.of())))
                .isEmpty();
        server.client("maps");
        ServiceId other = server.billing().ports().services().findByCode("maps").orElseThrow().id();
        for (EventType type : List.of(EventType.INVOICE_FINALIZED, EventType.SUBSCRIPTION_STARTED)) {
            var event = new Sequenced(1, new BillingEvent(new UUID(1, 2), type, other, subscription,
                    server.clock().instant(), Map.of("invoice_id", id)));
            assertThat(webhooks.body(endpoint(other, "hook", URI.create("https://hooks.example.com/"), Format.LAGO), event))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("every event that has really happened has a body in both formats, and always the same")
    void realEvents() {
        invoice("subscription");
        List<Sequenced> events = server.billing().ports().eventLog().of(subscription);
        assertThat(events).hasSizeGreaterThan(2).allSatisfy(event -> {
            for (Format format : Format.values()) {
                String body = webhooks.body(receiver(format), event).orElseThrow();
                server.clock().advance(Duration.ofDays(1));
                assertThat(webhooks.body(receiver(format), event)).contains(body);
                assertThat(json(body).path("sequence").asLong()).isEqualTo(event.sequence());
            }
        });
    }
}
