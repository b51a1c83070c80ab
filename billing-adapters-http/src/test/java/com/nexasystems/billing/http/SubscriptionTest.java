package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void catalogue() {
        chat = server.client("chat");
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'sum_agg','field_name':'n'}}").ok();
        plan("basic", 1000, false);
        plan("pro", 5000, true);
    }

    private void plan(String code, int cents, boolean inAdvance) {
        chat.post("/plans", "{'plan':{'name':'" + code + "','code':'" + code + "','interval':'monthly','amount_cents':" + cents
                + ",'amount_currency':'CAD','pay_in_advance':" + inAdvance + ",'charges':[{'billable_metric_code':'calls',"
                + "'charge_model':'graduated','properties':{'graduated_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'1',"
                + "'flat_amount':'2'},{'from_value':11,'to_value':null,'per_unit_amount':'0.5','flat_amount':'0'}]}}]}}").ok();
    }

    private static String subscribe(String id, String plan, String more) {
        return "{'subscription':{'external_customer_id':'ada','external_id':'" + id + "','plan_code':'" + plan + "'" + more + "}}";
    }

    @Test
    void a_customer_is_created_changed_listed_and_removed() {
        JsonNode made = chat.post("/customers", """
                {'customer':{'external_id':'ada','name':'Ada','email':'Ada@Example.org','country':'CA','state':'Ontario',
                 'currency':'CAD','timezone':'America/Toronto','net_payment_term':30,'metadata':[{'key':'tier','value':'gold','display_in_invoice':true}],
                 'billing_configuration':{'invoice_grace_period':3,'document_locale':'fr'}}}""").ok().at("/customer");
        assertThat(made.path("sequential_id").asInt()).isEqualTo(1);
        assertThat(made.path("applicable_timezone").asText()).isEqualTo("America/Toronto");
        assertThat(made.at("/billing_configuration/invoice_grace_period").asInt()).isEqualTo(3);
        assertThat(made.at("/metadata/0/value").asText()).isEqualTo("gold");
        JsonNode changed = chat.post("/customers", "{'customer':{'external_id':'ada','phone':'555'}}").ok().at("/customer");
        assertThat(changed.path("name").asText()).isEqualTo("Ada");
        assertThat(changed.path("phone").asText()).isEqualTo("555");
        assertThat(changed.path("lago_id")).isEqualTo(made.path("lago_id"));
        assertThat(chat.get("/customers?metadata[tier]=gold").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.get("/customers?metadata[tier]=tin").ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.get("/customers?currencies[]=CAD&currencies[]=EUR&search_term=ADA").ok().at("/customers/0/external_id").asText()).isEqualTo("ada");
        server.client("maps").get("/customers/ada").isNotFound("customer_not_found");
        chat.post("/customers/ada/checkout_url", "").ok();
        chat.post("/subscriptions", subscribe("sub", "basic", "")).ok();
        chat.delete("/customers/ada").ok();
        chat.get("/customers/ada").isNotFound("customer_not_found");
        assertThat(chat.get("/subscriptions?status[]=terminated").ok().at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'name':'x'                                          | external_id | value_is_mandatory
            'external_id':'a','email':'nobody'                  | email       | invalid_email_format
            'external_id':'a','currency':'XXX'                  | currency    | value_is_invalid
            'external_id':'a','timezone':'Mars/North'           | timezone    | value_is_invalid
            'external_id':'a','country':'Canada'                | country     | value_is_invalid
            'external_id':'a','net_payment_term':-1             | net_payment_term | value_is_out_of_range
            """)
    void a_customer_that_makes_no_sense_is_refused(String fields, String field, String code) {
        chat.post("/customers", "{'customer':{" + fields + "}}").isInvalid(field, code);
        assertThat(chat.get("/customers").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void a_subscription_begins_is_upgraded_and_ends() {
        JsonNode basic = chat.post("/subscriptions", subscribe("sub", "basic", ",'name':'Main'")).ok().at("/subscription");
        assertThat(basic.path("status").asText()).isEqualTo("active");
        assertThat(basic.path("plan_code").asText()).isEqualTo("basic");
        assertThat(basic.at("/plan/code").asText()).isEqualTo("basic");
        assertThat(chat.post("/subscriptions", subscribe("sub", "basic", "")).ok().at("/subscription/lago_id"))
                .isEqualTo(basic.path("lago_id"));
        assertThat(invoices()).isEmpty();
        server.clock().at("2026-03-20T00:00:00Z");
        JsonNode pro = chat.post("/subscriptions", subscribe("sub", "pro", "")).ok().at("/subscription");
        assertThat(pro.path("plan_code").asText()).isEqualTo("pro");
        assertThat(pro.path("previous_plan_code").asText()).isEqualTo("basic");
        assertThat(invoices()).isNotEmpty();
        server.clock().at("2026-03-25T00:00:00Z");
        JsonNode down = chat.post("/subscriptions", subscribe("sub", "basic", "")).ok().at("/subscription");
        assertThat(down.path("next_plan_code").asText()).isEqualTo("basic");
        assertThat(down.path("downgrade_plan_date").asText()).isEqualTo("2026-04-01");
        JsonNode ended = chat.delete("/subscriptions/sub?on_termination_credit_note=credit").ok().at("/subscription");
        assertThat(ended.path("status").asText()).isEqualTo("terminated");
        chat.get("/subscriptions/sub").isNotFound("subscription_not_found");
        assertThat(chat.get("/subscriptions/sub?status=terminated").ok().at("/subscription/external_id").asText()).isEqualTo("sub");
        chat.delete("/subscriptions/sub").isNotFound("subscription_not_found");
        assertThat(invoices()).allMatch(status -> status == InvoiceStatus.FINALISED);
    }

    private List<InvoiceStatus> invoices() {
        var service = server.billing().ports().services().findByCode("chat").orElseThrow();
        return server.billing().ports().invoices().search(InvoiceSearch.of(service.id()), PageRequest.first(100)).items()
                .stream().map(invoice -> invoice.status()).toList();
    }

    @Test
    void the_service_says_what_runs_on_a_subscription_and_may_replace_it() {
        JsonNode made = chat.post("/subscriptions", subscribe("sub", "basic", ",'deployment_id':'d-1'")).ok().at("/subscription");
        assertThat(made.path("deployment_id").asText()).isEqualTo("d-1");
        chat.post("/subscriptions", subscribe("sub", "basic", "")).ok();
        assertThat(deployment()).as("what is not sent stays").isEqualTo("d-1");
        chat.post("/subscriptions", subscribe("sub", "pro", ",'deployment_id':'d-2'")).ok();
        assertThat(deployment()).isEqualTo("d-2");
        chat.put("/subscriptions/sub", "{'subscription':{'deployment_id':'d-3'}}").ok();
        assertThat(deployment()).isEqualTo("d-3");
        chat.put("/subscriptions/sub", "{'subscription':{'deployment_id':'" + "d".repeat(256) + "'}}")
                .isInvalid("deployment_id", "value_is_too_long");
        chat.put("/subscriptions/sub", "{'subscription':{'name':'x'}}").ok();
        assertThat(deployment()).isEqualTo("d-3");
        chat.put("/subscriptions/sub", "{'subscription':{'deployment_id':null}}").ok();
        assertThat(chat.get("/subscriptions").ok().at("/subscriptions/0/deployment_id").isNull()).isTrue();
    }

    private String deployment() {
        return chat.get("/subscriptions/sub").ok().at("/subscription/deployment_id").asText();
    }

    @Test
    void what_begins_later_is_pending_and_can_be_canceled() {
        JsonNode later = chat.post("/subscriptions", subscribe("sub", "pro", ",'subscription_at':'2026-05-01T00:00:00Z'")).ok().at("/subscription");
        assertThat(later.path("status").asText()).isEqualTo("pending");
        assertThat(later.path("started_at").isNull()).isTrue();
        assertThat(chat.get("/subscriptions?status[]=pending").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.delete("/subscriptions/sub?status=pending").ok().at("/subscription/status").asText()).isEqualTo("canceled");
    }

    @Test
    void a_plan_can_be_overridden_for_one_customer() {
        JsonNode own = chat.post("/subscriptions", subscribe("sub", "basic",
                ",'plan_overrides':{'amount_cents':777,'name':'Special','charges':[{'billable_metric_code':'calls','charge_model':'standard','properties':{'amount':'9'}}]}"))
                .ok().at("/subscription");
        assertThat(own.path("plan_code").asText()).isEqualTo("basic");
        assertThat(own.path("plan_amount_cents").asInt()).isEqualTo(777);
        assertThat(own.at("/plan/charges/0/properties/amount").asText()).isEqualTo("9");
        assertThat(chat.get("/subscriptions?plan_code=basic").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        assertThat(chat.get("/plans/basic").ok().at("/plan/amount_cents").asInt()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'external_customer_id':'ada','plan_code':'basic'                                            | external_id     | value_is_mandatory
            'external_id':'s','plan_code':'basic'                                                       | external_customer_id | value_is_mandatory
            'external_id':'s','external_customer_id':'ada','plan_code':'basic','billing_time':'weekly'  | billing_time    | value_is_invalid
            'external_id':'s','external_customer_id':'ada','plan_code':'basic','subscription_at':'soon' | subscription_at | invalid_date
            'external_id':'s','external_customer_id':'ada','plan_code':'basic','ending_at':'2020-01-01T00:00:00Z' | ending_at | invalid_date
            """)
    void a_subscription_that_makes_no_sense_is_refused(String fields, String field, String code) {
        chat.post("/subscriptions", "{'subscription':{" + fields + "}}").isInvalid(field, code);
        assertThat(chat.get("/subscriptions").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void an_unknown_plan_and_a_foreign_subscription_are_not_there() {
        chat.post("/subscriptions", subscribe("sub", "gold", "")).isNotFound("plan_not_found");
        chat.get("/customers/ada").isNotFound("customer_not_found");
        chat.post("/subscriptions", subscribe("sub", "basic", "")).ok();
        ApiClient maps = server.client("maps");
        maps.get("/subscriptions/sub").isNotFound("subscription_not_found");
        maps.put("/subscriptions/sub", "{'subscription':{'name':'x'}}").isNotFound("subscription_not_found");
        maps.delete("/subscriptions/sub").isNotFound("subscription_not_found");
        maps.post("/subscriptions/sub/pause", "{}").isNotFound("subscription_not_found");
    }

    @Test
    void usage_so_far_is_shown_with_its_price() {
        chat.post("/subscriptions", subscribe("sub", "basic", ",'subscription_at':'2026-03-01T00:00:00Z'")).ok();
        JsonNode none = chat.get("/customers/ada/current_usage?external_subscription_id=sub").ok().at("/customer_usage");
        assertThat(none.path("amount_cents").asInt()).isEqualTo(200);
        assertThat(none.at("/charges_usage/0/units").asText()).isEqualTo("0.0");
        var service = server.billing().ports().services().findByCode("chat").orElseThrow();
        server.billing().usage().record(service, List.of(UsageSubmission.event("sub", "chat:calls",
                Instant.parse("2026-03-10T00:00:00Z"), "12.5", "k1")));
        JsonNode some = chat.get("/customers/ada/current_usage?external_subscription_id=sub").ok().at("/customer_usage");
        assertThat(some.path("amount_cents").asInt()).isEqualTo(1325);
        assertThat(some.at("/charges_usage/0/units").asText()).isEqualTo("12.5");
        assertThat(some.at("/charges_usage/0/events_count").asInt()).isEqualTo(1);
        assertThat(some.at("/charges_usage/0/billable_metric/code").asText()).isEqualTo("calls");
        chat.get("/customers/ada/current_usage?external_subscription_id=none").isNotAllowed("no_active_subscription");
        chat.get("/customers/bob/current_usage?external_subscription_id=sub").isNotFound("customer_not_found");
    }

    @Test
    void usage_of_periods_that_are_over_is_shown_the_newest_first_with_the_invoice_that_billed_it() {
        server.clock().at("2026-01-16T00:00:00Z");
        chat.post("/subscriptions", subscribe("sub", "basic", "")).ok();
        for (String day : List.of("2026-01-20", "2026-02-10", "2026-03-02")) {
            server.clock().at(day + "T00:00:00Z");
            chat.post("/events", "{'event':{'transaction_id':'" + day + "','external_subscription_id':'sub','code':'calls',"
                    + "'properties':{'n':'" + day.substring(8) + "'}}}").ok();
        }
        String all = "/customers/ada/past_usage?external_subscription_id=sub";
        JsonNode two = chat.get(all).ok().json();
        assertThat(two.at("/meta/total_count").asInt()).isEqualTo(2);
        assertThat(two.at("/usage_periods/0/charges_usage/0/units").asText()).isEqualTo("10.0");
        assertThat(two.at("/usage_periods/0/amount_cents").asInt()).isEqualTo(200 + 1000);
        assertThat(two.at("/usage_periods/0/from_datetime").asText()).isEqualTo("2026-02-01T00:00:00Z");
        assertThat(two.at("/usage_periods/1/charges_usage/0/units").asText()).isEqualTo("20.0");
        assertThat(two.at("/usage_periods/1/from_datetime").asText()).isEqualTo("2026-01-16T00:00:00Z");
        assertThat(chat.get(all + "&periods_count=1").ok().at("/usage_periods")).hasSize(1);
        assertThat(chat.get(all + "&billable_metric_code=other").ok().at("/usage_periods/0/charges_usage")).isEmpty();
        assertThat(chat.get(all + "&page=2&per_page=1").ok().at("/usage_periods/0/charges_usage/0/units").asText())
                .isEqualTo("20.0");
        chat.delete("/subscriptions/sub").ok();
        JsonNode three = chat.get(all).ok().json();
        assertThat(three.at("/meta/total_count").asInt()).isEqualTo(3);
        String invoice = three.at("/usage_periods/0/lago_invoice_id").asText();
        assertThat(chat.get("/invoices/" + invoice).ok().at("/invoice/fees").toString()).contains("\"calls\"");
        chat.get("/customers/ada/past_usage").isInvalid("external_subscription_id", "value_is_mandatory");
        chat.get("/customers/ada/past_usage?external_subscription_id=none").isNotFound("subscription_not_found");
    }

    @Test
    void what_begins_later_has_no_past_usage() {
        chat.post("/subscriptions", subscribe("sub", "pro", ",'subscription_at':'2026-05-01T00:00:00Z'")).ok();
        assertThat(chat.get("/customers/ada/past_usage?external_subscription_id=sub").ok().at("/usage_periods")).isEmpty();
    }

    @Test
    void a_subscription_is_paused_and_resumed() {
        chat.post("/subscriptions", subscribe("sub", "pro", "")).ok();
        assertThat(chat.post("/subscriptions/sub/pause", "{}").ok().at("/subscription/status").asText()).isEqualTo("paused");
        chat.post("/subscriptions/sub/pause", "{}").isNotAllowed("invalid_status");
        server.clock().at("2026-03-16T12:00:00Z");
        assertThat(chat.post("/subscriptions/sub/resume", "{}").ok().at("/subscription/status").asText()).isEqualTo("active");
    }

    @Test
    void what_a_service_does_not_send_stays_as_another_service_wrote_it() {
        ApiClient maps = server.client("maps");
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Ada','email':'ada@example.org','country':'CA',"
                + "'city':'Toronto','currency':'CAD','billing_configuration':{'document_locale':'fr'}}}").ok();
        maps.post("/customers", "{'customer':{'external_id':'m1','email':'ada@example.org','name':'A. Lovelace','country':'CA',"
                + "'city':'Ottawa','tax_identification_number':'T1','billing_configuration':{'document_locale':'en'}}}").ok();
        maps.post("/customers", "{'customer':{'external_id':'m1','email':'bills@example.org'}}").ok();
        chat.post("/customers", "{'customer':{'external_id':'ada','phone':'555'}}").ok();
        Customer shared = shared("chat", "ada");
        assertThat(shared).isEqualTo(shared("maps", "m1"));
        assertThat(shared.email()).contains("bills@example.org");
        assertThat(shared.name()).isEqualTo("A. Lovelace");
        assertThat(shared.address().orElseThrow().city()).contains("Ottawa");
        assertThat(shared.locale().getLanguage()).isEqualTo("en");
        assertThat(shared.taxId()).contains("T1");
        chat.post("/customers", "{'customer':{'external_id':'ada','city':'Hamilton','legal_name':'Ada Inc.',"
                + "'billing_configuration':{'document_locale':'fr'}}}").ok();
        Customer changed = shared("chat", "ada");
        assertThat(changed.address().orElseThrow().city()).contains("Hamilton");
        assertThat(changed.locale().getLanguage()).isEqualTo("fr");
        assertThat(changed.name()).isEqualTo("A. Lovelace");
        assertThat(changed.email()).contains("bills@example.org");
    }

    @Test
    void removing_one_of_two_ids_of_a_customer_ends_nothing_and_removing_the_last_ends_all() {
        chat.post("/customers", "{'customer':{'external_id':'a','email':'ada@example.org'}}").ok();
        chat.post("/customers", "{'customer':{'external_id':'b','email':'ada@example.org'}}").ok();
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'a','external_id':'of-both','plan_code':'pro'}}").ok();
        for (String id : List.of("b", "a")) {
            assertThat(chat.get("/subscriptions/of-both").ok().at("/subscription/status").asText()).isEqualTo("active");
            chat.delete("/customers/" + id).ok();
        }
        assertThat(chat.get("/subscriptions/of-both?status=terminated").ok().at("/subscription/status").asText())
                .isEqualTo("terminated");
    }

    private Customer shared(String service, String externalId) {
        var ports = server.billing().ports();
        return ports.customers().findLinked(ports.services().findByCode(service).orElseThrow().id(), externalId).orElseThrow();
    }
}
