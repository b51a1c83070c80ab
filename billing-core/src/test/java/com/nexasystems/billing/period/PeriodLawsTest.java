package com.nexasystems.billing.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.testing.Cases;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods tile time, wherever the customer lives and whatever the clocks do there. */
class PeriodLawsTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");
    /** Clocks that change at midnight, by half an hour, back over midnight, or by a whole day. */
    private static final List<String> ZONES = List.of("UTC", "America/Toronto", "America/Havana", "Asia/Beirut",
            "Africa/Cairo", "America/Sao_Paulo", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia",
            "Antarctica/Casey", "Pacific/Kiritimati", "Asia/Kathmandu");
    private static final List<String> ZONES_WITH_ALL_DAYS =
            ZONES.stream().filter(name -> !name.startsWith("Pacific")).toList();

    @Test
    void periods_have_no_gap_and_no_overlap() {
        Cases.check(20_000, random -> {
            BillingCycle cycle = cycle(random);
            Instant at = nearAChangeOfClocks(random, cycle.zone());
            BillingPeriod period = cycle.periodContaining(at);
            assertThat(period.contains(at)).as("%s has %s", period, at).isTrue();
            assertThat(cycle.periodContaining(period.start())).isEqualTo(period);
            assertThat(cycle.periodContaining(period.end().minusNanos(1))).isEqualTo(period);
            assertThat(cycle.periodContaining(period.end()).start()).isEqualTo(period.end());
            assertThat(cycle.periodContaining(period.start().minusNanos(1)).end()).isEqualTo(period.start());
        });
    }

    @Test
    void a_period_begins_when_its_day_does() {
        Cases.check(5_000, random -> {
            BillingCycle cycle = cycle(random);
            BillingPeriod period = cycle.periodContaining(nearAChangeOfClocks(random, cycle.zone()));
            LocalDate first = period.firstDay();
            assertThat(period.start()).isEqualTo(first.atStartOfDay(cycle.zone()).toInstant());
        });
    }

    @ParameterizedTest(name = "anchored on {0}, the period of {1} is {2} to {3}")
    @CsvSource(delimiter = '|', textBlock = """
            2026-01-31 | 2026-02-10 | 2026-01-31 | 2026-02-28
            2026-01-31 | 2026-03-01 | 2026-02-28 | 2026-03-31
            2026-01-31 | 2026-04-30 | 2026-04-30 | 2026-05-31
            2024-01-31 | 2024-02-29 | 2024-02-29 | 2024-03-31
            2024-01-30 | 2024-02-28 | 2024-01-30 | 2024-02-29
            2026-01-29 | 2026-03-28 | 2026-02-28 | 2026-03-29
            2026-03-31 | 2026-02-10 | 2026-01-31 | 2026-02-28
            """)
    void the_anchor_day_clamps_in_short_months_and_comes_back(LocalDate anchor, LocalDate day, LocalDate from,
                                                                   LocalDate to) {
        assertPeriod(Interval.MONTHLY, anchor, day, from, to);
    }

    @ParameterizedTest(name = "{0}, anchored on {1}: the period of {2} is {3} to {4}")
    @CsvSource(delimiter = '|', textBlock = """
            WEEKLY     | 2026-03-04 | 2026-03-10 | 2026-03-04 | 2026-03-11
            QUARTERLY  | 2025-11-30 | 2026-02-28 | 2026-02-28 | 2026-05-30
            SEMIANNUAL | 2025-08-31 | 2026-03-01 | 2026-02-28 | 2026-08-31
            YEARLY     | 2024-02-29 | 2025-03-01 | 2025-02-28 | 2026-02-28
            YEARLY     | 2024-02-29 | 2028-02-29 | 2028-02-29 | 2029-02-28
            """)
    void every_interval_counts_from_its_anchor(Interval interval, LocalDate anchor, LocalDate day, LocalDate from,
                                               LocalDate to) {
        assertPeriod(interval, anchor, day, from, to);
    }

    private static void assertPeriod(Interval interval, LocalDate anchor, LocalDate day, LocalDate from, LocalDate to) {
        BillingPeriod period = new BillingCycle(interval, anchor, UTC)
                .periodContaining(day.atStartOfDay(UTC).toInstant().plusSeconds(1));
        assertThat(period).isEqualTo(BillingPeriod.ofDays(from, to, UTC));
    }

    @Test
    void calendar_weeks_begin_on_monday_and_years_in_january() {
        Instant thursday = Instant.parse("2026-03-05T12:00:00Z");
        assertThat(BillingCycle.calendar(Interval.WEEKLY, UTC).periodContaining(thursday).firstDay())
                .isEqualTo("2026-03-02");
        assertThat(BillingCycle.calendar(Interval.QUARTERLY, UTC).periodContaining(thursday).firstDay())
                .isEqualTo("2026-01-01");
    }

    @Test
    void the_day_that_apia_skipped_belongs_to_no_period_and_breaks_none() {
        BillingCycle weekly = new BillingCycle(Interval.WEEKLY, LocalDate.of(2011, 12, 30), APIA);
        BillingPeriod after = weekly.periodContaining(Instant.parse("2011-12-30T10:00:00Z"));
        assertThat(after.firstDay()).isEqualTo("2011-12-31");
        assertThat(weekly.periodContaining(after.start().minusNanos(1)).lastDay()).isEqualTo("2011-12-29");
        assertThat(after.length()).isEqualTo(Duration.ofDays(6));
    }

    @Test
    void where_clocks_go_back_over_midnight_the_evening_that_comes_again_belongs_to_the_new_period() {
        Instant halfPastElevenAgain = Instant.parse("2010-11-07T03:00:00Z");
        var monthly = new BillingCycle(Interval.MONTHLY, LocalDate.of(2010, 11, 7), ZoneId.of("America/St_Johns"));
        BillingPeriod period = monthly.periodContaining(halfPastElevenAgain);
        assertThat(period.start()).isEqualTo("2010-11-07T02:30:00Z");
        assertThat(period.contains(halfPastElevenAgain)).isTrue();
    }

    @ParameterizedTest(name = "March and November in {0} have {1} and {2} hours")
    @CsvSource({"UTC, 744, 720", "America/Toronto, 743, 721", "America/Havana, 743, 721"})
    void no_hour_is_lost_or_repeated(String zone, long march, long november) {
        BillingCycle monthly = BillingCycle.calendar(Interval.MONTHLY, ZoneId.of(zone));
        assertThat(monthly.periodContaining(Instant.parse("2026-03-10T12:00:00Z")).length()).hasHours(march);
        assertThat(monthly.periodContaining(Instant.parse("2026-11-10T12:00:00Z")).length()).hasHours(november);
        assertThat(monthly.periodContaining(Instant.parse("2026-03-10T12:00:00Z")).days()).isEqualTo(31);
    }

    @Test
    void shares_by_second_of_consecutive_parts_add_up() {
        Cases.check(10_000, random -> {
            BillingCycle cycle = cycle(random);
            BillingPeriod whole = cycle.periodContaining(nearAChangeOfClocks(random, cycle.zone()));
            var cuts = new TreeSet<Instant>();
            random.longs(random.nextInt(1, 5), 1, whole.length().toSeconds())
                    .forEach(second -> cuts.add(whole.start().plusSeconds(second).plusNanos(random.nextInt(999_999_999))));
            assertSharesAddUp(ProrationPolicy.BY_SECOND, whole, cuts);
        });
    }

    @Test
    void shares_by_day_add_up_when_the_parts_are_cut_at_midnight() {
        Cases.check(10_000, random -> {
            ZoneId zone = ZoneId.of(Cases.oneOf(random, ZONES_WITH_ALL_DAYS));
            BillingPeriod whole = cycle(random, zone).periodContaining(nearAChangeOfClocks(random, zone));
            var cuts = new TreeSet<Instant>();
            random.longs(random.nextInt(1, 5), 1, whole.days())
                    .forEach(day -> cuts.add(whole.firstDay().plusDays(day).atStartOfDay(zone).toInstant()));
            assertSharesAddUp(ProrationPolicy.BY_DAY, whole, cuts);
        });
    }

    private static void assertSharesAddUp(ProrationPolicy policy, BillingPeriod whole, TreeSet<Instant> cuts) {
        long billed = 0;
        for (BillingPeriod part : parts(whole, cuts)) {
            Proration share = policy.share(part, whole);
            assertThat(share.whole()).isEqualTo(policy.share(whole, whole).whole());
            billed += share.part();
        }
        assertThat(billed).isEqualTo(policy.share(whole, whole).whole());
    }

    private static List<BillingPeriod> parts(BillingPeriod whole, TreeSet<Instant> cuts) {
        var parts = new ArrayList<BillingPeriod>();
        Instant start = whole.start();
        for (Instant cut : Stream.concat(cuts.stream(), Stream.of(whole.end())).toList()) {
            if (cut.isAfter(start)) {
                parts.add(new BillingPeriod(start, cut, whole.zone()));
                start = cut;
            }
        }
        return parts;
    }

    @Test
    void the_first_and_the_last_day_both_count() {
        BillingPeriod april = BillingPeriod.ofDays(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 5, 1), UTC);
        BillingPeriod noonToNoon = april.from(Instant.parse("2026-04-10T12:00:00Z"))
                .until(Instant.parse("2026-04-12T12:00:00Z"));
        assertThat(ProrationPolicy.BY_DAY.share(noonToNoon, april)).isEqualTo(new Proration(3, 30, "day"));
        assertThat(ProrationPolicy.BY_SECOND.share(noonToNoon, april))
                .isEqualTo(new Proration(172_800, 2_592_000, "second"));
        assertThat(ProrationPolicy.BY_DAY.share(april, april).isWhole()).isTrue();
    }

    @Test
    void a_share_lies_inside_its_whole() {
        BillingPeriod april = BillingPeriod.ofDays(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 5, 1), UTC);
        BillingPeriod longer = BillingPeriod.ofDays(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 5, 2), UTC);
        assertThatThrownBy(() -> ProrationPolicy.BY_DAY.share(longer, april)).hasMessageContaining("is not inside");
        assertThatThrownBy(() -> new Proration(2, 1, "day")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BillingPeriod(april.start(), april.start(), UTC)).hasMessageContaining("ends after");
    }

    private static BillingCycle cycle(SplittableRandom random) {
        return cycle(random, ZoneId.of(Cases.oneOf(random, ZONES)));
    }

    private static BillingCycle cycle(SplittableRandom random, ZoneId zone) {
        LocalDate anchor = LocalDate.of(random.nextInt(2000, 2030), 1, 1).plusDays(random.nextInt(366));
        boolean monthEnd = random.nextBoolean();
        return new BillingCycle(Cases.oneOf(random, Interval.values()),
                monthEnd ? anchor.withDayOfMonth(anchor.lengthOfMonth()) : anchor, zone);
    }

    /** Within two days of a change, where the zone has any: that is where the mistakes are. */
    private static Instant nearAChangeOfClocks(SplittableRandom random, ZoneId zone) {
        Instant any = Instant.ofEpochSecond(random.nextLong(946_684_800L, 1_893_456_000L));
        var change = zone.getRules().nextTransition(any);
        Instant near = change == null ? any : change.getInstant();
        return near.plusSeconds(random.nextInt(-172_800, 172_800)).plusNanos(random.nextInt(1_000_000_000));
    }
}
