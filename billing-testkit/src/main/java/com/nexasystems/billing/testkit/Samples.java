package com.nexasystems.billing.testkit;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.UsageThreshold;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.Unit;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.Subscription;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Examples for tests: say what the test is about, the rest has a default. The ids follow from the names, so that the same
 * example is the same thing wherever it is written.
 */
public final class Samples {

    public static final Currency CAD = Currency.getInstance("CAD");
    public static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    /** The first instant of 2026 in UTC, when the sample subscriptions start. */
    public static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    /** Summed, unrounded. */
    public static final Metric CPU = Metric.of("cpu_seconds", Aggregation.SUM, "CPU-second");

    /** Codes that a locale would sort in another way than their characters do. */
    static final List<String> CODES_SORTED = List.of("10", "9", "B", "_a", "a", "a b", "a-c", "ab", "b", "é");
    static final List<String> CODES_SHUFFLED = List.of("é", "b", "a-c", "10", "B", "ab", "a", "9", "_a", "a b");

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private Samples() {
    }

    /** An id that follows from the text. */
    public static UUID id(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An active service without keys. */
    public static Service service(String code) {
        return Service.of(new ServiceId(id("service " + code)), code, code);
    }

    /** A customer of whom only the name is known. */
    public static Customer customer(String name) {
        return Customer.named(new CustomerId(id("customer " + name)), name);
    }

    /** A customer of whom everything is known. */
    public static Customer richCustomer(String name) {
        var address = new Address(Optional.of("1, rue de l’Église"), Optional.of("Étage 2"), Optional.of("Montréal"),
                Optional.of("QC"), Optional.of("H2Y 1C6"), "CA");
        return new Customer(new CustomerId(id("customer " + name)), name, Optional.of(id(name) + "@example.com"),
                Optional.of(address), Optional.of("123456789 RT0001"), true, Optional.of(CAD), Optional.of("cus_" + name),
                TORONTO, Locale.CANADA_FRENCH);
    }

    /** A metric of that aggregation, named after it; distinct values are those of {@code user_id}. */
    public static Metric metric(Aggregation aggregation) {
        return metric(aggregation, QuantityRounding.NONE);
    }

    public static Metric metric(Aggregation aggregation, QuantityRounding rounding) {
        Optional<String> property = Optional.of("user_id").filter(name -> aggregation == Aggregation.UNIQUE_COUNT);
        String code = aggregation.code() + "-" + rounding.mode() + "-" + rounding.scale();
        return new Metric(new MetricCode(code), "Größe «" + code + "» 📈", aggregation, property, new Unit("Stück"),
                rounding, aggregation.canRecur(), Map.of("region", List.of("nord-süd", "b", "a"), "ü", List.of()));
    }

    /** Monthly, in arrears, 20.00 CAD, with 18 000 CPU-seconds included and 0.0075 for each 3 600 beyond. */
    public static Plan plan(String code) {
        return Plan.of(code, Interval.MONTHLY, false, Money.of(CAD, "20.00"), LONG_AGO,
                Charge.of(CPU.code(), Quota.of("18000"), Standard.of("0.0075", "3600")));
    }

    /** Two versions; the first one has a charge of every model, with the limits of every number among them. */
    public static Plan richPlan(String code) {
        List<Charge> charges = models().stream().map(Samples::charge).toList();
        return new Plan(new PlanCode(code), "Überplan «" + code + "» 🚀", CAD, Interval.QUARTERLY, true, true,
                new PlanTerms(14, true, true, Optional.of(new PlanCode("parent of " + code))), List.of(
                new PlanVersion(1, LONG_AGO, Money.of(CAD, "1234567890123456.78"), charges, fixedCharges(),
                        Optional.of(Money.of(CAD, "99.99")), List.of(
                                new UsageThreshold("première", Money.of(CAD, "10.00"), false),
                                new UsageThreshold("zweite", Money.of(CAD, "20.00"), false),
                                new UsageThreshold("every", Money.of(CAD, "5.00"), true))),
                new PlanVersion(2, Instant.parse("2026-02-03T04:05:06.789012Z"), Money.zero(CAD), List.of())));
    }

    /** One of each charge model, with every field of it in use. */
    public static List<ChargeModel> models() {
        Tiers tiers = Tiers.of(Tier.upTo("10", "0.000000000001", "1.5"), Tier.upTo("10.5", "0", "0"),
                Tier.rest("99999999999999999999999999.999999999999", "0.01"));
        return List.of(Standard.of("0.0075", "3600"), PackageModel.of("5", "1000.5", "100"),
                new Graduated(tiers, new BigDecimal("7")), new Volume(tiers, new BigDecimal("0.25")),
                Percentage.of("1.25", "0.3"), Percentage.of("0.000000000001", "0").free(3, "500").clamped("0.5", "12.25"),
                new GraduatedPercentage(Tiers.of(Tier.rest("2.9", "0"))), new Dynamic());
    }

    private static Charge charge(ChargeModel model) {
        Quota quota = model.allowsQuota() ? Quota.of("0.000000000001") : Quota.NONE;
        return new Charge(id(model.toString()).toString(), "Gebühr " + model.code() + " ü", CPU.code(), quota, model,
                terms(model));
    }

    /** Each in use on some model: in advance excludes a minimum. */
    private static ChargeTerms terms(ChargeModel model) {
        boolean inAdvance = model instanceof PackageModel;
        var cheap = new ChargeFilter("nord", Map.of("region", List.of("nord-süd", "a"), "ü", List.of()),
                model.allowsQuota() ? Quota.of("7.5") : Quota.NONE, model, List.of("land", "ß"));
        var dear = new ChargeFilter("«b»", Map.of("region", List.of("b")), Quota.NONE,
                new Graduated(Tiers.of(Tier.upTo("1", "2", "3"), Tier.rest("4", "5")), new BigDecimal("6")));
        return model instanceof Dynamic ? ChargeTerms.PLAIN : new ChargeTerms(inAdvance, model instanceof Standard,
                new BigDecimal(inAdvance ? "0" : "12.345"), List.of("z", "ä"), List.of(cheap, dear));
    }

    private static List<FixedCharge> fixedCharges() {
        return List.of(new FixedCharge("seats", "Sitze", new BigDecimal("12.5"), Standard.of("3"), true, false),
                new FixedCharge("desks", "Tische", new BigDecimal("3"),
                        Graduated.of(Tier.upTo("1", "2", "3"), Tier.rest("4", "5")), false, true),
                new FixedCharge("rooms", "Räume", BigDecimal.ZERO,
                        new Volume(Tiers.of(Tier.upTo("10", "2", "3"), Tier.rest("4", "5")), BigDecimal.ONE), true, true));
    }

    /** The calendar month, such as {@code "2026-03"}. */
    public static BillingPeriod month(String month, ZoneId zone) {
        LocalDate first = YearMonth.parse(month).atDay(1);
        return BillingPeriod.ofDays(first, first.plusMonths(1), zone);
    }

    /** The calendar month in UTC, such as {@code "2026-03"}. */
    public static BillingPeriod month(String month) {
        return month(month, ZoneId.of("UTC"));
    }

    /** A subscription that is active since {@link #NEW_YEAR} and billed by calendar months in UTC, in arrears. */
    public static SubscriptionSample subscription(Service service, Customer customer, Plan plan, String externalId) {
        return SubscriptionSample.of(service, customer, plan, externalId);
    }

    /** An event of one CPU-second at {@link #NEW_YEAR}. */
    public static UsageSample usage(Subscription subscription, String idempotencyKey) {
        return UsageSample.of(subscription, idempotencyKey);
    }

    /** A draft for the first month that has only the plan's flat price. */
    public static InvoiceSample invoice(Subscription subscription) {
        return InvoiceSample.of(subscription);
    }
}
