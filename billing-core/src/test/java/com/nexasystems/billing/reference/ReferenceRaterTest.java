package com.nexasystems.billing.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.Unit;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.rating.RatingRequest;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSubmission;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The engine against the second opinion. */
class ReferenceRaterTest {

    private static final int A_MILLION = 1_000_000;
    private static final int MOST_EVENTS = 8;
    private static final BillingPeriod MARCH = new BillingPeriod(Shop.MARCH, Shop.APRIL, ZoneOffset.UTC);
    private static final Metric COUNTED = Metric.of("m", Aggregation.SUM, "unit");
    private static final Plan PLAN = Plan.of("p", Interval.MONTHLY, false, Shop.cad("0.00"), Shop.MARCH);
    private static final SubscriptionId SUBSCRIPTION = new SubscriptionId(new UUID(0, 1));

    @Test
    void a_million_charges_cost_what_the_price_list_says_unit_by_unit() {
        Cases.check(A_MILLION, random -> {
            BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen(random.nextInt(-6, 9));
            var charges = new RandomCharges(random, step);
            ChargeModel model = charges.model();
            Quota quota = model.allowsQuota() && random.nextBoolean() ? new Quota(charges.steps(0)) : Quota.NONE;
            AggregatedUsage usage = usage(random, charges);
            assertEngineAgrees(Charge.of(COUNTED.code(), quota, model), usage, step);
        });
    }

    private static AggregatedUsage usage(SplittableRandom random, RandomCharges charges) {
        var values = new ArrayList<BigDecimal>();
        for (int left = random.nextInt(MOST_EVENTS); left > 0; left--) {
            values.add(Cases.chance(random, 10) ? BigDecimal.ZERO : charges.steps(0));
        }
        BigDecimal total = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new AggregatedUsage(new UsageWindow(SUBSCRIPTION, COUNTED, MARCH, true), values.size(), Optional.empty(),
                Optional.empty(), "0", total, charges.price(), values);
    }

    private static void assertEngineAgrees(Charge charge, AggregatedUsage usage, BigDecimal step) {
        Explanation explanation = RatePeriod.rate(PLAN, PLAN.versionAt(Shop.MARCH), charge, usage);
        BigDecimal overage = usage.quantity().subtract(charge.quota().included()).max(BigDecimal.ZERO);
        Fraction expected = NaivePrices.price(charge.model(), new NaivePrices.Usage(Fraction.of(overage), usage.count(),
                usage.events().stream().map(Fraction::of).toList(), Fraction.of(usage.amount()), Fraction.of(step)));
        assertAgree(expected, explanation.exact().value(), charge, usage);
    }

    private static void assertAgree(Fraction expected, BigDecimal engine, Charge charge, Object usage) {
        if (!expected.isAsExactlyAsPossible(engine)) {
            throw new AssertionError(
                    "expected " + expected + ", the engine says " + engine + " for " + charge + " and " + usage);
        }
    }

    @Test
    void whole_periods_of_raw_records_cost_the_same_through_the_ports_and_by_hand() {
        Cases.check(10_000, random -> new World(random).check());
    }

    @Test
    void the_second_opinion_would_notice_a_cent_in_a_trillion() {
        Fraction third = Fraction.of(1).over(Fraction.of(3));
        assertThat(third.isAsExactlyAsPossible(new BigDecimal("0." + "3".repeat(50)))).isTrue();
        assertThat(third.isAsExactlyAsPossible(new BigDecimal("0." + "3".repeat(39) + "4"))).isFalse();
        Fraction ends = Fraction.of(new BigDecimal("0.015"));
        assertThat(ends.isAsExactlyAsPossible(new BigDecimal("0.015" + "0".repeat(42) + "1"))).isFalse();
    }

    /** One subscription, one charge, random events over the months around March. */
    private static final class World {

        private static final int SECONDS_AROUND = 40 * 86_400;
        private final SplittableRandom random;
        private final TestClock clock = new TestClock(Shop.MAY);
        private final Billing billing = Billing.inMemory(clock);
        private final Service service = billing.register("s", "S");
        private final Metric metric;
        private final Charge charge;
        private final Plan plan;
        private final Subscription subscription;
        private final List<UsageRecord> stored = new ArrayList<>();

        World(SplittableRandom random) {
            this.random = random;
            this.metric = billing.define(metric(random));
            this.charge = new RandomCharges(random, new BigDecimal("0.5")).chargeOn(metric);
            Instant longAgo = Shop.MARCH.minusSeconds(2L * SECONDS_AROUND);
            this.plan = billing.plans().publish(Plan.of("p", Interval.MONTHLY, false, Shop.cad("0.00"), longAgo, charge));
            this.subscription = billing.subscriptions().start(service.id(), new Request(
                    billing.customers().resolve(service.id(), Account.of("ada")), "x", plan.code(), BillingTime.CALENDAR,
                    longAgo));
        }

        void check() {
            for (int i = random.nextInt(30); i > 0; i--) {
                record(i);
            }
            Explanation explanation = billing.rating().rate(List.of(new RatingRequest(subscription.id(), plan,
                    plan.versions().get(0), MARCH, MARCH, MARCH.start()))).get(0).get(0);
            assertAgree(NaiveRater.rate(charge, metric, MARCH, MARCH, stored), explanation.exact().value(), charge, stored);
        }

        private void record(int number) {
            clock.set(Shop.MAY.plusSeconds(random.nextInt(5)));
            var submission = new UsageSubmission("x", metric.code().value(), time(), Optional.empty(), quantity(),
                    Optional.of(BigDecimal.valueOf(random.nextInt(1000), 2).toPlainString()), properties(), "k" + number);
            UsageOutcome outcome = billing.usage().record(service, List.of(submission)).get(0);
            assertThat(outcome).isInstanceOf(UsageOutcome.Recorded.class);
            stored.add(billing.ports().usageRecords().find(((UsageOutcome.Recorded) outcome).key()).orElseThrow());
        }

        /** Often on the very bounds of the period. */
        private Instant time() {
            return switch (random.nextInt(8)) {
                case 0 -> Shop.MARCH;
                case 1 -> Shop.APRIL;
                case 2 -> Shop.APRIL.minusNanos(1000);
                default -> Shop.MARCH.plusSeconds(random.nextInt(-SECONDS_AROUND / 10, SECONDS_AROUND));
            };
        }

        private String quantity() {
            int lowest = metric.aggregation().takesNegativeEvents() && !(charge.model() instanceof Percentage) ? -20 : 0;
            return BigDecimal.valueOf(random.nextInt(lowest, 40), 1).toPlainString();
        }

        private Map<String, String> properties() {
            var properties = new HashMap<String, String>();
            properties.put("user", Cases.oneOf(random, "ada", "grace", "edsger"));
            if (Cases.chance(random, 40)) {
                properties.put("operation_type", Cases.oneOf(random, "add", "remove"));
            }
            return properties;
        }

        private static Metric metric(SplittableRandom random) {
            Aggregation aggregation = Cases.oneOf(random, Aggregation.values());
            var rounding = Cases.chance(random, 60) ? QuantityRounding.NONE
                    : new QuantityRounding(Cases.oneOf(random, QuantityRounding.Mode.values()), random.nextInt(-1, 2));
            return new Metric(new MetricCode("m"), "M", aggregation,
                    aggregation == Aggregation.UNIQUE_COUNT ? Optional.of("user") : Optional.empty(), new Unit("u"),
                    rounding, false, Map.of());
        }
    }
}
