package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.Billing;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment.Dispute;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Disputed;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PaymentTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void a_customer_and_something_to_sell() {
        chat = server.client("chat");
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Ada','country':'CA','state':'ON','currency':'CAD'}}").ok();
        chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':10000,'amount_currency':'CAD'}}").ok();
    }

    /** Of 113.00 CAD. */
    private String invoice() {
        return chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[{'add_on_code':'setup'}]}}").ok()
                .at("/invoice/lago_id").asText();
    }

    private JsonNode seen(String invoice) {
        return chat.get("/invoices/" + invoice).ok().at("/invoice");
    }

    private static String payment(String invoice, long cents, String reference, String more) {
        return "{'payment':{'invoice_id':'" + invoice + "','amount_cents':" + cents + ",'reference':'" + reference + "'" + more + "}}";
    }

    private void withCard() {
        chat.post("/customers/ada/checkout_url", "").ok();
    }

    @Test
    void a_part_that_came_by_wire_is_recorded_once_and_what_is_left_is_due() {
        String id = invoice();
        JsonNode first = chat.post("/payments", payment(id, 5000, "wire 7", ",'paid_at':'2026-03-10'")).ok().at("/payment");
        assertThat(first.path("payment_status").asText()).isEqualTo("succeeded");
        assertThat(first.path("type").asText()).isEqualTo("manual");
        assertThat(first.path("reference").asText()).isEqualTo("wire 7");
        assertThat(first.path("external_customer_id").asText()).isEqualTo("ada");
        assertThat(first.at("/invoice_ids/0").asText()).isEqualTo(id);
        assertThat(first.path("created_at").asText()).isEqualTo("2026-03-10T00:00:00Z");
        assertThat(chat.post("/payments", payment(id, 5000, "wire 7", "")).ok().at("/payment")).isEqualTo(first);
        JsonNode open = seen(id);
        assertThat(open.path("total_paid_amount_cents").asLong()).isEqualTo(5000);
        assertThat(open.path("total_due_amount_cents").asLong()).isEqualTo(6300);
        assertThat(open.path("payment_status").asText()).isEqualTo("pending");
        chat.post("/payments", payment(id, 6301, "wire 8", "")).isInvalid("amount_cents", "value_is_invalid");
        chat.post("/payments", payment(id, 0, "wire 8", "")).isInvalid("amount_cents", "value_is_invalid");
        assertThat(chat.post("/payments", payment(id, 1L << 53, "wire 8", "")).isInvalid("amount_cents", "value_is_invalid")
                .at("/message").asText()).isEqualTo("amount_cents: is too large: 9007199254740992");
        chat.post("/payments", payment(id, 1, "wire 7", "")).isInvalid("reference", "value_already_exist");
        chat.post("/payments", payment(id, 1, "wire 8", ",'paid_at':'2026-03-16'")).isInvalid("paid_at", "value_is_invalid");
        chat.post("/payments", "{'payment':{'invoice_id':'" + id + "'}}").isInvalid("reference", "value_is_mandatory")
                .isInvalid("amount_cents", "value_is_mandatory");
        chat.post("/payments", payment("nothing", 1, "wire 8", "")).isNotFound("invoice_not_found");
        chat.post("/payments", payment(id, 6300, "wire 8", "")).ok();
        JsonNode paid = seen(id);
        assertThat(paid.path("payment_status").asText()).isEqualTo("succeeded");
        assertThat(paid.path("total_due_amount_cents").asLong()).isZero();
        assertThat(paid.path("total_paid_amount_cents").asLong()).isEqualTo(11300);
        assertThat(chat.get("/payments?invoice_id=" + id).ok().at("/meta/total_count").asInt()).isEqualTo(2);
    }

    @Test
    void payments_are_listed_for_their_service_alone() {
        String id = invoice();
        String payment = chat.post("/payments", payment(id, 5000, "wire 7", "")).ok().at("/payment/lago_id").asText();
        assertThat(chat.get("/payments").ok().at("/payments/0/lago_id").asText()).isEqualTo(payment);
        assertThat(chat.get("/customers/ada/payments").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.get("/payments?external_customer_id=bob").ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.get("/payments?invoice_id=" + payment).ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.get("/payments?invoice_id=nothing").ok().at("/meta/total_count").asInt()).isZero();
        chat.get("/customers/bob/payments").isNotFound("customer_not_found");
        assertThat(chat.get("/payments/" + payment).ok().at("/payment/amount_cents").asLong()).isEqualTo(5000);
        ApiClient maps = server.client("maps");
        maps.get("/payments/" + payment).isNotFound("payment_not_found");
        assertThat(maps.get("/payments").ok().at("/meta/total_count").asInt()).isZero();
        maps.get("/invoices/" + id + "/collection").isNotFound("invoice_not_found");
        maps.post("/payments", payment(id, 1, "theirs", "")).isNotFound("invoice_not_found");
    }

    @Test
    void what_the_provider_collects_is_seen_with_its_charge_and_what_goes_back() {
        withCard();
        String id = invoice();
        assertThat(chat.get("/invoices/" + id + "/collection").ok().at("/collection/state").asText()).isEqualTo("none");
        server.collect();
        JsonNode collection = chat.get("/invoices/" + id + "/collection").ok().at("/collection");
        assertThat(collection.path("state").asText()).isEqualTo("done");
        JsonNode payment = collection.at("/payments/0");
        assertThat(payment.path("provider_payment_id").asText()).isEqualTo("ch_invoice-" + id + "-1");
        assertThat(payment.path("payment_provider_type").asText()).isEqualTo("stub");
        assertThat(payment.path("applied_amount_cents").asLong()).isEqualTo(11300);
        String fee = seen(id).at("/fees/0/lago_id").asText();
        chat.post("/credit_notes", "{'credit_note':{'invoice_id':'" + id + "','refund_amount_cents':113,'items':[{'fee_id':'" + fee + "','amount_cents':100}]}}").ok();
        server.collect();
        JsonNode refund = chat.get("/payments/" + payment.path("lago_id").asText()).ok().at("/payment/refunds/0");
        assertThat(refund.path("amount_cents").asLong()).isEqualTo(113);
        assertThat(refund.path("status").asText()).isEqualTo("succeeded");
        assertThat(chat.get("/credit_notes").ok().at("/credit_notes/0/refund_status").asText()).isEqualTo("succeeded");
    }

    @Test
    void a_declined_invoice_fails_after_the_last_attempt_and_is_collected_anew_when_it_is_asked_for() {
        withCard();
        server.provider().charging(Outcome.DECLINED);
        String id = invoice();
        server.collect();
        JsonNode open = chat.get("/invoices/" + id + "/collection").ok().at("/collection");
        assertThat(open.path("state").asText()).isEqualTo("open");
        assertThat(open.path("declined").asInt()).isEqualTo(1);
        assertThat(open.path("next_attempt_at").asText()).isEqualTo("2026-03-16T12:00:00Z");
        assertThat(open.at("/payments/0/refusal/code").asText()).isEqualTo("insufficient_funds");
        assertThat(open.at("/payments/0/payment_status").asText()).isEqualTo("failed");
        for (int day = 0; day < 7; day++) {
            server.clock().advance(Duration.ofDays(1));
            server.collect();
        }
        assertThat(chat.get("/invoices/" + id + "/collection").ok().at("/collection/state").asText()).isEqualTo("failed");
        JsonNode failed = seen(id);
        assertThat(failed.path("payment_status").asText()).isEqualTo("failed");
        assertThat(failed.at("/fees/0/payment_status").asText()).isEqualTo("failed");
        assertThat(chat.get("/invoices?payment_status=failed").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.get("/invoices?payment_status=pending").ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.get("/invoices?payment_status[]=pending&payment_status[]=failed").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        server.provider().charging(Outcome.SUCCEEDED);
        assertThat(chat.post("/invoices/" + id + "/retry_payment", "").ok().bytes()).isEmpty();
        server.collect();
        assertThat(seen(id).path("payment_status").asText()).isEqualTo("succeeded");
        chat.post("/invoices/" + id + "/retry_payment", "").isNotAllowed("invalid_status");
    }

    @Test
    void nothing_else_is_done_while_the_provider_is_asked() {
        withCard();
        server.provider().charging(Outcome.PROCESSING);
        String id = invoice();
        server.collect();
        chat.post("/invoices/" + id + "/retry_payment", "").isNotAllowed("payment_processor_is_currently_handling_payment");
        chat.post("/payments", payment(id, 1, "wire", "")).isInvalid("payment_status", "value_is_invalid");
        assertThat(chat.get("/payments").ok().at("/payments/0/payment_status").asText()).isEqualTo("processing");
    }

    @Test
    void the_provider_tells_that_something_has_changed_and_is_asked_what() {
        withCard();
        server.provider().charging(Outcome.PROCESSING);
        String id = invoice();
        server.collect();
        String charge = "ch_invoice-" + id + "-1";
        server.provider().settle(charge, Outcome.SUCCEEDED);
        ApiClient signed = server.anonymous().with("stripe-signature", "good");
        server.anonymous().post("/stripe/webhooks", "CHARGE " + charge).is(400);
        server.anonymous().with("Stripe-Signature", "forged").post("/stripe/webhooks", "CHARGE " + charge).is(400);
        assertThat(seen(id).path("payment_status").asText()).isEqualTo("pending");
        server.provider().failing(true);
        Reply later = signed.post("/stripe/webhooks", "CHARGE " + charge).is(503);
        assertThat(later.headers().firstValue("Retry-After")).isPresent();
        server.provider().failing(false);
        for (int twice = 0; twice < 2; twice++) {
            assertThat(signed.post("/stripe/webhooks", "CHARGE " + charge).ok().bytes()).isEmpty();
        }
        signed.post("//api/v1/stripe/webhooks", "CHARGE of_another").ok();
        signed.post("/stripe/webhooks", "x".repeat((1 << 20) + 1)).is(413);
        assertThat(seen(id).path("payment_status").asText()).isEqualTo("succeeded");
        server.provider().dispute(new Disputed("dp_1", charge, Dispute.LOST, new Money(CAD, new BigDecimal("113.00"))));
        signed.post("/stripe/webhooks", "DISPUTE dp_1").ok();
        assertThat(seen(id).path("payment_dispute_lost_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        assertThat(chat.get("/invoices").ok().at("/invoices/0/payment_dispute_lost_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        assertThat(chat.get("/payments").ok().at("/payments/0/dispute").asText()).isEqualTo("lost");
    }

    @Test
    void a_customer_is_sent_to_the_provider_and_its_failure_is_no_fault_of_the_server() {
        JsonNode page = chat.post("/customers/ada/checkout_url", "").ok().at("/customer");
        assertThat(page.path("checkout_url").asText()).startsWith("https://pay.example/cus_");
        assertThat(page.path("payment_provider").asText()).isEqualTo("stub");
        assertThat(page.path("external_customer_id").asText()).isEqualTo("ada");
        assertThat(page.path("lago_customer_id")).isEqualTo(chat.get("/customers/ada").ok().at("/customer/lago_id"));
        chat.post("/customers/bob/checkout_url", "").isNotFound("customer_not_found");
        server.provider().failing(true);
        Reply failed = chat.post("/customers/ada/checkout_url", "").is(422);
        assertThat(failed.at("/code").asText()).isEqualTo("third_party_error");
    }

    @Test
    void without_a_provider_nothing_pretends_to_collect() {
        Billing billing = Billing.inMemory(Clock.systemUTC());
        try (BillingApi api = BillingApi.start(billing, Clock.systemUTC(), ApiSettings.DEFAULT.draining(Duration.ZERO), Map::of)) {
            String key = billing.apiKeys().issue(billing.register("chat", "Chat").id());
            ApiClient client = new ApiClient("http://127.0.0.1:" + api.port(), Map.of("Authorization", "Bearer " + key));
            client.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
            client.post("/customers/ada/checkout_url", "").isInvalid("base", "no_linked_payment_provider");
            client.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':100,'amount_currency':'CAD'}}").ok();
            String invoice = client.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[{'add_on_code':'setup'}]}}").ok().at("/invoice/lago_id").asText();
            client.post("/invoices/" + invoice + "/retry_payment", "").isInvalid("base", "no_linked_payment_provider");
            client.post("/stripe/webhooks", "{}").isNotFound("payment_provider_not_found");
            client.post("/webhook_endpoints", "{'webhook_endpoint':{'webhook_url':'https://example.org'}}").isInvalid("webhook_url", "url_invalid");
        }
    }
}
