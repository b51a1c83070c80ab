package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalletTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void customer() {
        chat = server.client("chat");
        chat.post("/customers", "{'customer':{'external_id':'ada','currency':'CAD'}}").ok();
    }

    @Test
    void a_wallet_is_created_shown_changed_and_terminated() {
        JsonNode made = wallet(",'name':'Tokens','granted_credits':'10.5','priority':3,'metadata':{'team':'red'}");
        assertThat(made.path("credits_balance").asText()).isEqualTo("10.5");
        assertThat(made.path("balance_cents").asInt()).isEqualTo(2100);
        assertThat(made.path("rate_amount").asText()).isEqualTo("2.0");
        assertThat(made.at("/metadata/team").asText()).isEqualTo("red");
        String path = "/wallets/" + made.path("lago_id").asText();
        assertThat(chat.get(path).ok().at("/wallet")).isEqualTo(made);
        JsonNode changed = chat.put(path, "{'wallet':{'name':'New','expiration_at':'2027-01-01T00:00:00Z'}}").ok().at("/wallet");
        assertThat(changed.path("name").asText()).isEqualTo("New");
        assertThat(changed.path("priority").asInt()).isEqualTo(3);
        assertThat(changed.path("expiration_at").asText()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(chat.get("/wallets?external_customer_id=ada").ok().at("/wallets/0")).isEqualTo(changed);
        JsonNode ended = chat.delete(path).ok().at("/wallet");
        assertThat(ended.path("status").asText()).isEqualTo("terminated");
        assertThat(ended.path("terminated_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        assertThat(ended.path("credits_balance").asText()).isEqualTo("0.0");
        chat.post("/wallet_transactions", "{'wallet_transaction':{'wallet_id':'" + made.path("lago_id").asText()
                + "','granted_credits':'1'}}").isInvalid("wallet_id", "wallet_is_terminated");
    }

    @Test
    void paid_credits_are_invoiced_and_there_when_that_is_paid() {
        String id = wallet(",'paid_credits':'5','granted_credits':'1'").path("lago_id").asText();
        assertThat(balance(id)).isEqualTo("1.0");
        JsonNode invoice = chat.get("/invoices?external_customer_id=ada").ok().at("/invoices/0");
        assertThat(invoice.path("invoice_type").asText()).isEqualTo("credit");
        assertThat(invoice.path("total_amount_cents").asInt()).isEqualTo(1000);
        JsonNode bought = chat.get("/wallets/" + id + "/wallet_transactions?transaction_status=purchased").ok()
                .at("/wallet_transactions/0");
        assertThat(bought.path("status").asText()).isEqualTo("pending");
        assertThat(bought.path("lago_invoice_id")).isEqualTo(invoice.path("lago_id"));
        assertThat(bought.path("amount").asText()).isEqualTo("10.00");
        String path = "/invoices/" + invoice.path("lago_id").asText();
        chat.put(path, "{'invoice':{'payment_status':'succeeded'}}").ok();
        chat.put(path, "{'invoice':{'payment_status':'succeeded'}}").ok();
        assertThat(balance(id)).isEqualTo("6.0");
        JsonNode settled = chat.get("/wallet_transactions/" + bought.path("lago_id").asText()).ok().at("/wallet_transaction");
        assertThat(settled.path("status").asText()).isEqualTo("settled");
        assertThat(settled.path("remaining_credit_amount").asText()).isEqualTo("5.0");
    }

    @Test
    void credits_pay_invoices_and_are_voided() {
        String id = wallet(",'granted_credits':'4'").path("lago_id").asText();
        chat.post("/plans", "{'plan':{'name':'Pro','code':'pro','interval':'monthly','amount_cents':500,"
                + "'amount_currency':'CAD','pay_in_advance':true}}").ok();
        chat.post("/subscriptions", "{'subscription':{'external_customer_id':'ada','plan_code':'pro','external_id':'web',"
                + "'billing_time':'anniversary'}}").ok();
        assertThat(chat.get("/invoices").ok().at("/invoices/0/prepaid_credit_amount_cents").asInt()).isEqualTo(500);
        JsonNode wallet = chat.get("/wallets/" + id).ok().at("/wallet");
        assertThat(wallet.path("credits_balance").asText()).isEqualTo("1.5");
        assertThat(wallet.path("consumed_credits").asText()).isEqualTo("2.5");
        assertThat(wallet.path("last_consumed_credit_at").asText()).isEqualTo("2026-03-15T12:00:00Z");
        topUp(id, "'voided_credits':'2'").isInvalid("voided_credits", "insufficient_credits");
        JsonNode voided = topUp(id, "'voided_credits':'1.5'").ok().at("/wallet_transactions/0");
        assertThat(voided.path("transaction_status").asText()).isEqualTo("voided");
        assertThat(voided.path("transaction_type").asText()).isEqualTo("outbound");
        assertThat(balance(id)).isEqualTo("0.0");
        String list = "/wallets/" + id + "/wallet_transactions";
        assertThat(chat.get(list).ok().at("/wallet_transactions/0/transaction_status").asText()).isEqualTo("voided");
        assertThat(total(list)).isEqualTo(3);
        assertThat(total(list + "?transaction_type=inbound")).isEqualTo(1);
        assertThat(total(list + "?transaction_status=invoiced&status=settled")).isEqualTo(1);
    }

    @Test
    void rules_top_up_by_interval_and_threshold() {
        JsonNode made = wallet(",'recurring_transaction_rules':[{'trigger':'interval','interval':'monthly',"
                + "'granted_credits':'7','started_at':'2026-03-20T00:00:00Z'},{'trigger':'threshold','threshold_credits':'1',"
                + "'method':'target','target_ongoing_balance':'3'}]");
        String id = made.path("lago_id").asText();
        JsonNode rule = made.at("/recurring_transaction_rules/0");
        assertThat(rule.path("interval").asText()).isEqualTo("monthly");
        assertThat(rule.path("started_at").asText()).isEqualTo("2026-03-20T00:00:00Z");
        assertThat(made.at("/recurring_transaction_rules/1/target_ongoing_balance").asText()).isEqualTo("3.0");
        JsonNode kept = chat.put("/wallets/" + id, "{'wallet':{'recurring_transaction_rules':[{'lago_id':'"
                + rule.path("lago_id").asText() + "','trigger':'interval','interval':'monthly','granted_credits':'7'}]}}").ok()
                .at("/wallet/recurring_transaction_rules");
        assertThat(kept).hasSize(1);
        assertThat(kept.at("/0/started_at")).isEqualTo(rule.path("started_at"));
        server.clock().advance(Duration.ofDays(6));
        server.billing().topUpRules().apply(server.clock().instant(), any -> { });
        assertThat(balance(id)).isEqualTo("7.0");
        chat.put("/wallets/" + id, "{'wallet':{'recurring_transaction_rules':[{'trigger':'threshold','threshold_credits':'9',"
                + "'paid_credits':'2'}]}}").ok();
        server.billing().topUpRules().apply(server.clock().instant(), any -> { });
        assertThat(server.billing().billPurchases().bill()).isEqualTo(1);
        assertThat(server.billing().billPurchases().bill()).isZero();
        assertThat(chat.get("/invoices").ok().at("/invoices/0/total_amount_cents").asInt()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'currency':'CAD'                                                                        | rate_amount   | value_is_mandatory
            'rate_amount':'1'                                                                       | currency      | value_is_mandatory
            'rate_amount':'0','currency':'CAD'                                                      | rate_amount   | value_is_out_of_range
            'rate_amount':'1','currency':'EUR'                                                      | currency      | currencies_does_not_match
            'rate_amount':'1','currency':'CAD','granted_credits':'-1'                               | granted_credits | invalid_granted_credits
            'rate_amount':'1','currency':'CAD','paid_credits':'x'                                   | paid_credits  | invalid_paid_credits
            'rate_amount':'1','currency':'CAD','priority':51                                        | priority      | value_is_out_of_range
            'rate_amount':'1','currency':'CAD','expiration_at':'2020-01-01'                         | expiration_at | invalid_date
            'rate_amount':'1','currency':'CAD','applies_to':{'fee_types':['charge']}                | applies_to    | value_is_invalid
            'rate_amount':'1','currency':'CAD','paid_top_up_min_amount_cents':100                   | paid_top_up_min_amount_cents | value_is_invalid
            'rate_amount':'1','currency':'CAD','invoice_requires_successful_payment':true           | invoice_requires_successful_payment | value_is_invalid
            'rate_amount':'1','currency':'CAD','recurring_transaction_rules':[{'trigger':'interval','granted_credits':'1'}] | recurring_transaction_rules[0].interval | value_is_mandatory
            'rate_amount':'1','currency':'CAD','recurring_transaction_rules':[{'trigger':'threshold','granted_credits':'1'}] | recurring_transaction_rules[0].threshold_credits | value_is_mandatory
            """)
    void a_wallet_that_makes_no_sense_is_refused(String fields, String field, String code) {
        chat.post("/wallets", "{'wallet':{'external_customer_id':'ada'," + fields + "}}").isInvalid(field, code);
        assertThat(total("/wallets?external_customer_id=ada")).isZero();
    }

    @Test
    void wallets_of_one_service_are_not_there_for_another() {
        String id = wallet(",'granted_credits':'4'").path("lago_id").asText();
        String transaction = chat.get("/wallets/" + id + "/wallet_transactions").ok()
                .at("/wallet_transactions/0/lago_id").asText();
        ApiClient maps = server.client("maps");
        maps.post("/customers", "{'customer':{'external_id':'ada'}}").ok();
        maps.get("/wallets/" + id).isNotFound("wallet_not_found");
        maps.put("/wallets/" + id, "{'wallet':{'name':'x'}}").isNotFound("wallet_not_found");
        maps.delete("/wallets/" + id).isNotFound("wallet_not_found");
        maps.get("/wallets/" + id + "/wallet_transactions").isNotFound("wallet_not_found");
        maps.get("/wallet_transactions/" + transaction).isNotFound("wallet_transaction_not_found");
        maps.post("/wallet_transactions", "{'wallet_transaction':{'wallet_id':'" + id + "','granted_credits':'1'}}")
                .isInvalid("wallet_id", "wallet_not_found");
        assertThat(maps.get("/wallets?external_customer_id=ada").ok().at("/meta/total_count").asInt()).isZero();
        maps.get("/wallets?external_customer_id=bob").isNotFound("customer_not_found");
        maps.get("/wallets").isNotFound("customer_not_found");
    }

    @Test
    void a_metric_that_a_wallet_is_limited_to_stays_what_it_is() {
        chat.post("/billable_metrics", "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'count_agg'}}").ok();
        JsonNode made = wallet(",'applies_to':{'billable_metric_codes':['calls']}");
        assertThat(made.at("/applies_to/billable_metric_codes").toString()).isEqualTo("[\"calls\"]");
        chat.put("/billable_metrics/calls", "{'billable_metric':{'aggregation_type':'max_agg','field_name':'x'}}")
                .isInvalid("billable_metric", "value_is_invalid");
        chat.post("/wallets", "{'wallet':{'external_customer_id':'ada','rate_amount':'1','currency':'CAD',"
                + "'applies_to':{'billable_metric_codes':['none']}}}").isNotFound("billable_metrics_not_found");
    }

    private JsonNode wallet(String more) {
        return chat.post("/wallets", "{'wallet':{'external_customer_id':'ada','rate_amount':'2.0','currency':'CAD'" + more
                + "}}").ok().at("/wallet");
    }

    private Reply topUp(String wallet, String credits) {
        return chat.post("/wallet_transactions", "{'wallet_transaction':{'wallet_id':'" + wallet + "'," + credits + "}}");
    }

    private String balance(String wallet) {
        return chat.get("/wallets/" + wallet).ok().at("/wallet/credits_balance").asText();
    }

    private int total(String path) {
        return chat.get(path).ok().at("/meta/total_count").asInt();
    }
}
