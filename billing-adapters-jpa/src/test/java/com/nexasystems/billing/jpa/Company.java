package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A service with many subscriptions to one plan, all of which began on New Year's Day. */
final class Company {

    static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");

    private static final List<String> METRICS = List.of("cpu_seconds", "requests");

    private final Billing billing;
    private final Service service;

    private Company(Billing billing, Service service) {
        this.billing = billing;
        this.service = service;
    }

    static Company with(Ports ports, int subscriptions) {
        Billing billing = engine(ports);
        Service service = billing.register("hosting", "Hosting");
        METRICS.forEach(code -> billing.define(Metric.of(code, Aggregation.SUM, "unit")));
        billing.plans().publish(Plan.of("starter", Interval.MONTHLY, false,
                Money.of(Currency.getInstance("CAD"), "20"), NEW_YEAR, METRICS.stream()
                        .map(code -> Charge.of(new MetricCode(code), Quota.of("5"), Standard.of("0.0075", "3")))
                        .toArray(Charge[]::new)));
        List<Customer> customers = billing.customers().resolveAll(service.id(),
                IntStream.range(0, subscriptions).mapToObj(i -> Account.of("user-" + i)).toList(),
                known -> known.withAddress(Address.in("CA", "ON")));
        ports.unitOfWork().run(() -> ports.taxRates().add(new TaxRate(new Jurisdiction("CA-ON"), "HST-ON",
                List.of(new TaxRate.Component("HST", new BigDecimal("13"))), LocalDate.of(2026, 1, 1), Optional.empty())));
        billing.subscriptions().startAll(service.id(), IntStream.range(0, subscriptions)
                .mapToObj(i -> new StartSubscription.Request(customers.get(i), externalId(i), new PlanCode("starter"),
                        StartSubscription.BillingTime.CALENDAR, NEW_YEAR)).toList());
        return new Company(billing, service);
    }

    /** The same engine on another node. */
    static Billing engine(Ports ports) {
        return Billing.over(ports).clock(Clock.fixed(FEBRUARY.plus(Duration.ofDays(3)), ZoneOffset.UTC)).build();
    }

    Billing billing() {
        return billing;
    }

    Service service() {
        return service;
    }

    /** A batch of records of January, one per hour, subscription after subscription, then metric after metric. */
    List<UsageSubmission> usage(int from, int until, int subscriptions) {
        return IntStream.range(from, until).mapToObj(i -> {
            int round = i / subscriptions;
            Instant start = NEW_YEAR.plus(Duration.ofHours(round / METRICS.size() % 700));
            return UsageSubmission.counter(externalId(i % subscriptions), METRICS.get(round % METRICS.size()), start,
                    start.plus(Duration.ofHours(1)), "12.5", "key-" + i);
        }).toList();
    }

    private static String externalId(int i) {
        return "deployment-" + i;
    }
}
