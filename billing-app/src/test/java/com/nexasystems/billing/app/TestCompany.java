package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** A service with subscriptions since New Year 2026, and one record of usage each. */
final class TestCompany {

    static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private TestCompany() {
    }

    static Service on(Billing billing, int subscriptions) {
        Service service = billing.register("hosting", "Hosting");
        billing.define(Metric.of("cpu", Aggregation.SUM, "s"));
        Plan plan = billing.plans().publish(Plan.of("starter", Interval.MONTHLY, false,
                Money.of(Currency.getInstance("CAD"), "20"), NEW_YEAR,
                Charge.of(new MetricCode("cpu"), Quota.of("5"), Standard.of("0.01", "1"))));
        Customer ada = billing.customers().resolveAll(service.id(), List.of(Account.of("ada")), known -> known).get(0);
        billing.subscriptions().startAll(service.id(), IntStream.range(0, subscriptions)
                .mapToObj(i -> new Request(ada, "web-" + i, plan.code(), BillingTime.CALENDAR, NEW_YEAR)).toList());
        billing.usage().record(service, IntStream.range(0, subscriptions)
                .mapToObj(i -> UsageSubmission.counter("web-" + i, "cpu", NEW_YEAR.plusSeconds(7200),
                        NEW_YEAR.plusSeconds(10_800), "7", "key")).toList());
        return service;
    }
}
