package com.nexasystems.billing.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.rating.PlanPrices;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The figures that rules are tried on are the engine's own. */
class TariffLawTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Metric CPU = Metric.of("cpu", Aggregation.SUM, "CPU-second");
    private static final BillingPeriod MARCH = BillingPeriod.ofDays(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1),
            ZoneOffset.UTC);

    @Test
    void a_tariff_charges_what_the_engine_rates() {
        Cases.check(2_000, random -> {
            var quota = new Quota(BigDecimal.valueOf(random.nextInt(0, 100_000)));
            BigDecimal used = BigDecimal.valueOf(random.nextInt(0, 1_000_000_000), 3);
            Plan plan = Plan.of("p", Interval.MONTHLY, false, new Money(CAD, BigDecimal.valueOf(random.nextInt(0, 100_000), 2)),
                    Instant.EPOCH, Charge.of(CPU.code(), quota, Standard.of("0.0075", "3600")));
            var share = new Proration(random.nextInt(0, 32), 31, "day");
            Tariff tariff = Tariff.of(plan, plan.latest(), List.of());
            BillerRules rules = BillerRules.engine(ZoneOffset.UTC);
            Tariff.Charged charged = tariff.charge(rules, share, used);
            var window = new UsageWindow(new SubscriptionId(new UUID(0, 1)), CPU, MARCH, false);
            var usage = new AggregatedUsage(window, 1, Optional.of(MARCH.start()), Optional.of(MARCH.start()), "", used,
                    BigDecimal.ZERO, List.of());
            BigDecimal rated = RatePeriod.rate(plan, plan.latest(), plan.latest().charges().get(0), usage).exact().value();
            BigDecimal flat = PlanPrices.flat(plan, plan.latest(), MARCH, share).exact().value();
            assertThat(charged.usage()).isEqualByComparingTo(rated);
            assertThat(charged.flat()).isEqualByComparingTo(flat);
            assertThat(charged.total()).isEqualByComparingTo(charged.flat().add(charged.usage()));
        });
    }

    @Test
    void rounding_moves_a_total_by_less_than_a_cent_a_line_and_none_of_it_if_nothing_is_rounded() {
        Cases.check(2_000, random -> {
            var tariff = new Tariff("p", CAD, new BigDecimal("20.00"), BigDecimal.ZERO, new BigDecimal("0.0075"),
                    BigDecimal.valueOf(3600), List.of());
            BigDecimal used = BigDecimal.valueOf(random.nextInt(0, 10_000_000));
            var share = new Proration(random.nextInt(0, 31), 31, "day");
            BillerRules rules = BillerRules.engine(ZoneOffset.UTC)
                    .with(QuotaRule.values()[random.nextInt(QuotaRule.values().length)]);
            BigDecimal exact = tariff.charge(rules, share, used).total();
            for (Rounding level : List.of(Rounding.LINE, Rounding.TOTAL)) {
                for (RoundingMode mode : List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP)) {
                    BigDecimal rounded = tariff.charge(rules.rounding(level, mode), share, used).total();
                    assertThat(rounded.subtract(exact).abs())
                            .isLessThan(new BigDecimal(level == Rounding.LINE ? "0.02" : "0.01"));
                    assertThat(rounded.stripTrailingZeros().scale()).isLessThanOrEqualTo(2);
                }
            }
        });
    }
}
