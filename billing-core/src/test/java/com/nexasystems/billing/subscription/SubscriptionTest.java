package com.nexasystems.billing.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import com.nexasystems.billing.subscription.BillingWindow.FlatStretch;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionTest {

    private static final UUID ANY = new UUID(0, 1);

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            SHADOW     | ACTIVE, TERMINATED
            PENDING    | TRIALING, ACTIVE, TERMINATED
            TRIALING   | ACTIVE, PAST_DUE, PAUSED, TERMINATED
            ACTIVE     | PAST_DUE, PAUSED, TERMINATED
            PAST_DUE   | ACTIVE, PAUSED, TERMINATED
            PAUSED     | TRIALING, ACTIVE, TERMINATED
            TERMINATED |
            """)
    void only_the_named_transitions_are_possible(SubscriptionState from, String successors) {
        List<SubscriptionState> possible = successors == null ? List.of()
                : Arrays.stream(successors.split(", ")).map(SubscriptionState::valueOf).toList();
        for (SubscriptionState to : SubscriptionState.values()) {
            if (possible.contains(to)) {
                assertThat(from.to(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.to(to)).isInstanceOf(SubscriptionState.IllegalTransition.class)
                        .hasMessage("a subscription that is " + from.code() + " cannot become " + to.code());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"SHADOW"})
    void what_is_not_billed_while_it_runs_is_not_billed_at_its_end_nor_later(SubscriptionState state) {
        Subscription unbilled = subscription(state, false);
        Instant later = Shop.MAY.plusSeconds(1);
        assertThat(unbilled.terminated(later).nextInvoiceAt()).isEmpty();
        assertThatThrownBy(() -> unbilled.in(SubscriptionState.ACTIVE)).hasMessageContaining("billed again from");
        Subscription resumed = unbilled.resumed(later);
        assertThat(resumed.state()).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(resumed.dueWindow().usage()).isEmpty();
        assertThat(resumed.billed().dueWindow().usage()).map(UsageStretch::period)
                .contains(new BillingPeriod(later, Shop.JUNE, unbilled.zone()));
        assertThat(subscription(state, true).resumed(later).nextInvoiceAt()).contains(later);
    }

    private static Subscription subscription(SubscriptionState state, boolean inAdvance) {
        return starting(state, BillingCycle.calendar(Interval.MONTHLY, ZoneId.of("UTC")), inAdvance, Shop.MARCH);
    }

    private static Subscription starting(SubscriptionState state, BillingCycle cycle, boolean inAdvance, Instant start) {
        return Subscription.starting(new SubscriptionId(ANY), new ServiceId(ANY), new CustomerId(ANY), "x", state,
                new Phase(start, new PlanCode("p"), cycle, cycle.interval(), cycle.interval(), inAdvance, false),
                Optional.empty());
    }

    @ParameterizedTest(name = "a subscription that is {0} is billed: {1}")
    @CsvSource({"SHADOW, false", "PENDING, true", "TRIALING, true", "ACTIVE, true", "PAST_DUE, true", "PAUSED, true",
            "TERMINATED, true"})
    void only_shadow_is_not_billed(SubscriptionState state, boolean billed) {
        assertThat(state.isBilled()).isEqualTo(billed);
    }

    /** In advance and in arrears, in every rhythm and zone, with an end at any moment, before or after a run. */
    @Test
    void windows_follow_each_other_without_gap_and_end_at_the_termination() {
        Cases.check(5_000, random -> {
            Subscription subscription = subscription(random);
            var usage = new ArrayList<BillingPeriod>();
            var flat = new ArrayList<BillingPeriod>();
            for (int runs = random.nextInt(12); runs > 0; runs--) {
                subscription = billed(subscription, usage, flat);
            }
            Instant end = latest(subscription.billedThrough(), subscription.startedAt())
                    .plusSeconds(random.nextInt(200 * 86_400));
            subscription = subscription.terminated(end, UnusedTime.SKIP);
            while (subscription.nextInvoiceAt().isPresent()) {
                subscription = billed(subscription, usage, flat);
            }
            assertFollow(usage, subscription.startedAt(), end);
            assertFlatCovers(flat, subscription, end);
        });
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Subscription billed(Subscription subscription, List<BillingPeriod> usage, List<BillingPeriod> flat) {
        BillingWindow window = subscription.dueWindow();
        usage.addAll(window.usage().map(UsageStretch::period).stream().toList());
        flat.addAll(window.flats().stream().map(FlatStretch::period).toList());
        window.usage().ifPresent(stretch -> assertThat(stretch.whole().end()).isAfterOrEqualTo(stretch.period().end()));
        return subscription.billed();
    }

    private static void assertFollow(List<BillingPeriod> periods, Instant start, Instant end) {
        Instant next = start;
        for (BillingPeriod period : periods) {
            assertThat(period.start()).isEqualTo(next);
            next = period.end();
        }
        assertThat(next).isEqualTo(end);
    }

    /** What was paid in advance may reach beyond a later end. */
    private static void assertFlatCovers(List<BillingPeriod> flat, Subscription subscription, Instant end) {
        if (flat.isEmpty()) {
            assertThat(end).isEqualTo(subscription.startedAt());
            return;
        }
        Instant paid = flat.get(flat.size() - 1).end();
        assertFollow(flat, subscription.startedAt(), paid);
        assertThat(paid).isBetween(end, subscription.phases().get(0).wholePeriod(end.minusNanos(1)).end());
    }

    @Test
    void an_end_lies_neither_before_the_start_nor_in_what_was_billed() {
        Subscription subscription = subscription(new SplittableRandom(1)).billed().billed();
        assertThatThrownBy(() -> subscription.terminated(subscription.billedThrough().minusSeconds(1)))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("up to which it has been billed");
    }

    @Test
    void a_record_is_billed_in_the_stretch_that_contains_it() {
        Cases.check(2_000, random -> {
            Subscription subscription = subscription(random);
            Instant end = subscription.startedAt().plusSeconds(random.nextInt(1, 200 * 86_400));
            Subscription ended = subscription.terminated(end);
            Instant at = subscription.startedAt().plusNanos(random.nextLong(Duration.between(subscription.startedAt(), end)
                    .toNanos()));
            assertThat(ended.periodOf(at).contains(at)).isTrue();
            assertThat(ended.periodOf(at).end()).isBeforeOrEqualTo(end);
            assertThat(ended.periodOf(at).start()).isAfterOrEqualTo(subscription.startedAt());
        });
    }

    private static Subscription subscription(SplittableRandom random) {
        ZoneId zone = ZoneId.of(Cases.oneOf(random, "UTC", "America/Havana", "Australia/Lord_Howe", "America/St_Johns"));
        Instant start = Shop.MARCH.plusSeconds(random.nextInt(400 * 86_400)).plusNanos(1000L * random.nextInt(1_000_000));
        Interval interval = Cases.oneOf(random, Interval.values());
        BillingCycle cycle = random.nextBoolean() ? BillingCycle.calendar(interval, zone)
                : BillingCycle.anniversary(interval, start, zone);
        return starting(SubscriptionState.ACTIVE, cycle, random.nextBoolean(), start);
    }
}
