package com.nexasystems.billing.simulation;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.reference.RandomCharges;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;

/** What a company begins with: services, customers all over the world, metrics and plans. */
final class Company {

    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");
    private static final List<String> ZONES = List.of("UTC", "America/Toronto", "America/Havana", "Australia/Lord_Howe",
            "Pacific/Apia", "Asia/Beirut", "America/St_Johns");
    private static final List<String> PROVINCES = List.of("ON", "QC", "AB", "BC", "NS");

    private final SplittableRandom random;
    private final Billing billing;
    final List<Service> services;
    final List<Metric> metrics;
    final List<Plan> plans = new ArrayList<>();
    final List<Customer> customers = new ArrayList<>();

    Company(SplittableRandom random, Billing billing) {
        this.random = random;
        this.billing = billing;
        this.services = List.of(billing.register("hosting", "Hosting"), billing.register("chat", "Chat"));
        this.metrics = List.of(
                billing.define(Metric.of("cpu", Aggregation.SUM, "CPU-second")),
                billing.define(Metric.of("calls", Aggregation.COUNT, "call")),
                billing.define(Metric.of("peak", Aggregation.MAX, "byte")),
                billing.define(Metric.of("seats", Aggregation.LATEST, "seat")),
                billing.define(Metric.of("level", Aggregation.WEIGHTED_SUM, "volume")),
                billing.define(Metric.uniqueCount("users", "user", "user")));
        for (int i = 0; i < 4; i++) {
            plans.add(billing.plans().publish(plan("plan-" + i)));
        }
        for (int i = 0; i < 5; i++) {
            customers.add(customer("customer-" + i));
        }
    }

    static BillingPolicy policy(SplittableRandom random) {
        var tax = new TaxPolicy(Cases.oneOf(random, TaxPolicy.Level.values()),
                Cases.oneOf(random, RoundingMode.HALF_UP, RoundingMode.HALF_EVEN));
        return BillingPolicy.DEFAULT.with(tax).with(Cases.oneOf(random, ProrationPolicy.values()))
                .withGrace(Cases.oneOf(random, Duration.ZERO, Duration.ofDays(2), Duration.ofDays(9)));
    }

    /** Charges on one to three of the metrics, by any model that fits. */
    List<Charge> charges() {
        return Cases.shuffled(random, metrics).subList(0, random.nextInt(1, 4)).stream()
                .map(metric -> new RandomCharges(random, BigDecimal.valueOf(5)).chargeOn(metric)).toList();
    }

    Money flatPrice(Currency currency) {
        return Money.ofMinor(currency, BigInteger.valueOf(Cases.chance(random, 20) ? 0 : random.nextInt(5000)));
    }

    private Plan plan(String code) {
        Currency currency = Currency.getInstance(Cases.oneOf(random, "CAD", "CAD", "JPY", "KWD"));
        Interval interval = Cases.oneOf(random, Interval.WEEKLY, Interval.MONTHLY, Interval.MONTHLY, Interval.QUARTERLY);
        return Plan.of(code, interval, random.nextBoolean(), flatPrice(currency), LONG_AGO, charges().toArray(Charge[]::new));
    }

    private Customer customer(String name) {
        ZoneId zone = ZoneId.of(Cases.oneOf(random, ZONES));
        Address address = Address.in("CA", Cases.oneOf(random, PROVINCES));
        boolean taxed = Cases.chance(random, 70);
        return billing.customers().resolveAll(services.get(0).id(), List.of(Account.of(name)), known -> {
            Customer placed = known.withZone(zone).withAddress(address);
            return taxed ? placed : placed.exempt();
        }).get(0);
    }
}
