package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CouponTest {

    private static final String FIXED = "'name':'Welcome','code':'welcome','coupon_type':'fixed_amount','amount_cents':300,"
            + "'amount_currency':'CAD','frequency':'once','expiration':'no_expiration'";

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void customer_and_plan() {
        chat = server.client("chat");
        chat.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
        chat.post("/plans", "{'plan':{'name':'Pro','code':'pro','interval':'monthly','amount_cents':1000,"
                + "'amount_currency':'CAD','pay_in_advance':true}}").ok();
    }

    @Test
    void a_coupon_is_created_shown_changed_and_removed() {
        JsonNode made = coupon(FIXED + ",'description':'d'").at("/coupon");
        assertThat(made.path("amount_cents").asInt()).isEqualTo(300);
        assertThat(made.path("reusable").asBoolean()).isTrue();
        assertThat(made.path("percentage_rate").isNull()).isTrue();
        assertThat(chat.get("/coupons/welcome").ok().at("/coupon")).isEqualTo(made);
        JsonNode changed = chat.put("/coupons/welcome", "{'coupon':{'coupon_type':'percentage','percentage_rate':'12.5',"
                + "'frequency':'recurring','frequency_duration':3,'expiration':'time_limit',"
                + "'expiration_at':'2026-12-31T00:00:00Z','applies_to':{'plan_codes':['pro']}}}").ok().at("/coupon");
        assertThat(changed.path("percentage_rate").asText()).isEqualTo("12.5");
        assertThat(changed.path("frequency_duration").asInt()).isEqualTo(3);
        assertThat(changed.path("plan_codes").toString()).isEqualTo("[\"pro\"]");
        assertThat(changed.path("limited_plans").asBoolean()).isTrue();
        assertThat(changed.path("expiration_at").asText()).isEqualTo("2026-12-31T00:00:00Z");
        assertThat(chat.get("/coupons").ok().at("/coupons/0")).isEqualTo(changed);
        assertThat(chat.delete("/coupons/welcome").ok().at("/coupon/terminated_at").isNull()).isFalse();
        chat.get("/coupons/welcome").isNotFound("coupon_not_found");
        assertThat(coupon(FIXED).at("/coupon/lago_id")).isNotEqualTo(made.path("lago_id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'code':'a','coupon_type':'percentage','percentage_rate':'1','frequency':'once'                         | name               | value_is_mandatory
            'name':'a','coupon_type':'percentage','percentage_rate':'1','frequency':'once'                         | code               | value_is_mandatory
            'name':'a','code':'a','percentage_rate':'1','frequency':'once'                                         | coupon_type        | value_is_mandatory
            'name':'a','code':'a','coupon_type':'gift','percentage_rate':'1','frequency':'once'                    | coupon_type        | value_is_invalid
            'name':'a','code':'a','coupon_type':'percentage','frequency':'once'                                    | percentage_rate    | value_is_mandatory
            'name':'a','code':'a','coupon_type':'percentage','percentage_rate':'101','frequency':'once'            | percentage_rate    | value_is_out_of_range
            'name':'a','code':'a','coupon_type':'percentage','percentage_rate':'1'                                 | frequency          | value_is_mandatory
            'name':'a','code':'a','coupon_type':'percentage','percentage_rate':'1','frequency':'recurring'         | frequency_duration | value_is_mandatory
            'name':'a','code':'a','coupon_type':'fixed_amount','amount_currency':'CAD','frequency':'once'          | amount_cents       | value_is_mandatory
            'name':'a','code':'a','coupon_type':'fixed_amount','amount_cents':1,'frequency':'once'                 | amount_currency    | value_is_mandatory
            'name':'a','code':'a','coupon_type':'fixed_amount','amount_cents':0,'amount_currency':'CAD','frequency':'once' | amount_cents | value_is_out_of_range
            'name':'a','code':'a','coupon_type':'percentage','percentage_rate':'1','frequency':'once','expiration':'time_limit' | expiration_at | invalid_date
            'name':'a','code':'a','coupon_type':'percentage','percentage_rate':'1','frequency':'once','expiration':'time_limit','expiration_at':'2020-01-01' | expiration_at | invalid_date
            'name':'a','code':'welcome','coupon_type':'percentage','percentage_rate':'1','frequency':'once'        | code               | value_already_exist
            """)
    void a_coupon_that_makes_no_sense_is_refused(String fields, String field, String code) {
        coupon(FIXED);
        chat.post("/coupons", "{'coupon':{" + fields + "}}").isInvalid(field, code);
        assertThat(chat.get("/coupons").ok().at("/meta/total_count").asInt()).isEqualTo(1);
    }

    @Test
    void limits_name_plans_or_metrics_that_are_there() {
        String limited = "{'coupon':{" + FIXED + ",'applies_to':%s}}";
        chat.post("/coupons", limited.formatted("{'plan_codes':['none']}")).isNotFound("plans_not_found");
        chat.post("/coupons", limited.formatted("{'billable_metric_codes':['none']}")).isNotFound("billable_metrics_not_found");
        chat.post("/coupons", limited.formatted("{'plan_codes':['pro'],'billable_metric_codes':['x']}"))
                .isNotAllowed("only_one_limitation_type_per_coupon_allowed");
    }

    @Test
    void a_coupon_comes_off_invoices_until_it_is_used_up() {
        coupon(FIXED);
        JsonNode applied = apply("").ok().at("/applied_coupon");
        assertThat(applied.path("amount_cents_remaining").asInt()).isEqualTo(300);
        assertThat(applied.path("status").asText()).isEqualTo("active");
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','plan_code':'pro','external_id':'web',"
                + "'billing_time':'anniversary'}}").ok();
        JsonNode invoice = chat.get("/invoices").ok().at("/invoices/0");
        assertThat(invoice.path("coupons_amount_cents").asInt()).isEqualTo(300);
        JsonNode used = chat.get("/applied_coupons?external_customer_id=ada&status=terminated").ok().at("/applied_coupons/0");
        assertThat(used.path("lago_id")).isEqualTo(applied.path("lago_id"));
        assertThat(used.path("amount_cents_remaining").asInt()).isZero();
        assertThat(used.at("/credits/0/amount_cents").asInt()).isEqualTo(300);
        assertThat(used.at("/credits/0/invoice/lago_id")).isEqualTo(invoice.path("lago_id"));
        assertThat(total("/applied_coupons?status=active")).isZero();
    }

    @Test
    void customers_may_have_terms_of_their_own_and_lose_a_coupon_again() {
        coupon(FIXED);
        JsonNode own = apply(",'percentage_rate':'20','frequency':'forever'").ok().at("/applied_coupon");
        assertThat(own.path("percentage_rate").asText()).isEqualTo("20.0");
        assertThat(own.path("frequency").asText()).isEqualTo("forever");
        apply("").ok();
        assertThat(total("/applied_coupons?coupon_code[]=welcome")).isEqualTo(2);
        assertThat(total("/customers/ada/applied_coupons")).isEqualTo(2);
        assertThat(total("/applied_coupons?coupon_code[]=none")).isZero();
        String path = "/customers/ada/applied_coupons/" + own.path("lago_id").asText();
        JsonNode ended = chat.delete(path).ok().at("/applied_coupon");
        assertThat(ended.path("status").asText()).isEqualTo("terminated");
        assertThat(ended.path("terminated_at").isNull()).isFalse();
        chat.delete("/coupons/welcome").ok();
        assertThat(total("/applied_coupons?status=active")).isZero();
        assertThat(chat.get("/applied_coupons").ok().at("/applied_coupons/0/coupon_code").asText()).isEqualTo("welcome");
    }

    @Test
    void a_coupon_that_cannot_be_given_is_refused() {
        coupon(FIXED + ",'reusable':false");
        apply("").ok();
        apply("").isInvalid("coupon", "coupon_is_not_reusable");
        apply(",'amount_cents':100,'amount_currency':'EUR'").isInvalid("currency", "currencies_does_not_match");
        chat.post("/applied_coupons", "{'applied_coupon':{'external_customer_id':'bob','coupon_code':'welcome'}}")
                .isNotFound("customer_not_found");
        chat.post("/applied_coupons", "{'applied_coupon':{'external_customer_id':'ada','coupon_code':'none'}}")
                .isNotFound("coupon_not_found");
        chat.post("/applied_coupons", "{'applied_coupon':{'coupon_code':'welcome'}}")
                .isInvalid("external_customer_id", "value_is_mandatory");
        chat.put("/coupons/welcome", "{'coupon':{'expiration':'time_limit','expiration_at':'2026-03-16'}}").ok();
        server.clock().advance(Duration.ofDays(2));
        apply("").isNotFound("coupon_not_found");
        chat.delete("/customers/ada/applied_coupons/none").isNotFound("applied_coupon_not_found");
    }

    @Test
    void coupons_of_one_service_are_not_there_for_another() {
        coupon(FIXED);
        String applied = apply("").ok().at("/applied_coupon/lago_id").asText();
        ApiClient maps = server.client("maps");
        maps.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
        maps.get("/coupons/welcome").isNotFound("coupon_not_found");
        maps.delete("/coupons/welcome").isNotFound("coupon_not_found");
        maps.post("/applied_coupons", "{'applied_coupon':{'external_customer_id':'ada','coupon_code':'welcome'}}")
                .isNotFound("coupon_not_found");
        maps.delete("/customers/ada/applied_coupons/" + applied).isNotFound("applied_coupon_not_found");
        assertThat(maps.get("/applied_coupons").ok().at("/meta/total_count").asInt()).isZero();
        maps.post("/coupons", "{'coupon':{" + FIXED + "}}").ok();
    }

    @Test
    void a_plan_that_a_coupon_is_limited_to_stays_what_it_is() {
        coupon(FIXED + ",'applies_to':{'plan_codes':['pro']}");
        server.clock().advance(Duration.ofHours(1));
        chat.put("/plans/pro", "{'plan':{'amount_cents':2000}}").ok();
        assertThat(chat.get("/coupons/welcome").ok().at("/coupon/plan_codes").toString()).isEqualTo("[\"pro\"]");
        chat.put("/plans/pro", "{'plan':{'interval':'yearly'}}").isInvalid("plan", "value_is_invalid");
    }

    private Reply coupon(String fields) {
        return chat.post("/coupons", "{'coupon':{" + fields + "}}").ok();
    }

    private Reply apply(String more) {
        return chat.post("/applied_coupons", "{'applied_coupon':{'external_customer_id':'ada','coupon_code':'welcome'" + more
                + "}}");
    }

    private int total(String path) {
        return chat.get(path).ok().at("/meta/total_count").asInt();
    }
}
