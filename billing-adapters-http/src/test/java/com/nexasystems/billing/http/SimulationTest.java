package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SimulationTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    private ApiClient chat;

    @BeforeEach
    void company() {
        server.clock().at("2026-02-01T00:00:00Z");
        chat = server.client("chat");
        chat.post("/billable_metrics",
                "{'billable_metric':{'name':'Calls','code':'calls','aggregation_type':'sum_agg','field_name':'n'}}").ok();
        chat.post("/plans", "{'plan':{'name':'Pro','code':'pro','interval':'monthly','amount_cents':2000,"
                + "'amount_currency':'CAD','pay_in_advance':false,'charges':[{'billable_metric_code':'calls',"
                + "'code':'calls','charge_model':'standard','properties':{'amount':'0.10'}}]}}").ok();
        for (String id : new String[] {"ada", "bob"}) {
            chat.post("/customers", "{'customer':{'external_id':'" + id + "'}}").ok();
            chat.post("/subscriptions", "{'subscription':{'external_customer_id':'" + id + "','external_id':'" + id
                    + "','plan_code':'pro'}}").ok();
        }
        chat.post("/events", "{'event':{'transaction_id':'1','external_subscription_id':'ada','code':'calls',"
                + "'properties':{'n':100}}}").ok();
        server.clock().at("2026-03-15T12:00:00Z");
    }

    private Reply simulate(String rest) {
        return chat.post("/simulations", "{'simulation':{'plan_code':'pro','from':'2026-02-01','to':'2026-02-28'," + rest + "}}");
    }

    @Test
    void says_what_other_prices_would_have_changed_and_for_whom_and_bills_nothing() {
        Reply reply = simulate("'plan':{'amount_cents':1500,'charges':[{'billable_metric_code':'calls','code':'calls',"
                + "'charge_model':'standard','properties':{'amount':'0.30'}}]}").ok();
        assertThat(reply.at("/simulation/before_amount_cents").asInt()).isEqualTo(2 * 2000 + 1000);
        assertThat(reply.at("/simulation/after_amount_cents").asInt()).isEqualTo(2 * 1500 + 3000);
        assertThat(reply.at("/simulation/difference_amount_cents").asInt()).isEqualTo(1000);
        assertThat(reply.at("/simulation/pays_more/customers").asInt()).isEqualTo(1);
        assertThat(reply.at("/simulation/pays_less/customers").asInt()).isEqualTo(1);
        assertThat(reply.at("/simulation/largest_changes")).hasSize(2);
        assertThat(chat.get("/invoices").ok().at("/meta/total_count").asInt()).isZero();
        assertThat(chat.get("/plans/pro").ok().at("/plan/amount_cents").asInt()).isEqualTo(2000);
    }

    @Test
    void refuses_what_it_cannot_simulate() {
        simulate("'plan':{'interval':'yearly'}").isInvalid("plan.interval", "value_is_invalid");
        chat.post("/simulations", "{'simulation':{'plan_code':'pro','from':'2026-03-01','to':'2026-02-01',"
                + "'plan':{'amount_cents':1}}}").isInvalid("to", "value_is_out_of_range");
        chat.post("/simulations", "{'simulation':{'plan_code':'pro','plan':{'amount_cents':1}}}")
                .isInvalid("from", "value_is_mandatory").isInvalid("to", "value_is_mandatory");
        server.client("maps").post("/simulations", "{'simulation':{'plan_code':'pro','from':'2026-02-01','to':'2026-02-28',"
                + "'plan':{'amount_cents':1}}}").isNotFound("plan_not_found");
    }
}
