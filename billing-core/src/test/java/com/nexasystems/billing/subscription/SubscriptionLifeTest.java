package com.nexasystems.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import com.nexasystems.billing.testing.Cases;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Whatever becomes of a subscription, and whenever it is looked at: each day of it is billed once, to the plan it was
 * on.
 */
class SubscriptionLifeTest {

    private static final UUID ANY = new UUID(0, 1);
    private static final Instant SPRING = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> ZONES = List.of("UTC", "America/Havana", "Australia/Lord_Howe", "America/St_Johns",
            "Asia/Beirut", "Pacific/Apia");

    /** A period of one plan: what there is one price for. */
    private record Whole(PlanCode plan, BillingPeriod period) { }

    @Test
    void every_day_is_billed_once_to_the_plan_that_has_it() {
        Cases.check(4_000, random -> {
            var life = new Life(random);
            life.live();
            life.isBilledOnce();
        });
    }

    /** One life, from the start to the end, with a billing run now and then. */
    private static final class Life {

        private final SplittableRandom random;
        private final ZoneId zone;
        private final boolean onCalendar;
        private final Instant start;
        private final List<UsageStretch> usage = new ArrayList<>();
        private final List<FlatStretch> flats = new ArrayList<>();
        private final List<FlatStretch> fixedOver = new ArrayList<>();
        private final List<FlatStretch> fixedAhead = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();
        private Instant now;
        private Subscription subscription;

        Life(SplittableRandom random) {
            this.random = random;
            this.zone = ZoneId.of(Cases.oneOf(random, ZONES));
            this.onCalendar = random.nextBoolean();
            this.start = SPRING.plusSeconds(random.nextInt(400 * 86_400)).plusNanos(1000L * random.nextInt(1_000_000));
            this.now = Cases.chance(random, 20) ? start.minusSeconds(1000) : start;
            Interval interval = interval(0);
            BillingCycle cycle = onCalendar ? BillingCycle.calendar(interval, zone)
                    : BillingCycle.anniversary(interval, start, zone);
            Optional<Instant> trial = Cases.chance(random, 30) ? Optional.of(day(start).plusDays(random.nextInt(1, 60))
                    .atStartOfDay(zone).toInstant()) : Optional.empty();
            SubscriptionState state = now.isBefore(start) ? SubscriptionState.PENDING
                    : trial.isPresent() ? SubscriptionState.TRIALING : SubscriptionState.ACTIVE;
            this.subscription = Subscription.starting(new SubscriptionId(ANY), new ServiceId(ANY), new CustomerId(ANY), "x",
                    state, phase(0, start, cycle), trial).dueAtStart();
        }

        private LocalDate day(Instant instant) {
            return instant.atZone(zone).toLocalDate();
        }

        private static Interval interval(int plan) {
            return Interval.values()[plan % Interval.values().length];
        }

        /** Ten plans: each interval in advance and in arrears; some with usage or fixed charges by the month. */
        private static Phase phase(int plan, Instant from, BillingCycle cycle) {
            Interval interval = cycle.interval();
            return new Phase(from, new PlanCode("p" + plan), cycle,
                    plan % 3 == 0 ? interval.orShorter(Interval.MONTHLY) : interval,
                    plan % 4 == 0 ? interval.orShorter(Interval.MONTHLY) : interval, plan >= 5, false);
        }

        void live() {
            for (int steps = random.nextInt(25); steps > 0; steps--) {
                now = now.plusSeconds(random.nextInt(4) * random.nextLong(30 * 86_400)).plusNanos(1000 * random.nextInt(3));
                act();
            }
            runUntil(now);
            if (subscription.state() != SubscriptionState.TERMINATED) {
                subscription = subscription.terminated(latest(latest(now, subscription.billedThrough()),
                        start.plusNanos(1000)), UnusedTime.CREDIT);
            }
            while (subscription.nextInvoiceAt().isPresent()) {
                run();
            }
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1 -> change();
                case 2 -> pause();
                case 3, 4 -> resume();
                case 5 -> cancel();
                case 6 -> endLater();
                case 7 -> subscription = subscription.nextInvoiceAt().isEmpty() ? subscription.dueAgain(now) : subscription;
                default -> runUntil(now);
            }
        }

        private boolean canChange() {
            return switch (subscription.state()) {
                case TRIALING, ACTIVE, PAST_DUE -> true;
                case SHADOW, PENDING, PAUSED, TERMINATED -> false;
            };
        }

        private void change() {
            Instant asOf = subscription.nextChangeAt(now);
            if (!canChange() || subscription.isOverAt(asOf)) {
                return;
            }
            Phase phase = subscription.phaseAt(asOf);
            Instant at = random.nextBoolean() ? asOf : phase.wholePeriod(asOf).end();
            if (!subscription.isOverAt(at)) {
                int plan = random.nextInt(10);
                subscription = subscription.changedTo(phase(plan, at, phase.cycle().changedTo(interval(plan))),
                        subscription.trialEnd());
            }
        }

        private void cancel() {
            if (canChange() && subscription.plannedAfter(now).isPresent()
                    && !subscription.plannedAfter(now).get().from().isBefore(subscription.billedThrough())) {
                subscription = subscription.unchangedAfter(now, subscription.trialEnd());
            }
        }

        private void pause() {
            Instant at = subscription.nextChangeAt(now);
            if (canChange() && !subscription.isOverAt(at)) {
                subscription = subscription.paused(at);
            }
        }

        private void resume() {
            if (subscription.state() == SubscriptionState.PAUSED && !subscription.isOverAt(subscription.nextChangeAt(now))) {
                subscription = subscription.resumed(now);
            }
        }

        private void endLater() {
            Instant at = now.plusSeconds(random.nextLong(90 * 86_400)).plusNanos(1000);
            if (canChange() && !at.isBefore(subscription.billedThrough())) {
                subscription = subscription.ending(at, UnusedTime.CREDIT);
            }
        }

        private void runUntil(Instant asOf) {
            while (subscription.nextInvoiceAt().filter(due -> !due.isAfter(asOf)).isPresent()) {
                run();
            }
        }

        private void run() {
            BillingWindow window = subscription.dueWindow();
            usage.addAll(window.usage().stream().toList());
            flats.addAll(window.flats());
            fixedOver.addAll(window.fixedOver());
            fixedAhead.addAll(window.fixedAhead());
            if (window.lastFlat().isPresent() || window.usage().isPresent()) {
                reasons.add(window.lastFlat().isPresent() + " " + window.begin());
            }
            Instant due = window.due();
            subscription = subscription.billed();
            assertThat(subscription.nextInvoiceAt().filter(next -> !next.isAfter(due))).isEmpty();
        }

        void isBilledOnce() {
            assertThat(reasons).doesNotHaveDuplicates();
            assertThat(subscription.state()).isEqualTo(SubscriptionState.TERMINATED);
            assertThat(usage.stream().map(UsageStretch::period).toList()).satisfies(this::coverTheRunningTime);
            for (ProrationPolicy policy : ProrationPolicy.values()) {
                assertSame("flat", flats, expected(policy, Phase::wholePeriod, subscription.trialEnd()), policy);
                Map<Whole, Long> fixed = expected(policy, Phase::fixedPeriod, Optional.empty());
                assertSame("fixed, in arrears", fixedOver, fixed, policy);
                assertSame("fixed, in advance", fixedAhead, fixed, policy);
            }
        }

        private void assertSame(String what, List<FlatStretch> billed, Map<Whole, Long> expected, ProrationPolicy policy) {
            Map<Whole, Long> net = net(billed, policy);
            var wrong = new HashMap<Whole, String>();
            net.forEach((whole, units) -> wrong.put(whole, units + ", not " + expected.getOrDefault(whole, 0L)));
            expected.forEach((whole, units) -> wrong.putIfAbsent(whole, "0, not " + units));
            wrong.keySet().removeIf(whole -> net.getOrDefault(whole, 0L).equals(expected.getOrDefault(whole, 0L)));
            assertThat(wrong).as(what + ", " + policy + ", of " + subscription).isEmpty();
        }

        private void coverTheRunningTime(List<? extends BillingPeriod> stretches) {
            var left = new ArrayList<BillingPeriod>(stretches);
            for (int i = 0; i < subscription.phases().size(); i++) {
                Phase phase = subscription.phases().get(i);
                Instant next = phase.from();
                while (!phase.paused() && next.isBefore(endOf(i))) {
                    BillingPeriod stretch = left.remove(0);
                    assertThat(stretch.start()).isEqualTo(next);
                    assertThat(stretch.end()).isBeforeOrEqualTo(phase.usagePeriod(next).end());
                    next = stretch.end();
                }
                assertThat(phase.paused() ? endOf(i) : next).isEqualTo(endOf(i));
            }
            assertThat(left).isEmpty();
        }

        private Instant endOf(int phase) {
            return phase + 1 < subscription.phases().size() ? subscription.phases().get(phase + 1).from()
                    : subscription.terminatedAt().orElseThrow();
        }

        private static Map<Whole, Long> net(List<FlatStretch> stretches, ProrationPolicy policy) {
            var net = new HashMap<Whole, Long>();
            for (FlatStretch stretch : stretches) {
                long part = stretch.share(policy).part();
                net.merge(new Whole(stretch.plan(), stretch.whole()), stretch.isCredit() ? -part : part, Long::sum);
            }
            net.values().removeIf(units -> units == 0);
            return net;
        }

        /** By hand: day by day, or second by second from cut to cut. */
        private Map<Whole, Long> expected(ProrationPolicy policy, BiFunction<Phase, Instant, BillingPeriod> whole,
                                          Optional<Instant> trialEnd) {
            return policy == ProrationPolicy.BY_DAY ? days(whole, trialEnd) : seconds(whole, trialEnd);
        }

        /** A day belongs to the phase that it ends in; the last one to the phase that the subscription ends in. */
        private Map<Whole, Long> days(BiFunction<Phase, Instant, BillingPeriod> whole, Optional<Instant> trialEnd) {
            var days = new HashMap<Whole, Long>();
            Instant end = subscription.terminatedAt().orElseThrow();
            for (LocalDate day = day(start); day.atStartOfDay(zone).toInstant().isBefore(end); day = day.plusDays(1)) {
                Instant last = day.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1000);
                if (last.isBefore(day.atStartOfDay(zone).toInstant())) {
                    continue;
                }
                Phase phase = subscription.phaseAt(last.isBefore(end) ? last : end.minusNanos(1000));
                boolean free = trialEnd.isPresent() && day.isBefore(day(trialEnd.get()));
                if (!phase.paused() && !free) {
                    days.merge(new Whole(phase.plan(), whole.apply(phase, last)), 1L, Long::sum);
                }
            }
            return days;
        }

        private Map<Whole, Long> seconds(BiFunction<Phase, Instant, BillingPeriod> whole, Optional<Instant> trialEnd) {
            var seconds = new HashMap<Whole, Long>();
            for (int i = 0; i < subscription.phases().size(); i++) {
                Phase phase = subscription.phases().get(i);
                Instant next = latest(phase.from(), trialEnd.orElse(phase.from()));
                while (!phase.paused() && next.isBefore(endOf(i))) {
                    BillingPeriod period = whole.apply(phase, next);
                    Instant until = period.end().isBefore(endOf(i)) ? period.end() : endOf(i);
                    seconds.merge(new Whole(phase.plan(), period), until.getEpochSecond() - next.getEpochSecond(),
                            Long::sum);
                    next = until;
                }
            }
            seconds.values().removeIf(units -> units == 0);
            return seconds;
        }

        private static Instant latest(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }
}
