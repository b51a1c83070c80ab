package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.invoicing.UsageExplanation.Verdict;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainUsageTest {

    private final Shop shop = new Shop();
    private final Subscription web = shop.subscribe("web-1");

    @Test
    void a_record_waits_until_its_period_is_over() {
        shop.use("web-1", MARCH, "498000");
        assertVerdict(MARCH, Verdict.WAITING, "billed when it is over, at " + APRIL);
    }

    @Test
    void a_record_names_the_line_that_counted_it() {
        shop.use("web-1", MARCH, "498000");
        shop.bill(APRIL);
        assertVerdict(MARCH, Verdict.COUNTED, "invoice HOSTING-000001, line 2, counted it");
    }

    @Test
    void within_the_quota_a_record_is_counted_at_no_charge() {
        shop.use("web-1", MARCH, "10");
        shop.bill(APRIL);
        assertVerdict(MARCH, Verdict.COUNTED_AT_NO_CHARGE, "within what the plan includes");
    }

    @Test
    void a_late_record_waits_for_the_next_invoice_and_then_names_the_adjustment() {
        shop.bill(APRIL);
        shop.use("web-1", MARCH, "498000");
        assertVerdict(MARCH, Verdict.WAITING, "the difference goes on the next invoice");
        shop.bill(MAY);
        assertVerdict(MARCH, Verdict.COUNTED, "invoice HOSTING-000002, line 2, counted it");
    }

    @Test
    void a_metric_without_a_charge_is_not_charged() {
        shop.billing.define(Metric.of("calls", Aggregation.COUNT, "call"));
        shop.record(UsageSubmission.event("web-1", "calls", MARCH, "1", MARCH.toString()));
        var key = new UsageKey(web.id(), new MetricCode("calls"), MARCH.toString());
        UsageExplanation explanation = shop.billing.explainUsage().explain(key).orElseThrow();
        assertThat(explanation.verdict()).isEqualTo(Verdict.NOT_CHARGED);
        assertThat(explanation.reason()).isEqualTo("plan starter has no charge on metric calls");
    }

    @Test
    void a_subscription_that_is_not_billed_is_named() {
        shop.use("web-1", MARCH, "1");
        shop.billing.ports().subscriptions().update(List.of(shop.find(web).paused(MARCH)));
        assertVerdict(MARCH, Verdict.NOT_CHARGED, "the subscription is paused");
    }

    @Test
    void a_record_that_the_termination_overtook_is_not_charged() {
        Instant soon = MARCH.plus(Duration.ofMinutes(30));
        shop.use("web-1", soon, "1");
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(APRIL);
        assertVerdict(soon, Verdict.NOT_CHARGED, "after the subscription was terminated at " + MARCH);
    }

    @Test
    void nobody_explains_what_is_not_there() {
        assertThat(shop.billing.explainUsage().explain(key(MARCH))).isEmpty();
    }

    private void assertVerdict(Instant at, Verdict verdict, String reason) {
        UsageExplanation explanation = shop.billing.explainUsage().explain(key(at)).orElseThrow();
        assertThat(explanation.verdict()).isEqualTo(verdict);
        assertThat(explanation.reason()).contains(reason);
    }

    private UsageKey key(Instant at) {
        return new UsageKey(web.id(), new MetricCode(CPU), at.toString());
    }
}
