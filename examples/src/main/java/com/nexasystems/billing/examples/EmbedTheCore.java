package com.nexasystems.billing.examples;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;

/** The engine in memory: from a plan and a counter to an explained invoice. */
public final class EmbedTheCore {

    private EmbedTheCore() {
    }

    public static void main(String[] args) {
        System.out.print(anExplainedInvoice());
    }

    static String anExplainedInvoice() {
        // tag::readme[]
        var march = Instant.parse("2026-03-01T00:00:00Z");
        var april = Instant.parse("2026-04-01T00:00:00Z");
        var billing = Billing.inMemory(Clock.fixed(april, ZoneOffset.UTC));
        var hosting = billing.register("hosting", "Hosting");
        var cpu = billing.define(Metric.of("cpu_seconds", Aggregation.SUM, "CPU-second"));
        var plan = billing.plans().publish(Plan.of("starter", Interval.MONTHLY, false,
                Money.of(Currency.getInstance("CAD"), "20.00"), march,
                Charge.of(cpu.code(), Quota.of("18000"), Standard.of("0.0075", "3600"))));
        var customer = billing.customers().resolveAll(hosting.id(), List.of(Account.of("ada")),
                known -> known.withAddress(Address.in("CA", "ON"))).get(0);
        billing.subscriptions().start(hosting.id(),
                new Request(customer, "web-1", plan.code(), BillingTime.CALENDAR, march));
        billing.usage().record(hosting, List.of(UsageSubmission.counter("web-1", "cpu_seconds",
                march, march.plusSeconds(3600), "25200", "2026-03-01T00")));
        billing.billingRun().run(april, 1, drafted -> { });
        billing.finalise().finalise(april, invoice -> { });
        return InvoiceText.explain(billing.ports().invoices().list(InvoiceQuery.ALL).get(0));
        // end::readme[]
    }
}
