package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxTest {

    private static final String PLAN = "{'plan':{'name':'Pro','code':'pro','interval':'monthly','amount_cents':1000,"
            + "'amount_currency':'CAD','pay_in_advance':true%s}}";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void a_tax_is_created_shown_changed_and_removed() {
        ApiClient chat = server.client("chat");
        JsonNode made = tax(chat, "vat", "20.50", true);
        assertThat(made.path("rate").isNumber()).isTrue();
        assertThat(made.path("rate").decimalValue()).isEqualByComparingTo("20.5");
        assertThat(made.path("applied_to_organization").asBoolean()).isTrue();
        assertThat(chat.get("/taxes/vat").ok().at("/tax")).isEqualTo(made);
        chat.put("/taxes/vat", "{'tax':{'name':'New','rate':7,'applied_to_organization':false,'description':'d'}}").ok();
        JsonNode changed = chat.get("/taxes").ok().at("/taxes/0");
        assertThat(changed.path("name").asText()).isEqualTo("New");
        assertThat(changed.path("rate").asInt()).isEqualTo(7);
        assertThat(changed.path("description").asText()).isEqualTo("d");
        assertThat(changed.path("lago_id")).isEqualTo(made.path("lago_id"));
        assertThat(chat.delete("/taxes/vat").ok().at("/tax/code").asText()).isEqualTo("vat");
        chat.get("/taxes/vat").isNotFound("tax_not_found");
        chat.put("/taxes/vat", "{'tax':{'name':'x'}}").isNotFound("tax_not_found");
        chat.delete("/taxes/vat").isNotFound("tax_not_found");
        assertThat(tax(chat, "vat", "1", false).path("lago_id")).isNotEqualTo(made.path("lago_id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'name':'','code':'a','rate':'1'     | name | value_is_mandatory
            'name':'a','rate':'1'               | code | value_is_mandatory
            'name':'a','code':'a'               | rate | value_is_mandatory
            'name':'a','code':'a','rate':'ten'  | rate | value_is_invalid
            'name':'a','code':'a','rate':-1     | rate | value_is_out_of_range
            'name':'a','code':'vat','rate':1    | code | value_already_exist
            """)
    void a_tax_that_makes_no_sense_is_refused(String fields, String field, String code) {
        ApiClient chat = server.client("chat");
        tax(chat, "vat", "1", false);
        chat.post("/taxes", "{'tax':{" + fields + "}}").isInvalid(field, code);
        chat.put("/taxes/vat", "{'tax':{'code':'other'}}").isInvalid("code", "value_is_invalid");
        assertThat(chat.get("/taxes").ok().at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @Test
    void taxes_of_one_service_are_not_there_for_another() {
        tax(server.client("chat"), "vat", "20", true);
        ApiClient maps = server.client("maps");
        maps.get("/taxes/vat").isNotFound("tax_not_found");
        maps.delete("/taxes/vat").isNotFound("tax_not_found");
        assertThat(maps.get("/taxes").ok().at("/meta/total_count").asInt()).isZero();
        maps.post("/customers", "{'customer':{'external_id':'ada','tax_codes':['vat']}}").isNotFound("tax_not_found");
        maps.get("/customers/ada").isNotFound("customer_not_found");
        maps.post("/plans", PLAN.formatted(",'tax_codes':['vat']")).isNotFound("tax_not_found");
        assertThat(maps.get("/plans").ok().at("/meta/total_count").asInt()).isZero();
        addOn(maps, "");
        maps.post("/customers", "{'customer':{'external_id':'ada'}}").ok();
        assertThat(sold(maps, "").at("/invoice/taxes_amount_cents").asInt()).isZero();
    }

    @Test
    void taxes_are_shown_where_they_were_put_until_others_are() {
        ApiClient chat = server.client("chat");
        List.of("a", "b", "c").forEach(code -> tax(chat, code, "5", false));
        assertThat(codes(addOn(chat, ",'tax_codes':['b','a']").at("/add_on/taxes"))).containsExactly("b", "a");
        assertThat(codes(chat.put("/add_ons/setup", "{'add_on':{'name':'S'}}").ok().at("/add_on/taxes")))
                .containsExactly("b", "a");
        assertThat(codes(chat.get("/add_ons").ok().at("/add_ons/0/taxes"))).containsExactly("b", "a");
        assertThat(codes(chat.put("/add_ons/setup", "{'add_on':{'tax_codes':[]}}").ok().at("/add_on/taxes"))).isEmpty();
        chat.post("/customers", "{'customer':{'external_id':'ada','tax_codes':['c']}}").ok();
        chat.post("/customers", "{'customer':{'external_id':'ada','name':'Ada'}}").ok();
        assertThat(codes(chat.get("/customers/ada").ok().at("/customer/taxes"))).containsExactly("c");
        assertThat(codes(chat.get("/customers").ok().at("/customers/0/taxes"))).containsExactly("c");
        chat.put("/add_ons/setup", "{'add_on':{'tax_codes':['none']}}").isNotFound("tax_not_found");
        chat.delete("/taxes/c").ok();
        assertThat(codes(chat.get("/customers/ada").ok().at("/customer/taxes"))).isEmpty();
    }

    @Test
    void plans_charges_and_commitments_have_taxes_that_survive_changes_of_the_plan() {
        ApiClient chat = server.client("chat");
        List.of("a", "b", "c", "d").forEach(code -> tax(chat, code, "5", false));
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}").ok();
        String metric = chat.get("/billable_metrics/calls").at("/billable_metric/lago_id").asText();
        addOn(chat, "");
        JsonNode plan = chat.post("/plans", PLAN.formatted(",'tax_codes':['a'],'minimum_commitment':{'amount_cents':5000,"
                + "'tax_codes':['b']},'charges':[{'billable_metric_id':'" + metric + "','charge_model':'standard',"
                + "'properties':{'amount':'1'},'tax_codes':['c']}],'fixed_charges':[{'add_on_code':'setup','units':'2',"
                + "'charge_model':'standard','properties':{'amount':'1'},'tax_codes':['d']}]")).ok().at("/plan");
        assertTaxes(plan);
        // Nobody is on it, so that it is made anew.
        assertTaxes(chat.put("/plans/pro", "{'plan':{'amount_cents':2000}}").ok().at("/plan"));
        chat.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
        JsonNode started = chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','plan_code':'pro',"
                + "'external_id':'web','plan_overrides':{'amount_cents':3000,'charges':[{'id':'"
                + plan.at("/charges/0/lago_id").asText() + "','tax_codes':['d']}]}}}").ok().at("/subscription/plan");
        assertThat(codes(started.at("/taxes"))).containsExactly("a");
        assertThat(codes(started.at("/charges/0/taxes"))).containsExactly("d");
        assertTaxes(chat.put("/plans/pro", "{'plan':{'amount_cents':2500}}").ok().at("/plan"));
        server.clock().advance(Duration.ofHours(1));
        Reply added = chat.post("/plans/pro/charges", "{'charge':{'code':'more','billable_metric_id':'" + metric
                + "','charge_model':'standard','properties':{'amount':'1'},'tax_codes':['a']}}").ok();
        assertThat(codes(added.at("/charge/taxes"))).containsExactly("a");
        server.clock().advance(Duration.ofHours(1));
        chat.delete("/plans/pro/charges/more").ok();
        server.clock().advance(Duration.ofHours(1));
        added = chat.post("/plans/pro/charges", "{'charge':{'code':'more','billable_metric_id':'" + metric
                + "','charge_model':'standard','properties':{'amount':'1'}}}").ok();
        assertThat(codes(added.at("/charge/taxes"))).isEmpty();
        JsonNode billed = chat.get("/invoices").ok().at("/invoices/0");
        JsonNode invoice = chat.get("/invoices/" + billed.path("lago_id").asText()).ok().at("/invoice");
        assertThat(codes(invoice.at("/applied_taxes"), "tax_code")).contains("a");
    }

    private static void assertTaxes(JsonNode plan) {
        assertThat(codes(plan.at("/taxes"))).containsExactly("a");
        assertThat(codes(plan.at("/minimum_commitment/taxes"))).containsExactly("b");
        assertThat(codes(plan.at("/charges/0/taxes"))).containsExactly("c");
        assertThat(codes(plan.at("/fixed_charges/0/taxes"))).containsExactly("d");
    }

    @Test
    void an_invoice_shows_the_taxes_it_charged_by_the_names_they_have_or_had() {
        ApiClient chat = server.client("chat");
        tax(chat, "vat", "20", true);
        tax(chat, "low", "5.5", false);
        addOn(chat, "");
        chat.post("/customers", "{'customer':{'external_id':'ada'}}").ok();
        JsonNode invoice = sold(chat, ",{'add_on_code':'setup','tax_codes':['low']}").at("/invoice");
        assertThat(invoice.path("taxes_amount_cents").asInt()).isEqualTo(1275);
        assertThat(codes(invoice.at("/applied_taxes"), "tax_code")).containsExactly("vat", "low");
        assertThat(invoice.at("/applied_taxes/1/tax_name").asText()).isEqualTo("Tax low");
        assertThat(invoice.at("/applied_taxes/1/fees_amount_cents").asInt()).isEqualTo(5000);
        assertThat(codes(invoice.at("/fees/1/applied_taxes"), "tax_code")).containsExactly("low");
        String path = "/invoices/" + invoice.path("lago_id").asText();
        chat.put("/taxes/vat", "{'tax':{'rate':50}}").ok();
        chat.delete("/taxes/low").ok();
        JsonNode later = chat.get(path).ok().at("/invoice");
        assertThat(later.path("taxes_amount_cents").asInt()).isEqualTo(1275);
        assertThat(later.at("/applied_taxes/1/tax_name").asText()).isEqualTo("Tax low");
        chat.post("/invoices", "{'invoice':{'external_customer_id':'ada','currency':'CAD','fees':[{'add_on_code':'setup',"
                + "'tax_codes':['low']}]}}").isNotFound("tax_not_found");
    }

    @Test
    void current_usage_shows_what_taxes_it_would_carry() {
        ApiClient chat = server.client("chat");
        tax(chat, "vat", "20", false);
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}").ok();
        String metric = chat.get("/billable_metrics/calls").at("/billable_metric/lago_id").asText();
        chat.post("/plans", PLAN.formatted(",'charges':[{'billable_metric_id':'" + metric + "','charge_model':'standard',"
                + "'properties':{'amount':'3'},'tax_codes':['vat']}]")).ok();
        chat.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','plan_code':'pro','external_id':'web'}}").ok();
        server.clock().advance(Duration.ofMinutes(5));
        chat.post("/events", "{'event':{'transaction_id':'1','external_subscription_id':'web','code':'calls'}}").ok();
        String path = "/customers/ada/current_usage?external_subscription_id=web";
        JsonNode usage = chat.get(path).ok().at("/customer_usage");
        assertThat(usage.path("amount_cents").asInt()).isEqualTo(300);
        assertThat(usage.path("taxes_amount_cents").asInt()).isEqualTo(60);
        assertThat(usage.path("total_amount_cents").asInt()).isEqualTo(360);
        assertThat(chat.get(path + "&apply_taxes=false").ok().at("/customer_usage/total_amount_cents").asInt()).isEqualTo(300);
    }

    private static JsonNode tax(ApiClient client, String code, String rate, boolean all) {
        return client.post("/taxes", "{'tax':{'name':'Tax " + code + "','code':'" + code + "','rate':'" + rate
                + "','applied_to_organization':" + all + "}}").ok().at("/tax");
    }

    private static Reply addOn(ApiClient client, String more) {
        return client.post("/add_ons", "{'add_on':{'name':'Setup','code':'setup','amount_cents':5000,"
                + "'amount_currency':'CAD'" + more + "}}").ok();
    }

    private static Reply sold(ApiClient client, String moreFees) {
        return client.post("/invoices", "{'invoice':{'external_customer_id':'ada','currency':'CAD','fees':["
                + "{'add_on_code':'setup'}" + moreFees + "]}}").ok();
    }

    private static List<String> codes(JsonNode taxes) {
        return codes(taxes, "code");
    }

    private static List<String> codes(JsonNode taxes, String name) {
        return StreamSupport.stream(taxes.spliterator(), false).map(tax -> tax.path(name).asText()).toList();
    }
}
