package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plans, and metrics under them, that change while customers are on them. */
class PlanChangeTest {

    private static final String METRIC =
            "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'sum_agg','field_name':'n'}}";
    private static final String CHARGE =
            "{'billable_metric_code':'calls','charge_model':'standard','properties':{'amount':'1'}}";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void catalogue() {
        chat = server.client("chat");
        prepare(chat);
    }

    private static void prepare(ApiClient client) {
        client.post("/billable_metrics", METRIC).ok();
        client.post("/plans", CatalogueTest.plan("pro", CHARGE)).ok();
    }

    private static void subscribe(ApiClient client, String more) {
        client.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','external_id':'a','plan_code':'pro'"
                + more + "}}").ok();
    }

    @Test
    void prices_change_also_by_a_clock_that_runs() {
        Billing billing = Billing.over(Ports.inMemory()).clock(Clock.systemUTC()).build();
        String key = billing.apiKeys().issue(billing.register("chat", "chat").id());
        try (BillingApi api = BillingApi.start(billing, Clock.systemUTC(), ApiSettings.DEFAULT.draining(Duration.ZERO),
                () -> Map.of())) {
            var client = new ApiClient("http://127.0.0.1:" + api.port(), Map.of("Authorization", "Bearer " + key));
            prepare(client);
            subscribe(client, "");
            for (int cents = 2000; cents < 2003; cents++) {
                client.put("/plans/pro", "{'plan':{'amount_cents':" + cents + "}}").ok();
                assertThat(client.get("/plans/pro").ok().at("/plan/amount_cents").asInt()).isEqualTo(cents);
            }
        }
    }

    @Test
    void what_customers_are_charged_by_goes_on_being_counted() {
        subscribe(chat, "");
        server.clock().advance(Duration.ofHours(1));
        String maximum = "{'billable_metric':{'aggregation_type':'max_agg'}}";
        chat.put("/plans/pro", "{'plan':{'charges':[]}}").ok();
        chat.put("/billable_metrics/calls", maximum).isInvalid("billable_metric", "value_is_invalid");
        chat.delete("/plans/pro").ok();
        chat.put("/billable_metrics/calls", maximum).isInvalid("billable_metric", "value_is_invalid");
    }

    @Test
    void a_metric_changes_once_no_plan_charges_by_it() {
        chat.put("/plans/pro", "{'plan':{'charges':[]}}").ok();
        chat.put("/billable_metrics/calls", "{'billable_metric':{'aggregation_type':'max_agg'}}").ok();
    }

    @Test
    void overrides_that_would_be_ignored_are_refused() {
        String subscription = "{'subscription':{'external_customer_id':'ada','external_id':'a','plan_code':'pro',"
                + "'plan_overrides':{%s}}}";
        chat.post("/subscriptions", subscription.formatted("'fixed_charges':[{'code':'seats','units':'9'}]"))
                .isInvalid("plan_overrides.fixed_charges", "value_is_invalid");
        chat.post("/subscriptions", subscription.formatted("'charges':[" + CHARGE + "," + CHARGE + "]"))
                .isInvalid("charges", "value_is_invalid");
    }

    @Test
    void a_charge_that_is_new_does_not_take_the_code_of_one_that_stays() {
        String id = chat.get("/plans/pro").ok().at("/plan/charges/0/lago_id").asText();
        JsonNode charges = chat.put("/plans/pro", "{'plan':{'charges':[" + CHARGE + ",{'id':'" + id
                + "','properties':{'amount':'2'}}]}}").ok().at("/plan/charges");
        assertThat(charges.at("/0/code").asText()).isEqualTo("calls_2");
        assertThat(charges.at("/1/code").asText()).isEqualTo("calls");
        assertThat(charges.at("/1/properties/amount").asText()).isEqualTo("2");
    }

    @Test
    void a_filter_keeps_what_was_not_sent() {
        String filters = "/plans/pro/charges/calls/filters";
        JsonNode made = chat.post(filters, "{'filter':{'invoice_display_name':'Canada','values':{'region':['ca']},"
                + "'properties':{'amount':'9'}}}").ok().at("/filter");
        JsonNode changed = chat.put(filters + "/" + made.path("lago_id").asText(),
                "{'filter':{'properties':{'amount':'8'}}}").ok().at("/filter");
        assertThat(changed.path("lago_id")).isEqualTo(made.path("lago_id"));
        assertThat(changed.path("values")).isEqualTo(made.path("values"));
        assertThat(changed.at("/properties/amount").asText()).isEqualTo("8");
        JsonNode renamed = chat.put(filters + "/" + made.path("lago_id").asText(),
                "{'filter':{'values':{'region':['ca','us']}}}").ok().at("/filter");
        assertThat(renamed.at("/properties/amount").asText()).isEqualTo("8");
    }

    @Test
    void another_charge_model_needs_filters_of_its_own() {
        chat.post("/plans/pro/charges/calls/filters",
                "{'filter':{'values':{'region':['ca']},'properties':{'amount':'9'}}}").ok();
        chat.put("/plans/pro/charges/calls", "{'charge':{'charge_model':'percentage','properties':{'rate':'1'}}}")
                .isInvalid("filters", "value_is_mandatory");
    }
}
