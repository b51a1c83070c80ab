package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Thresholds of quotas, where usage comes in batches of any order, again and again, corrected and late, and where whatever is
 * done dies between any two calls of a port and is done again: each is told exactly once, when a few lines of plain
 * arithmetic over the same records say so.
 */
class ThresholdsTest {

    private static final Instant START = Instant.parse("2026-01-10T07:00:00Z");
    private static final int STEPS = 60;

    @Test
    void every_threshold_that_is_reached_is_told_exactly_once() {
        Cases.check(150, random -> {
            var world = new Quotas(random);
            for (int step = 0; step < STEPS; step++) {
                world.act();
            }
            world.look();
        });
    }

    /** What a record says; the key is where it stands in {@link Quotas#records}. */
    private record Used(String subscription, Instant start, String region, BigDecimal quantity) { }

    private static final class Quotas {

        private final SplittableRandom random;
        private final TestClock clock = new TestClock(START);
        private final CrashingPorts crashing = new CrashingPorts(Ports.inMemory());
        private final Billing billing = Billing.over(crashing.ports()).clock(clock).build();
        private final Service service = billing.register("hosting", "Hosting");
        private final Map<String, BigDecimal> quotas = new LinkedHashMap<>();
        private final List<Plan> plans;
        private final List<Subscription> started = new ArrayList<>();
        private final Map<String, Used> records = new LinkedHashMap<>();
        private final Set<String> expected = new TreeSet<>();

        Quotas(SplittableRandom random) {
            this.random = random;
            billing.define(Metric.of("calls", Aggregation.SUM, "call").filteredBy(Map.of("region", List.of("ca", "us"))));
            this.plans = List.of(plan("monthly", Interval.MONTHLY, false), plan("weekly", Interval.WEEKLY, false),
                    plan("yearly", Interval.YEARLY, false), plan("ahead", Interval.MONTHLY, true));
            for (int i = 0; i < 4; i++) {
                start();
            }
        }

        /** A charge of all calls, and one with a filter; the quota of any of them may be none. */
        private Plan plan(String code, Interval interval, boolean inAdvance) {
            for (String part : List.of("all", "ca", "rest")) {
                quotas.put(code + " " + part, random.nextInt(4) == 0 ? BigDecimal.ZERO
                        : BigDecimal.valueOf(random.nextInt(1, 400), random.nextInt(3)));
            }
            var filter = new ChargeFilter("canada", Map.of("region", List.of("ca")), new Quota(quotas.get(code + " ca")),
                    Standard.of("0.5"));
            Charge all = charge("all", quotas.get(code + " all"), List.of(), inAdvance);
            Charge divided = charge("divided", quotas.get(code + " rest"), List.of(filter), false);
            return billing.plans().publish(Plan.of(code, interval, inAdvance, money("3"), Instant.EPOCH, all, divided)
                    .on(new PlanTerms(0, interval == Interval.YEARLY, false, Optional.empty())));
        }

        private static Charge charge(String code, BigDecimal quota, List<ChargeFilter> filters, boolean inAdvance) {
            return new Charge(code, code, new MetricCode("calls"), new Quota(quota), Standard.of("0.25"),
                    new ChargeTerms(inAdvance, false, BigDecimal.ZERO, List.of(), filters));
        }

        private static Money money(String amount) {
            return Money.of(Currency.getInstance("CAD"), amount);
        }

        private void start() {
            started.add(billing.subscriptions().start(service.id(), new Request(
                    billing.customers().resolve(service.id(), Account.of("ada")), "sub-" + started.size(),
                    Cases.oneOf(random, plans).code(), BillingTime.CALENDAR,
                    clock.instant().plus(Duration.ofHours(random.nextInt(-300, 50))))));
        }

        void act() {
            clock.advance(Duration.ofMinutes(random.nextInt(1, Cases.chance(random, 10) ? 9 * 24 * 60 : 600)));
            Subscription one = now(Cases.oneOf(random, started));
            switch (random.nextInt(20)) {
                case 0 -> start();
                case 1 -> change(one);
                case 2, 3, 4, 5, 6, 7 -> look();
                case 8, 9 -> again(() -> billing.billingRun().run(clock.instant(), 1, drafted -> { }));
                default -> send(one);
            }
        }

        private void change(Subscription one) {
            switch (one.state()) {
                case ACTIVE -> {
                    if (random.nextBoolean()) {
                        billing.pauses().pause(service.id(), one.id().toString());
                    } else {
                        billing.terminations().terminate(service.id(), one.id().toString());
                    }
                }
                case PAUSED -> billing.resumptions().resume(service.id(), one.id().toString());
                default -> { }
            }
        }

        private void send(Subscription one) {
            var batch = new LinkedHashMap<String, Used>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                List<String> known = List.copyOf(records.keySet());
                if (Cases.chance(random, 25) && !known.isEmpty()) {
                    String key = Cases.oneOf(random, known);
                    Used before = records.get(key);
                    batch.put(key, new Used(before.subscription, before.start, before.region, quantity()));
                } else {
                    Instant start = clock.instant().minusSeconds(Cases.chance(random, 20) ? random.nextInt(3_000_000)
                            : random.nextInt(60));
                    batch.put("key-" + records.size() + "-" + i, new Used(one.externalId(), start,
                            Cases.oneOf(random, "ca", "us"), quantity()));
                }
            }
            var lines = new ArrayList<>(batch.entrySet());
            if (Cases.chance(random, 30)) {
                lines.addAll(lines);
            }
            List<Map.Entry<String, Used>> shuffled = Cases.shuffled(random, lines);
            List<UsageSubmission> sent = shuffled.stream().map(line -> UsageSubmission.event(line.getValue().subscription,
                    "calls", line.getValue().start, line.getValue().quantity.toPlainString(), line.getKey())
                    .withProperty("region", line.getValue().region)).toList();
            List<UsageOutcome> outcomes = answered(sent);
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).isStored()) {
                    records.put(shuffled.get(i).getKey(), shuffled.get(i).getValue());
                }
            }
        }

        private List<UsageOutcome> answered(List<UsageSubmission> sent) {
            var answer = new ArrayList<UsageOutcome>();
            again(() -> answer.addAll(billing.usage().record(service, sent, Option.REPLACE)));
            return answer;
        }

        private BigDecimal quantity() {
            return BigDecimal.valueOf(random.nextInt(1, 900), random.nextInt(4));
        }

        /** A run looks at what is new; the model at everything, always. */
        void look() {
            again(() -> billing.interim().run(drafted -> { }));
            started.stream().map(this::now).filter(this::isLookedAt).forEach(this::expect);
            List<String> told = started.stream().flatMap(one -> billing.ports().eventLog().of(one.id().value()).stream())
                    .filter(one -> one.event().type() == EventType.USAGE_THRESHOLD_REACHED).map(one -> one.event().data())
                    .map(data -> String.join(" | ", data.get("external_id"), data.getOrDefault("part", data.get("charge")),
                            data.get("period_start"), data.get("percent"))).sorted().toList();
            assertThat(told).as("at " + clock.instant()).isEqualTo(List.copyOf(expected));
        }

        private boolean isLookedAt(Subscription one) {
            return one.state() == SubscriptionState.ACTIVE && !one.startedAt().isAfter(clock.instant());
        }

        private void expect(Subscription one) {
            Instant now = clock.instant();
            String plan = one.planAt(now).value();
            LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
            Instant calendar = (plan.equals("weekly") ? today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                    : today.withDayOfMonth(1)).atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant begun = one.phaseAt(now).from();
            Instant period = begun.isAfter(calendar) ? begun : calendar;
            Map<String, BigDecimal> sums = new HashMap<>();
            records.values().stream().filter(used -> used.subscription.equals(one.externalId())
                    && !used.start.truncatedTo(ChronoUnit.MICROS).isBefore(period)).forEach(used -> {
                        sums.merge("all", used.quantity, BigDecimal::add);
                        sums.merge(used.region.equals("ca") ? "ca" : "rest", used.quantity, BigDecimal::add);
                    });
            Map<String, String> names = Map.of("all", "all", "ca", "divided, canada", "rest", "divided");
            sums.forEach((part, sum) -> {
                BigDecimal quota = quotas.get(plan + " " + part);
                Map.of("80", "0.8", "100", "1").forEach((percent, share) -> {
                    if (quota.signum() > 0 && sum.compareTo(quota.multiply(new BigDecimal(share))) >= 0) {
                        expected.add(String.join(" | ", one.externalId(), names.get(part), period.toString(), percent));
                    }
                });
            });
        }

        /** Does it; if it dies on the way, does it once more. */
        private void again(Runnable action) {
            if (Cases.chance(random, 40)) {
                crashing.crashAfter(random.nextInt(1, 60));
            }
            try {
                action.run();
            } catch (PortFailure died) {
                action.run();
            } finally {
                crashing.disarm();
            }
        }

        private Subscription now(Subscription one) {
            return billing.ports().subscriptions().find(one.id()).orElseThrow();
        }
    }
}
