package com.nexasystems.billing.bench.pure;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
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
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A line of each charge model: its charge, its usage, and the bare arithmetic of its amount. */
public enum Line {

    STANDARD("standard", Standard.of("0.0075", "3600"), "25200.5", 0, Bare::standard),
    PACKAGE("package", PackageModel.of("5", "100", "30"), "25200.5", 0, Bare::packages),
    GRADUATED("graduated, four tiers", Graduated.of(Tier.upTo("100", "0.05", "0"), Tier.upTo("1000", "0.04", "0"),
            Tier.upTo("10000", "0.03", "0"), Tier.rest("0.025", "0")), "25200.5", 0, Bare::graduated),
    GRADUATED_FEES("graduated, four tiers with flat fees", Graduated.of(Tier.upTo("100", "0.05", "1"),
            Tier.upTo("1000", "0.04", "2"), Tier.upTo("10000", "0.03", "3"), Tier.rest("0.025", "9")), "25200.5", 0,
            Bare::graduatedWithFees),
    VOLUME("volume, four tiers", Volume.of(Tier.upTo("100", "0.05", "1"), Tier.upTo("1000", "0.04", "2"),
            Tier.upTo("10000", "0.03", "0"), Tier.rest("0.025", "9")), "25200.5", 0, Bare::volume),
    PERCENTAGE("percentage", Percentage.of("1.2", "0.25"), "25200.5", 0, Bare::percentage),
    PERCENTAGE_FREE("percentage, 10 of 50 events free", Percentage.of("1.2", "0.25").free(10, "0"), "625.5", 50,
            Bare::percentageFree),
    PERCENTAGE_CLAMPED("percentage, 50 events clamped", Percentage.of("1.2", "0.25").clamped("0.3", "0.4"), "625.5", 50,
            Bare::percentageClamped),
    GRADUATED_PERCENTAGE("graduated percentage, four tiers", new GraduatedPercentage(Tiers.of(
            Tier.upTo("100", "5", "0"), Tier.upTo("1000", "4", "0"), Tier.upTo("10000", "3", "0"),
            Tier.rest("2.5", "0"))), "25200.5", 0, Bare::graduatedPercentage),
    DYNAMIC("dynamic", new Dynamic(), "25200.5", 0, Bare::dynamic);

    private final String text;
    private final Supplier<BigDecimal> bare;
    private final Plan plan;
    private final Charge charge;
    private final AggregatedUsage usage;

    /** @param events how many there are to look at; they add up to about the quantity */
    Line(String text, ChargeModel model, String quantity, int events, Supplier<BigDecimal> bare) {
        this.text = text;
        this.bare = bare;
        Metric metric = Metric.of("cpu_seconds", Aggregation.SUM, "CPU-second");
        charge = Charge.of(metric.code(), Quota.NONE, model);
        plan = Plan.of("hosting-monthly", Interval.MONTHLY, false, Money.of(Currency.getInstance("CAD"), "20.00"),
                Instant.parse("2026-03-01T00:00:00Z"), charge);
        usage = usage(metric, quantity, events);
    }

    String text() {
        return text;
    }

    Plan plan() {
        return plan;
    }

    Explanation explanation() {
        return RatePeriod.rate(plan, plan.versions().get(0), charge, usage);
    }

    /** The exact amount, read from its explanation. */
    BigDecimal rated() {
        return explanation().exact().value();
    }

    /** The same amount with nothing else calculated. */
    BigDecimal bare() {
        return bare.get();
    }

    private static AggregatedUsage usage(Metric metric, String quantity, int events) {
        var start = Instant.parse("2026-03-01T00:00:00Z");
        var end = Instant.parse("2026-04-01T00:00:00Z");
        var window = new UsageWindow(new SubscriptionId(new UUID(1, 1)), metric,
                new BillingPeriod(start, end, ZoneOffset.UTC), events > 0);
        return new AggregatedUsage(window, 50, Optional.of(start), Optional.of(end.minusSeconds(3600)), "0c7c62f50d1d210f",
                new BigDecimal(quantity), Bare.AMOUNT, Collections.nCopies(events, Bare.EVENT));
    }
}
