package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    private static final String CALLS = "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'sum_agg',"
            + "'field_name':'count','filters':[{'key':'region','values':['eu','ca']}]}}";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void a_metric_is_created_shown_changed_and_removed() {
        ApiClient chat = server.client("chat");
        JsonNode made = chat.post("/billable_metrics", CALLS).ok().at("/billable_metric");
        assertThat(made.path("field_name").asText()).isEqualTo("count");
        assertThat(made.at("/filters/0/values").toString()).isEqualTo("[\"ca\",\"eu\"]");
        assertThat(chat.get("/billable_metrics/calls").ok().at("/billable_metric")).isEqualTo(made);
        chat.put("/billable_metrics/calls", "{'billable_metric':{'name':'Requests','aggregation_type':'max_agg'}}").ok();
        JsonNode changed = chat.get("/billable_metrics/calls").ok().at("/billable_metric");
        assertThat(changed.path("name").asText()).isEqualTo("Requests");
        assertThat(changed.path("aggregation_type").asText()).isEqualTo("max_agg");
        assertThat(changed.path("lago_id")).isEqualTo(made.path("lago_id"));
        assertThat(chat.get("/billable_metrics").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        chat.delete("/billable_metrics/calls").ok();
        chat.get("/billable_metrics/calls").isNotFound("billable_metric_not_found");
        JsonNode again = chat.post("/billable_metrics", CALLS).ok().at("/billable_metric");
        assertThat(again.path("lago_id")).isNotEqualTo(made.path("lago_id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'name':'','code':'a','aggregation_type':'count_agg'                                   | name             | value_is_mandatory
            'name':'a','aggregation_type':'count_agg'                                             | code             | value_is_mandatory
            'name':'a','code':'a'                                                                 | aggregation_type | value_is_mandatory
            'name':'a','code':'a','aggregation_type':'average_agg'                                | aggregation_type | value_is_invalid
            'name':'a','code':'a','aggregation_type':'sum_agg'                                    | field_name       | value_is_mandatory
            'name':'a','code':'a','aggregation_type':'max_agg','field_name':'x','recurring':true  | recurring        | not_compatible_with_aggregation_type
            'name':'a','code':'a','aggregation_type':'sum_agg','field_name':'x','expression':'1+' | expression       | invalid_expression
            """)
    void a_metric_that_makes_no_sense_is_refused(String fields, String field, String code) {
        server.client("chat").post("/billable_metrics", "{'billable_metric':{" + fields + "}}").isInvalid(field, code);
        assertThat(server.client("chat").get("/billable_metrics").ok().at("/meta/total_count").asInt()).isZero();
    }

    @Test
    void two_services_use_one_code_for_different_things() {
        server.client("chat").post("/billable_metrics", CALLS).ok();
        server.client("chat").post("/billable_metrics", CALLS).isInvalid("code", "value_already_exist");
        server.client("maps").get("/billable_metrics/calls").isNotFound("billable_metric_not_found");
        server.client("maps").post("/billable_metrics",
                "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}").ok();
        assertThat(server.client("chat").get("/billable_metrics/calls").at("/billable_metric/aggregation_type").asText())
                .isEqualTo("sum_agg");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            standard             | {'amount':'0.0075','unit_batch':'3600','included_units':'18000'}
            package              | {'amount':'5','package_size':100,'free_units':10}
            graduated            | {'graduated_ranges':[{'from_value':0,'to_value':10,'per_unit_amount':'2','flat_amount':'1'},{'from_value':10,'to_value':null,'per_unit_amount':'1','flat_amount':'0'}]}
            volume               | {'volume_ranges':[{'from_value':0,'to_value':100,'per_unit_amount':'2','flat_amount':'1'},{'from_value':101,'to_value':null,'per_unit_amount':'1','flat_amount':'0'}]}
            percentage           | {'rate':'1.3','fixed_amount':'0.5','free_units_per_events':3,'free_units_per_total_aggregation':null,'per_transaction_min_amount':null,'per_transaction_max_amount':null}
            graduated_percentage | {'graduated_percentage_ranges':[{'from_value':0,'to_value':10,'rate':'2','flat_amount':'1'},{'from_value':10,'to_value':null,'rate':'1','flat_amount':'0'}]}
            dynamic              | {}
            """)
    void every_charge_model_comes_back_as_it_was_sent(String model, String properties) throws Exception {
        ApiClient chat = server.client("chat");
        String metric = chat.post("/billable_metrics", CALLS).ok().at("/billable_metric/lago_id").asText();
        JsonNode plan = chat.post("/plans", plan("pro", "{'billable_metric_id':'" + metric + "','charge_model':'" + model
                + "','properties':" + properties + "}")).ok().at("/plan");
        JsonNode charge = plan.at("/charges/0");
        assertThat(charge.path("charge_model").asText()).isEqualTo(model);
        assertThat(charge.path("billable_metric_code").asText()).isEqualTo("calls");
        assertThat(charge.path("properties")).isEqualTo(new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(properties.replace('\'', '"')));
        assertThat(chat.get("/plans/pro").ok().at("/plan")).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            standard   | {'amount':1}                                        | invalid_amount
            standard   | {}                                                  | invalid_amount
            standard   | {'amount':'1e10000000'}                             | invalid_amount
            standard   | {'amount':'-1'}                                     | invalid_amount
            package    | {'amount':'1','package_size':0,'free_units':0}      | invalid_package_size
            package    | {'amount':'1','package_size':1}                     | invalid_free_units
            graduated  | {}                                                  | missing_graduated_ranges
            graduated  | {'graduated_ranges':[{'from_value':0,'to_value':5,'per_unit_amount':'1','flat_amount':'0'}]} | invalid_graduated_ranges
            volume     | {'volume_ranges':[{'from_value':3,'to_value':null,'per_unit_amount':'1','flat_amount':'0'}]}  | invalid_volume_ranges
            percentage | {'rate':'x'}                                        | invalid_rate
            """)
    void properties_that_price_nothing_are_refused(String model, String properties, String code) {
        ApiClient chat = server.client("chat");
        String metric = chat.post("/billable_metrics", CALLS).ok().at("/billable_metric/lago_id").asText();
        chat.post("/plans", plan("pro", "{'billable_metric_id':'" + metric + "','charge_model':'" + model
                + "','properties':" + properties + "}")).isInvalid("properties", code);
        chat.get("/plans/pro").isNotFound("plan_not_found");
    }

    @Test
    void a_plan_takes_filters_fixed_charges_commitment_and_thresholds() {
        ApiClient chat = server.client("chat");
        chat.post("/billable_metrics", CALLS).ok();
        JsonNode plan = chat.post("/plans", """
                {'plan':{'name':'Pro','code':'pro','interval':'yearly','amount_cents':10000,'amount_currency':'CAD',
                 'pay_in_advance':true,'trial_period':14.0,'bill_charges_monthly':true,'metadata':{'tier':'gold'},
                 'minimum_commitment':{'amount_cents':20000,'invoice_display_name':'At least'},
                 'usage_thresholds':[{'amount_cents':5000,'threshold_display_name':'Half'},{'amount_cents':1000,'recurring':true}],
                 'charges':[{'billable_metric_code':'calls','charge_model':'standard','properties':{'amount':'1','pricing_group_keys':['user']},
                   'min_amount_cents':250,'filters':[{'values':{'region':['eu']},'properties':{'amount':'2'}}]}],
                 'fixed_charges':[{'code':'seats','units':'5','charge_model':'standard','properties':{'amount':'3'}}]}}""")
                .ok().at("/plan");
        assertThat(plan.path("trial_period").asInt()).isEqualTo(14);
        assertThat(plan.at("/minimum_commitment/amount_cents").asInt()).isEqualTo(20000);
        assertThat(plan.at("/usage_thresholds/1/recurring").asBoolean()).isTrue();
        assertThat(plan.at("/charges/0/min_amount_cents").asInt()).isEqualTo(250);
        assertThat(plan.at("/charges/0/filters/0/values/region/0").asText()).isEqualTo("eu");
        assertThat(plan.at("/charges/0/properties/pricing_group_keys/0").asText()).isEqualTo("user");
        assertThat(plan.at("/fixed_charges/0/units").asText()).isEqualTo("5");
        assertThat(plan.at("/metadata/tier").asText()).isEqualTo("gold");
        assertThat(chat.get("/plans").ok().at("/plans/0")).isEqualTo(plan);
    }

    @Test
    void charges_and_filters_can_be_changed_one_by_one() {
        ApiClient chat = server.client("chat");
        chat.post("/billable_metrics", CALLS).ok();
        chat.post("/plans", plan("pro", "{'billable_metric_code':'calls','charge_model':'standard','properties':{'amount':'1'}}")).ok();
        chat.post("/plans/pro/charges",
                "{'charge':{'billable_metric_code':'calls','charge_model':'standard','properties':{'amount':'2'}}}").ok();
        assertThat(chat.get("/plans/pro/charges").ok().at("/charges/1/code").asText()).isEqualTo("calls_2");
        chat.put("/plans/pro/charges/calls_2", "{'charge':{'properties':{'amount':'3'}}}").ok();
        assertThat(chat.get("/plans/pro/charges/calls_2").ok().at("/charge/properties/amount").asText()).isEqualTo("3");
        String filter = chat.post("/plans/pro/charges/calls/filters",
                "{'filter':{'values':{'region':['ca']},'properties':{'amount':'9'}}}").ok().at("/filter/lago_id").asText();
        assertThat(chat.get("/plans/pro/charges/calls/filters").ok().at("/meta/total_count").asInt()).isEqualTo(1);
        chat.delete("/plans/pro/charges/calls/filters/" + filter).ok();
        chat.get("/plans/pro/charges/calls/filters/" + filter).isNotFound("charge_filter_not_found");
        chat.delete("/plans/pro/charges/calls_2").ok();
        chat.get("/plans/pro/charges/calls_2").isNotFound("charge_not_found");
        chat.post("/plans/pro/fixed_charges",
                "{'fixed_charge':{'code':'seats','units':2,'charge_model':'standard','properties':{'amount':'3'}}}").ok();
        chat.delete("/plans/pro/fixed_charges/seats").ok();
    }

    @Test
    void a_plan_of_another_service_is_not_there() {
        server.client("chat").post("/plans", plan("pro", "")).ok();
        for (String method : new String[] {"GET", "PUT", "DELETE"}) {
            server.client("maps").send(method, "/plans/pro", method.equals("PUT") ? "{\"plan\":{\"name\":\"x\"}}" : "")
                    .isNotFound("plan_not_found");
        }
    }

    @Test
    void the_root_of_a_body_is_mandatory() {
        Reply reply = server.client("chat").post("/plans", "{'name':'Pro'}").is(400);
        assertThat(reply.at("/error").asText())
                .isEqualTo("BadRequest: param is missing or the value is empty or invalid: plan");
    }

    static String plan(String code, String charge) {
        return "{'plan':{'name':'" + code + "','code':'" + code + "','interval':'monthly','amount_cents':1000,"
                + "'amount_currency':'CAD','pay_in_advance':false,'charges':[" + charge + "]}}";
    }
}
