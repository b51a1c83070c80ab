package com.nexasystems.billing.reference;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.GraduatedPercentage;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/** From raw records to the exact price of one charge in one stretch. */
public final class NaiveRater {

    private NaiveRater() {
    }

    public static Fraction rate(Charge charge, Metric metric, BillingPeriod stretch, BillingPeriod whole,
                                List<UsageRecord> records) {
        List<UsageRecord> inside = NaiveAggregation.inside(stretch, records);
        BigDecimal used = NaiveAggregation.quantity(metric, stretch, whole, inside);
        BigDecimal overage = used.subtract(charge.quota().included()).max(BigDecimal.ZERO);
        BigDecimal amount = inside.stream().map(record -> record.amount().orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        long events = metric.aggregation() == Aggregation.UNIQUE_COUNT ? used.longValueExact() : inside.size();
        return NaivePrices.price(charge.model(), new NaivePrices.Usage(Fraction.of(overage), events,
                values(metric, inside), Fraction.of(amount), slice(charge, overage)));
    }

    private static List<Fraction> values(Metric metric, List<UsageRecord> inside) {
        return switch (metric.aggregation()) {
            case COUNT -> inside.stream().map(record -> Fraction.of(1)).toList();
            case SUM -> inside.stream().map(record -> Fraction.of(record.quantity())).toList();
            case MAX, LATEST, UNIQUE_COUNT, WEIGHTED_SUM -> List.of();
        };
    }

    /** The largest slice that divides the overage and all bounds: of that size, or a part of it. */
    private static Fraction slice(Charge charge, BigDecimal overage) {
        Stream<Tier> tiers = charge.model() instanceof Graduated graduated ? graduated.tiers().list().stream()
                : charge.model() instanceof GraduatedPercentage graduated ? graduated.tiers().list().stream()
                : Stream.empty();
        List<BigDecimal> ends = Stream.concat(Stream.of(overage), tiers.flatMap(tier -> tier.upTo().stream())).toList();
        int scale = ends.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        var common = ends.stream().map(end -> end.setScale(scale).unscaledValue())
                .reduce(BigInteger.ZERO, BigInteger::gcd);
        return Fraction.of(new BigDecimal(common.max(BigInteger.ONE), scale));
    }
}
