package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvoiceTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void a_customer_with_usage() {
        chat = server.client("chat");
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Tokens','code':'tokens','aggregation_type':'sum_agg','field_name':'n'}}").ok();
        chat.post("/plans", CatalogueTest.plan("pro", "{'billable_metric_code':'tokens','charge_model':'standard','properties':{'amount':'0.333'}}")).ok();
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Ada','country':'CA','state':'ON','currency':'CAD'}}").ok();
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','external_id':'sub','plan_code':'pro','subscription_at':'2026-03-01T00:00:00Z'}}").ok();
        chat.post("/events", "{'event':{'transaction_id':'t1','external_subscription_id':'sub','code':'tokens','timestamp':1773144000,'properties':{'n':10}}}").ok();
    }

    private JsonNode ended() {
        chat.delete("/subscriptions/sub").ok();
        return chat.get("/invoices").ok().at("/invoices/0");
    }

    @Test
    void an_ended_subscription_is_invoiced_at_once_and_every_line_explains_itself() {
        JsonNode invoice = ended();
        String id = invoice.path("lago_id").asText();
        assertThat(invoice.path("status").asText()).isEqualTo("finalized");
        assertThat(invoice.path("invoice_type").asText()).isEqualTo("subscription");
        JsonNode whole = chat.get("/invoices/" + id).ok().at("/invoice");
        assertThat(whole.path("fees")).hasSize(2);
        assertThat(whole.at("/customer/external_id").asText()).isEqualTo("ada");
        assertThat(whole.at("/subscriptions/0/external_id").asText()).isEqualTo("sub");
        assertThat(whole.at("/applied_taxes/0/tax_code").asText()).isEqualTo("HST-ON");
        JsonNode usage = whole.at("/fees/0/item/type").asText().equals("charge") ? whole.at("/fees/0") : whole.at("/fees/1");
        assertThat(usage.path("amount_cents").asInt()).isEqualTo(333);
        assertThat(usage.path("units").asText()).isEqualTo("10.0");
        assertThat(usage.at("/item/code").asText()).isEqualTo("tokens");
        assertThat(chat.get("/fees/" + usage.path("lago_id").asText()).ok().at("/fee")).isEqualTo(usage);
        JsonNode why = chat.get("/invoices/" + id + "/lines/" + usage.path("line").asInt() + "/explain").ok().at("/explanation");
        assertThat(why.at("/counted/records").asInt()).isEqualTo(1);
        assertThat(why.path("exact").asText()).isEqualTo("3.33");
        assertThat(why.path("plan_code").asText()).isEqualTo("pro");
        assertThat(chat.with("Accept", "text/plain").get("/invoices/" + id + "/lines/1/explain").ok().text()).contains("exact");
        chat.get("/invoices/" + id + "/lines/9/explain").isNotFound("line_not_found");
        assertThat(whole.path("file_url").asText()).endsWith("/invoices/" + id + "/pdf");
        ApiClient maps = server.client("maps");
        maps.get("/invoices/" + id).isNotFound("invoice_not_found");
        maps.post("/invoices/" + id + "/void", "").isNotFound("invoice_not_found");
        maps.get("/fees/" + usage.path("lago_id").asText()).isNotFound("fee_not_found");
    }

    @Test
    void of_a_service_that_asks_for_complete_invoices_none_is_finalised_that_lacks_something_or_is_held() {
        assertThat(server.operator().put("/services/chat", "{'service':{'complete_invoices':true}}").ok()
                .at("/service/complete_invoices").asBoolean()).isTrue();
        JsonNode draft = ended();
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        String one = "/invoices/" + draft.path("lago_id").asText();
        assertThat(chat.put(one + "/finalize", "").isInvalid("invoice", "value_is_invalid").at("/message").asText())
                .contains("Ada has no billing e-mail", "enter the customer's billing e-mail");
        chat.post("/customers", "{'customer':{'external_id':'ada','email':'ada@example.com'}}").ok();
        chat.post(one + "/lines/1/hold", "{'hold':{}}").is(400);
        Reply held = chat.post(one + "/lines/1/hold", "{'hold':{'reason':'disputed'}}").ok();
        assertThat(held.at("/line_holds/0/reason").asText()).isEqualTo("disputed");
        assertThat(chat.get(one + "/line_holds").ok().json()).isEqualTo(held.json());
        chat.post(one + "/lines/9/hold", "{'hold':{'reason':'disputed'}}").isNotFound("line_not_found");
        assertThat(chat.put(one + "/finalize", "").is(422).at("/message").asText()).contains("held: ", "disputed");
        server.client("maps").post(one + "/lines/1/release", "").isNotFound("invoice_not_found");
        assertThat(chat.post(one + "/lines/1/release", "").ok().at("/line_holds")).isEmpty();
        assertThat(chat.put(one + "/finalize", "").ok().at("/invoice/status").asText()).isEqualTo("finalized");
    }

    @Test
    void a_grace_period_leaves_a_draft_that_follows_its_usage() {
        chat.post("/customers", "{'customer':{'external_id':'ada','billing_configuration':{'invoice_grace_period':3}}}").ok();
        JsonNode draft = ended();
        String id = draft.path("lago_id").asText();
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        assertThat(draft.path("file_url").isNull()).isTrue();
        chat.post("/invoices/" + id + "/void", "").isNotAllowed("not_voidable");
        chat.put("/invoices/" + id, "{'invoice':{'payment_status':'succeeded'}}").isNotAllowed("payment_status_update_on_draft_invoice");
        chat.post("/invoices/" + id + "/download", "").isNotFound("invoice_not_found");
        chat.delete("/invoices/" + id).isNotAllowed("not_deletable");
        long before = draft.path("fees_amount_cents").asLong();
        chat.post("/usage", "{'subscription':'sub','metric':'tokens','timestamp':'2026-03-10T00:00:00Z','quantity':'30','idempotency_key':'late'}").is(202);
        assertThat(chat.put("/invoices/" + id + "/refresh", "").ok().at("/invoice/fees_amount_cents").asLong()).isEqualTo(before + 999);
        JsonNode issued = chat.put("/invoices/" + id + "/finalize", "").ok().at("/invoice");
        assertThat(issued.path("status").asText()).isEqualTo("finalized");
        assertThat(issued.path("number").asText()).isNotEmpty();
        chat.put("/invoices/" + id + "/finalize", "").isNotFound("invoice_not_found");
        assertThat(chat.put("/invoices/" + id + "/refresh", "").ok().at("/invoice/status").asText()).isEqualTo("finalized");
    }

    @Test
    void an_invoice_is_paid_and_voided_once() {
        String id = ended().path("lago_id").asText();
        assertThat(chat.post("/invoices/" + id + "/retry_payment", "").ok().bytes()).isEmpty();
        assertThat(chat.put("/invoices/" + id, "{'invoice':{'payment_status':'succeeded','metadata':[{'key':'po','value':'7'}]}}").ok().at("/invoice/payment_status").asText()).isEqualTo("succeeded");
        assertThat(chat.get("/invoices?metadata[po]=7&payment_status=succeeded").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        chat.post("/invoices/" + id + "/retry_payment", "").isNotAllowed("invalid_status");
        chat.post("/invoices/" + id + "/void", "").isNotAllowed("not_voidable");
        assertThat(chat.post("/invoices/" + id + "/void", "{'generate_credit_note':true}").ok().at("/invoice/status").asText()).isEqualTo("voided");
        chat.post("/invoices/" + id + "/void", "{'generate_credit_note':true}").isNotAllowed("not_voidable");
        assertThat(chat.get("/credit_notes").ok().at("/credit_notes/0/credit_status").asText()).isEqualTo("available");
        chat.put("/invoices/" + id, "{'invoice':{'metadata':[]}}").isNotAllowed("update_on_voided_invoice");
    }

    @Test
    void lists_are_filtered() {
        JsonNode invoice = ended();
        String number = invoice.path("number").asText();
        assertThat(count("?external_customer_id=ada")).isEqualTo(1);
        assertThat(count("?external_customer_id=bob")).isZero();
        assertThat(count("?status=draft")).isZero();
        assertThat(count("?statuses[]=draft&statuses[]=finalized")).isEqualTo(1);
        assertThat(count("?payment_status[]=pending")).isEqualTo(1);
        assertThat(count("?payment_status=failed")).isZero();
        assertThat(count("?invoice_type=one_off")).isZero();
        assertThat(count("?issuing_date_from=2026-03-15&issuing_date_to=2026-03-15")).isEqualTo(1);
        assertThat(count("?issuing_date_to=2026-03-14")).isZero();
        assertThat(count("?amount_from=1&amount_to=100000&currency=CAD")).isEqualTo(1);
        assertThat(count("?amount_from=100000")).isZero();
        assertThat(count("?search_term=" + number.toLowerCase())).isEqualTo(1);
        assertThat(chat.get("/customers/ada/invoices").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        chat.get("/customers/bob/invoices").isNotFound("customer_not_found");
        chat.get("/invoices?status=lost").isInvalid("status", "value_is_invalid");
        chat.get("/invoices?per_page=0").isInvalid("per_page", "value_is_out_of_range");
        chat.get("/invoices?issuing_date_to=soon").isInvalid("issuing_date_to", "invalid_date");
    }

    @Test
    void what_is_overdue_depends_on_the_terms_of_the_customer() {
        ended();
        assertThat(count("?payment_overdue=true")).isZero();
        server.clock().advance(Duration.ofDays(2));
        assertThat(chat.get("/invoices?payment_overdue=true").ok().at("/invoices/0/payment_overdue").asBoolean()).isTrue();
        assertThat(count("?payment_overdue=false")).isZero();
        assertThat(count("?payment_overdue=true&issuing_date_to=2026-03-14")).isZero();
        assertThat(count("?payment_overdue=true&payment_status=succeeded")).isZero();
        assertThat(count("?status=draft&payment_overdue=true")).isZero();
        assertThat(count("?status=pending&payment_status=pending")).isZero();
        chat.get("/invoices?payment_overdue=perhaps").isInvalid("payment_overdue", "value_is_invalid");
        chat.post("/customers", "{'customer':{'external_id':'ada','net_payment_term':30}}").ok();
        assertThat(count("?payment_overdue=true")).isZero();
        JsonNode open = chat.get("/invoices?payment_overdue=false").ok().at("/invoices/0");
        assertThat(open.path("payment_due_date").asText()).isEqualTo("2026-04-14");
        assertThat(open.path("payment_overdue").asBoolean()).isFalse();
    }

    private int count(String query) {
        return chat.get("/invoices" + query).ok().at("/meta/total_count").asInt();
    }

    @Test
    void what_is_sold_once_is_invoiced_at_once() {
        chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':2500,'amount_currency':'CAD'}}").ok();
        JsonNode invoice = chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[{'add_on_code':'setup','units':'2'},{'add_on_code':'setup','unit_amount_cents':100}]}}").ok().at("/invoice");
        assertThat(invoice.path("invoice_type").asText()).isEqualTo("one_off");
        assertThat(invoice.path("fees_amount_cents").asInt()).isEqualTo(5100);
        assertThat(invoice.path("taxes_amount_cents").asInt()).isEqualTo(663);
        assertThat(invoice.at("/fees/0/item/type").asText()).isEqualTo("add_on");
        chat.post("/invoices", "{'invoice':{'external_customer_id':'bob','fees':[]}}").isNotFound("customer_not_found");
        chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[]}}").isNotFound("fees_not_found");
        chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','fees':[{'add_on_code':'none'}]}}").isNotFound("add_on_not_found");
        chat.post("/add_ons", "{'add_on':{'name':'Setup','code':'free','amount_cents':0,'amount_currency':'CAD'}}").isInvalid("amount_cents", "value_is_out_of_range");
    }

    @Test
    void a_preview_stores_nothing() {
        JsonNode next = chat.post("/invoices/preview", "{'customer':{'external_id':'ada'},'subscriptions':{'external_ids':['sub']}}").ok().at("/invoice");
        assertThat(next.path("lago_id").isNull()).isTrue();
        assertThat(next.path("fees_amount_cents").asInt()).isPositive();
        JsonNode other = chat.post("/invoices/preview", "{'customer':{'name':'Eve','currency':'CAD'},'plan_code':'pro','subscription_at':'2026-04-01T00:00:00Z'}").ok().at("/invoice");
        assertThat(other.path("fees_amount_cents").asInt()).isEqualTo(1000);
        chat.post("/invoices/preview", "{'customer':{'external_id':'eve'},'plan_code':'pro'}").isNotFound("customer_not_found");
        chat.post("/invoices/preview", "{'customer':{'external_id':'ada'},'plan_code':'none'}").isNotFound("plan_not_found");
        chat.post("/invoices/preview", "{'customer':{'external_id':'ada'},'plan_code':'pro','coupons':{}}").is(400);
        assertThat(count("")).isZero();
        assertThat(chat.get("/customers").ok().at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @Test
    void some_of_an_invoice_is_given_back() {
        JsonNode invoice = chat.get("/invoices/" + ended().path("lago_id").asText()).ok().at("/invoice");
        String id = invoice.path("lago_id").asText();
        String fee = invoice.at("/fees/0/lago_id").asText();
        String items = "'items':[{'fee_id':'" + fee + "','amount_cents':100}]";
        JsonNode estimate = chat.post("/credit_notes/estimate", "{'credit_note':{'invoice_id':'" + id + "'," + items + "}}").ok().at("/estimated_credit_note");
        assertThat(estimate.path("max_creditable_amount_cents").asInt()).isEqualTo(113);
        String start = "{'credit_note':{'invoice_id':'" + id + "','reason':'other'," + items;
        chat.post("/credit_notes", start + ",'credit_amount_cents':50}}").isInvalid("base", "does_not_match_item_amounts");
        chat.post("/credit_notes", start + ",'refund_amount_cents':113}}").isInvalid("refund_amount_cents", "cannot_refund_unpaid_invoice");
        JsonNode note = chat.post("/credit_notes", start + ",'credit_amount_cents':112,'description':'sorry','metadata':{'why':'x'}}}").ok().at("/credit_note");
        assertThat(note.path("credit_amount_cents").asInt()).isEqualTo(113);
        assertThat(note.path("balance_amount_cents").asInt()).isEqualTo(113);
        assertThat(note.at("/metadata/why").asText()).isEqualTo("x");
        assertThat(note.at("/items/0/fee/lago_id").asText()).isEqualTo(fee);
        String noteId = note.path("lago_id").asText();
        assertThat(chat.get("/credit_notes/" + noteId).ok().at("/credit_note")).isEqualTo(note);
        assertThat(chat.get("/credit_notes?external_customer_id=ada").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        server.client("maps").get("/credit_notes/" + noteId).isNotFound("credit_note_not_found");
        assertThat(chat.put("/credit_notes/" + noteId + "/void", "").ok().at("/credit_note/credit_status").asText()).isEqualTo("voided");
        chat.put("/credit_notes/" + noteId + "/void", "").isNotAllowed("no_voidable_amount");
        chat.post("/credit_notes", "{'credit_note':{'invoice_id':'" + id + "','items':[{'fee_id':'" + id + "','amount_cents':1}]}}").isNotFound("fee_not_found");
        chat.post("/credit_notes", "{'credit_note':{'invoice_id':'" + fee + "','items':[]}}").isNotFound("invoice_not_found");
        chat.post("/credit_notes", "{'credit_note':{'invoice_id':'" + id + "','credit_amount_cents':1,'items':[{'fee_id':'" + fee + "','amount_cents':9999999}]}}").isInvalid("amount_cents", "higher_than_remaining_fee_amount");
    }
}
