package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions.WhenHeld;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords.Answer;
import com.nexasystems.billing.usage.UsageRecords.Result;
import com.nexasystems.billing.usage.UsageSeries.Point;
import com.nexasystems.billing.usage.UsageSeries.Step;
import com.nexasystems.billing.usage.UsageSeries;
import com.nexasystems.billing.usage.UsageSlice;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.usage.UsageRecords}. */
public abstract class UsageRecordsContract extends PortContract {

    private static final BillingPeriod JANUARY = Samples.month("2026-01");
    private static final BillingPeriod FEBRUARY = Samples.month("2026-02");
    private static final int THREADS = 6;
    private static final int RANDOM_WORLDS = 25;

    private World world;
    private Subscription web;

    protected UsageRecordsContract() {
    }

    @BeforeEach
    final void subscribe() {
        world = new World(ports);
        web = world.subscribed("web");
    }

    @Test
    @DisplayName("UR-1 a key is stored once")
    void a_key_is_stored_once() {
        UsageRecord record = usage("k").quantity("7").build();
        assertThat(add(record)).isEqualTo(new Answer(Result.STORED, Optional.empty()));
        assertThat(add(record)).isEqualTo(new Answer(Result.DUPLICATE, Optional.empty()));
        assertThat(counted(JANUARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("UR-1 the same record is a duplicate whenever and however precisely it is handed in")
    void the_same_record_is_a_duplicate_whenever_it_is_handed_in() {
        UsageRecord first = usage("k").quantity("7").property("region", "ca").build();
        add(first);
        assertThat(add(usage("k").quantity("7.000").property("region", "ca").recordedAt(FEBRUARY.end()).build()).result())
                .isEqualTo(Result.DUPLICATE);
        assertThat(ports.usageRecords().find(first.key())).contains(first);
    }

    @Test
    @DisplayName("UR-1 a duplicate is one also to replace")
    void a_duplicate_is_one_also_to_replace() {
        add(usage("k").build());
        assertThat(replace(usage("k").build())).isEqualTo(new Answer(Result.DUPLICATE, Optional.empty()));
    }

    @Test
    @DisplayName("UR-1 subscription, metric and idempotency key are the key, to the letter")
    void subscription_metric_and_idempotency_key_are_the_key() {
        Metric calls = metric(Aggregation.COUNT);
        Subscription other = world.subscribed("other");
        List<UsageRecord> different = List.of(usage("k").build(), usage("K").build(), usage("k ").build(),
                usage("ķ").build(), usage("k").of(calls).build(), Samples.usage(other, "k").build());
        assertThat(add(different)).extracting(Answer::result).containsOnly(Result.STORED);
        assertThat(different).allSatisfy(record ->
                assertThat(ports.usageRecords().find(record.key())).contains(record));
    }

    @Test
    @DisplayName("UR-2 a key with other contents is a conflict and changes nothing")
    void a_key_with_other_contents_is_a_conflict() {
        UsageSample sample = usage("k").window(JANUARY.start(), JANUARY.start().plusSeconds(60)).quantity("7").amount("1")
                .property("region", "ca");
        UsageRecord stored = sample.build();
        add(stored);
        for (UsageSample other : List.of(sample.quantity("8"), sample.amount("2"), sample.property("region", "us"),
                sample.property("more", "x"), sample.at(JANUARY.start()),
                sample.window(JANUARY.start().plusSeconds(1), JANUARY.start().plusSeconds(60)))) {
            assertThat(add(other.build())).isEqualTo(new Answer(Result.CONFLICT, Optional.of(stored)));
            assertThat(ports.usageRecords().find(stored.key())).contains(stored);
        }
        assertThat(counted(JANUARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("UR-3 to replace, other contents take the place of what was stored")
    void to_replace_other_contents_take_the_place() {
        UsageRecord before = usage("k").quantity("7").build();
        UsageRecord after = usage("k").quantity("8.5").amount("3").property("why", "recounted")
                .window(before.start(), before.start().plusSeconds(60)).recordedAt(FEBRUARY.start()).build();
        add(before);
        assertThat(replace(after)).isEqualTo(new Answer(Result.REPLACED, Optional.of(before)));
        assertThat(ports.usageRecords().find(before.key())).contains(after);
        assertThat(aggregate(JANUARY)).isEqualTo(AggregatedUsage.of(window(JANUARY), List.of(after)));
    }

    @Test
    @DisplayName("UR-3 a record does not move: another start stays a conflict")
    void a_record_does_not_move() {
        UsageRecord stored = usage("k").at(JANUARY.start()).build();
        add(stored);
        for (Instant start : List.of(FEBRUARY.start(), JANUARY.start().plusNanos(1000))) {
            assertThat(replace(usage("k").at(start).quantity("9").build()))
                    .isEqualTo(new Answer(Result.CONFLICT, Optional.of(stored)));
        }
        assertThat(ports.usageRecords().find(stored.key())).contains(stored);
        assertThat(counted(FEBRUARY)).isZero();
    }

    @Test
    @DisplayName("UR-3 a key that is new is stored")
    void to_replace_a_key_that_is_new_is_stored() {
        assertThat(replace(usage("k").build())).isEqualTo(new Answer(Result.STORED, Optional.empty()));
    }

    @Test
    @DisplayName("UR-4 the answers stand in the order of the records")
    void the_answers_stand_in_the_order_of_the_records() {
        Subscription other = world.subscribed("other");
        UsageRecord stored = usage("z").build();
        add(stored);
        List<UsageRecord> batch = List.of(usage("m").build(), usage("z").quantity("2").build(),
                Samples.usage(other, "a").build(), stored, usage("a").build());
        assertThat(add(batch)).extracting(Answer::result).containsExactly(
                Result.STORED, Result.CONFLICT, Result.STORED, Result.DUPLICATE, Result.STORED);
    }

    @Test
    @DisplayName("UR-4 within a batch, the first record of a key is there for the next")
    void within_a_batch_the_first_record_of_a_key_is_there_for_the_next() {
        UsageRecord first = usage("k").quantity("1").build();
        UsageRecord second = usage("k").quantity("2").build();
        assertThat(add(List.of(first, first, second))).containsExactly(
                new Answer(Result.STORED, Optional.empty()), new Answer(Result.DUPLICATE, Optional.empty()),
                new Answer(Result.CONFLICT, Optional.of(first)));
        assertThat(ports.usageRecords().find(first.key())).contains(first);
    }

    @Test
    @DisplayName("UR-4 within a batch to replace, each record of a key takes the place of the one before")
    void within_a_batch_to_replace_each_takes_the_place_of_the_one_before() {
        List<UsageRecord> versions = Stream.of("1", "2", "3").map(n -> usage("k").quantity(n).build()).toList();
        assertThat(kept(() -> ports.usageRecords().add(versions, true))).containsExactly(
                new Answer(Result.STORED, Optional.empty()),
                new Answer(Result.REPLACED, Optional.of(versions.get(0))),
                new Answer(Result.REPLACED, Optional.of(versions.get(1))));
        assertThat(ports.usageRecords().find(versions.get(0).key())).contains(versions.get(2));
    }

    @Test
    @DisplayName("UR-4 no records get no answers")
    void no_records_get_no_answers() {
        assertThat(add(List.of())).isEmpty();
        assertThat(ports.usageRecords().aggregate(List.of())).isEmpty();
    }

    @Test
    @DisplayName("UR-5 a record belongs to the period that contains its start, and to no other")
    void a_record_belongs_to_the_period_that_contains_its_start() {
        add(List.of(usage("first").at(JANUARY.start()).build(),
                usage("last").at(JANUARY.end().minusNanos(1000)).build(),
                usage("across").window(JANUARY.end().minusSeconds(1), JANUARY.end().plusSeconds(3600)).build(),
                usage("next").at(JANUARY.end()).build()));
        assertThat(counted(JANUARY)).isEqualTo(3);
        assertThat(counted(FEBRUARY)).isEqualTo(1);
        assertThat(aggregate(JANUARY).first()).contains(JANUARY.start());
        assertThat(aggregate(FEBRUARY).first()).contains(FEBRUARY.start());
    }

    @Test
    @DisplayName("UR-5 no record counts in two periods, and none falls between, when clocks change")
    void none_falls_between_two_periods_when_clocks_change() {
        BillingPeriod march = Samples.month("2026-03", Samples.TORONTO);
        BillingPeriod april = Samples.month("2026-04", Samples.TORONTO);
        List<UsageRecord> hourly = IntStream.range(0, (int) march.length().plus(april.length()).toHours())
                .mapToObj(hour -> usage("hour " + hour).at(march.start().plus(Duration.ofHours(hour))).build()).toList();
        add(hourly);
        assertThat(counted(march)).isEqualTo(31 * 24 - 1);
        assertThat(counted(april)).isEqualTo(30 * 24);
    }

    @Test
    @DisplayName("UR-6 random usage aggregates as defined, digest included, in the order of the windows")
    void random_usage_aggregates_as_defined() {
        for (int seed = 1; seed <= RANDOM_WORLDS; seed++) {
            Subscription subscription = world.subscribed("random " + seed);
            var random = new RandomUsage(seed, subscription);
            keep(() -> random.metrics().forEach(ports.metrics()::add));
            add(random.records());
            List<AggregatedUsage> usage = ports.usageRecords().aggregate(random.windows());
            assertThat(usage).hasSameSizeAs(random.windows());
            for (int i = 0; i < usage.size(); i++) {
                assertThat(usage.get(i)).as("seed " + seed + ", window " + i).isEqualTo(random.aggregates().get(i));
            }
        }
    }

    @Test
    @DisplayName("UR-11 random usage has the combinations that are defined")
    void random_usage_has_the_combinations_that_are_defined() {
        for (int seed = 1; seed <= RANDOM_WORLDS; seed++) {
            var random = new RandomUsage(seed, world.subscribed("random " + seed));
            keep(() -> random.metrics().forEach(ports.metrics()::add));
            add(random.records());
            var combinations = ports.usageRecords().combinations(random.windows(), random.properties());
            assertThat(combinations).hasSameSizeAs(random.windows());
            for (int i = 0; i < combinations.size(); i++) {
                assertThat(combinations.get(i)).as("seed " + seed + ", window " + i).isEqualTo(random.combinations().get(i));
            }
        }
    }

    @Test
    @DisplayName("UR-6 what is carried over counts from the given instant, and the level of the period begins with it")
    void what_is_carried_over_counts_from_the_given_instant() {
        Metric seats = Metric.of("seats", Aggregation.SUM, "seat").carriedOver();
        keep(() -> ports.metrics().add(seats));
        List<UsageRecord> all = List.of(
                usage("too early").of(seats).at(JANUARY.start().minusSeconds(1)).quantity("100").build(),
                usage("carried").of(seats).at(JANUARY.start()).quantity("7").build(),
                usage("more").of(seats).at(FEBRUARY.start()).quantity("3").build(),
                usage("less").of(seats).at(FEBRUARY.start().plusSeconds(1)).quantity("-4").build());
        add(all);
        var window = new UsageWindow(web.id(), seats, FEBRUARY, false).carriedSince(JANUARY.start());
        List<AggregatedUsage> usage = ports.usageRecords().aggregate(List.of(window, window.with(UsageWindow.Detail.PEAK)));
        assertThat(usage).extracting(AggregatedUsage::quantity).containsExactly(new BigDecimal(6), BigDecimal.TEN);
        assertThat(usage).extracting(AggregatedUsage::carried).containsOnly(new BigDecimal(7));
        assertThat(usage).extracting(AggregatedUsage::count).containsOnly(3L);
    }

    @Test
    @DisplayName("UR-11 the combinations that records have are answered once each, sorted, in the order of the windows")
    void combinations_are_answered_once_each_sorted() {
        add(List.of(usage("1").property("region", "us").property("size", "b").build(),
                usage("2").property("region", "us").property("size", "b").build(), usage("3").property("size", "a").build(),
                usage("4").property("region", "us").property("size", "a b").build(), usage("5").build(),
                usage("6").property("region", "u").property("size", "z").build(),
                usage("7").property("region", "elsewhere").at(FEBRUARY.start()).build()));
        List<String> both = List.of("region", "size");
        assertThat(ports.usageRecords().combinations(List.of(window(FEBRUARY), window(JANUARY)), List.of(both, both)))
                .containsExactly(List.of(List.of("elsewhere", "")), List.of(List.of("", ""), List.of("", "a"),
                        List.of("u", "z"), List.of("us", "a b"), List.of("us", "b")));
        assertThat(ports.usageRecords().combinations(List.of(), List.of())).isEmpty();
    }

    @Test
    @DisplayName("UR-6 slices add up to the whole, and a slice without values has nothing")
    void slices_add_up_to_the_whole() {
        add(List.of(usage("1").property("region", "us").quantity("1").build(), usage("2").quantity("10").build(),
                usage("3").property("region", "ca").quantity("100").build()));
        List<String> region = List.of("region");
        List<UsageWindow> slices = Stream.of(Set.of(List.of("us"), List.of("ca")), Set.of(List.of("")),
                Set.<List<String>>of()).map(values -> window(JANUARY).of(new UsageSlice(region, values))).toList();
        assertThat(ports.usageRecords().aggregate(slices)).extracting(AggregatedUsage::quantity)
                .containsExactly(new BigDecimal(101), BigDecimal.TEN, BigDecimal.ZERO);
    }

    @Test
    @DisplayName("UR-6 without records the answer is none")
    void without_records_the_answer_is_none() {
        for (Aggregation aggregation : Aggregation.values()) {
            var window = new UsageWindow(web.id(), metric(aggregation), JANUARY, true);
            assertThat(ports.usageRecords().aggregate(List.of(window))).containsExactly(AggregatedUsage.none(window));
        }
    }

    @Test
    @DisplayName("UR-6 the usage of one subscription or metric is not that of another")
    void the_usage_of_one_is_not_that_of_another() {
        Subscription other = world.subscribed("other");
        UsageRecord own = usage("k").quantity("1").build();
        add(List.of(own, usage("k").of(metric(Aggregation.SUM)).quantity("10").build(),
                Samples.usage(other, "k").quantity("100").build()));
        assertThat(aggregate(JANUARY)).isEqualTo(AggregatedUsage.of(window(JANUARY), List.of(own)));
    }

    @Test
    @DisplayName("UR-6 the largest quantities add up exactly")
    void the_largest_quantities_add_up_exactly() {
        List<UsageRecord> largest = IntStream.range(0, 20).mapToObj(i -> usage("k" + i)
                .quantity("99999999999999999999999999.999999999999").amount("0.000000000001").build()).toList();
        add(largest);
        assertThat(aggregate(JANUARY)).isEqualTo(AggregatedUsage.of(window(JANUARY), largest));
    }

    @Test
    @DisplayName("UR-7 while it is billed, each record is either counted or known to be late")
    void while_it_is_billed_each_record_is_either_counted_or_late() {
        for (int month = 1; month <= 12; month++) {
            Subscription due = ports.subscriptions().find(web.id()).orElseThrow();
            assertCountedOrLate(new Race(due));
        }
    }

    @Test
    @DisplayName("UR-8 of concurrent equal records with one key, one is stored")
    void of_concurrent_equal_records_one_is_stored() {
        List<Answer> answers = OtherThread.together(THREADS, i -> addAgainAfterFailure(List.of(usage("k").build())).get(0));
        assertThat(answers).extracting(Answer::result).containsOnlyOnce(Result.STORED)
                .containsOnly(Result.STORED, Result.DUPLICATE);
        assertThat(counted(JANUARY)).isEqualTo(1);
    }

    @Test
    @DisplayName("UR-8 of concurrent different records with one key, one is stored and the others conflict with it")
    void of_concurrent_different_records_one_is_stored() {
        List<Answer> answers = OtherThread.together(THREADS,
                i -> addAgainAfterFailure(List.of(usage("k").quantity("1" + i).build())).get(0));
        Optional<UsageRecord> stored = ports.usageRecords().find(usage("k").build().key());
        assertThat(answers).extracting(Answer::result).containsOnlyOnce(Result.STORED)
                .containsOnly(Result.STORED, Result.CONFLICT);
        assertThat(answers).filteredOn(answer -> answer.result() == Result.CONFLICT)
                .allSatisfy(answer -> assertThat(answer.before()).isEqualTo(stored));
    }

    @Test
    @DisplayName("UR-8 of concurrent batches with the same keys in any order, each key is stored once")
    void of_concurrent_batches_each_key_is_stored_once() {
        List<UsageRecord> batch = IntStream.range(0, 50).mapToObj(i -> usage("k" + i).build()).toList();
        var reversed = new ArrayList<>(batch);
        Collections.reverse(reversed);
        List<Answer> answers = OtherThread.together(THREADS, i -> addAgainAfterFailure(i % 2 == 0 ? batch : reversed))
                .stream().flatMap(List::stream).toList();
        assertThat(answers).filteredOn(answer -> answer.result() == Result.STORED).hasSameSizeAs(batch);
        assertThat(aggregate(JANUARY)).isEqualTo(AggregatedUsage.of(window(JANUARY), batch));
    }

    @Test
    @DisplayName("UR-9 a late mark stays until it is settled, once however often it was made")
    void a_late_mark_stays_until_it_is_settled() {
        LateUsage mark = mark(web, Samples.CPU, JANUARY);
        keep(() -> ports.usageRecords().markLate(List.of(mark)));
        keep(() -> ports.usageRecords().markLate(List.of(mark, mark)));
        assertThat(late(web)).containsExactly(mark);
        keep(() -> ports.usageRecords().settle(List.of(mark)));
        assertThat(late(web)).isEmpty();
        keep(() -> ports.usageRecords().markLate(List.of(mark)));
        assertThat(late(web)).containsExactly(mark);
    }

    @Test
    @DisplayName("UR-9 settling one mark leaves the others, and settling none does nothing")
    void settling_one_mark_leaves_the_others() {
        List<LateUsage> marks = marks();
        keep(() -> ports.usageRecords().markLate(marks));
        keep(() -> ports.usageRecords().settle(List.of(marks.get(0))));
        keep(() -> ports.usageRecords().settle(List.of(marks.get(0))));
        keep(() -> ports.usageRecords().settle(List.of()));
        assertThat(late(web)).doesNotContain(marks.get(0)).hasSize(marks.size() - 2);
    }

    @Test
    @DisplayName("UR-9 marks are given as they were made, by subscription, start and metric, for those asked for")
    void marks_are_given_in_order() {
        List<LateUsage> marks = marks();
        Subscription other = ports.subscriptions().find(marks.get(marks.size() - 1).subscription()).orElseThrow();
        keep(() -> ports.usageRecords().markLate(marks));
        assertThat(late(web)).containsExactlyElementsOf(sorted(marks.subList(0, marks.size() - 1)));
        assertThat(late(web, other)).containsExactlyElementsOf(sorted(marks));
        assertThat(late()).isEmpty();
    }

    @Test
    @DisplayName("UR-12 a list asks for all that it says, and gives the latest first")
    void a_list_asks_for_all_that_it_says() {
        Metric calls = metric(Aggregation.COUNT);
        Subscription other = world.subscribed("other");
        UsageRecord first = usage("a").build();
        UsageRecord later = usage("b").at(first.start().plusSeconds(60)).build();
        UsageRecord called = usage("a").of(calls).at(first.start().plusSeconds(120)).build();
        UsageRecord elsewhere = Samples.usage(other, "z").at(first.start().plusSeconds(180)).build();
        List.of(first, later, called, elsewhere).forEach(this::add);
        add(usage("c").window(first.start(), later.start()).build());
        add(Samples.usage(world.subscribed(world.sample(world.chat, "theirs")), "a").build());
        UsageList every = UsageList.of(web.service());
        assertThat(listed(every)).containsExactly(elsewhere, called, later, first);
        assertThat(ports.usageRecords().list(every, new PageRequest(2, 3))).isEqualTo(new Page<>(List.of(first), 4));
        assertThat(ports.usageRecords().list(every, new PageRequest(1_000_000, 1000))).isEqualTo(new Page<>(List.of(), 4));
        assertThat(ports.usageRecords().list(every.keyed("a"), new PageRequest(2, 1))).isEqualTo(new Page<>(List.of(first), 2));
        assertThat(listed(every.keyed("c"))).isEmpty();
        assertThat(listed(every.keyed("a").of(web.id()).of(calls.code()))).containsExactly(called);
        assertThat(listed(UsageList.of(world.chat.id()).of(web.id()))).isEmpty();
        assertThat(listed(every.of(web.id()))).containsExactly(called, later, first);
        assertThat(listed(every.of(calls.code()))).containsExactly(called);
        assertThat(listed(every.keyed("a"))).containsExactly(called, first);
        assertThat(listed(every.between(Optional.of(later.start()), Optional.of(called.start())))).containsExactly(later);
        assertThat(listed(UsageList.of(new ServiceId(Samples.id("no service"))))).isEmpty();
    }

    private List<UsageRecord> listed(UsageList list) {
        return ports.usageRecords().list(list, PageRequest.first(100)).items();
    }

    @Test
    @DisplayName("UR-13 a series adds up by the calendar of its zone")
    void a_series_adds_up_by_the_calendar_of_its_zone() {
        UsageRecord late = usage("a").at(Instant.parse("2026-01-11T04:30:00Z")).quantity("1.5").build();
        UsageRecord early = usage("b").at(Instant.parse("2026-01-11T05:30:00Z")).quantity("2").build();
        UsageRecord same = usage("c").at(Instant.parse("2026-01-11T05:59:59Z")).quantity("4").build();
        List.of(late, early, same).forEach(this::add);
        assertThat(series(late, Step.DAY, Samples.TORONTO)).containsExactly(
                new Point(Instant.parse("2026-01-10T05:00:00Z"), 1, new BigDecimal("1.5")),
                new Point(Instant.parse("2026-01-11T05:00:00Z"), 2, new BigDecimal("6")));
        assertThat(series(late, Step.HOUR, ZoneId.of("UTC"))).extracting(Point::records).containsExactly(1L, 2L);
        assertThat(series(late, Step.MONTH, Samples.TORONTO)).containsExactly(
                new Point(Instant.parse("2026-01-01T05:00:00Z"), 3, new BigDecimal("7.5")));
        assertThat(ports.usageRecords().series(new UsageSeries(web.id(), late.key().metric(), early.start(), same.start(),
                Step.DAY, Samples.TORONTO))).extracting(Point::records).containsExactly(1L);
    }

    private List<Point> series(UsageRecord of, Step step, ZoneId zone) {
        return ports.usageRecords().series(new UsageSeries(web.id(), of.key().metric(), JANUARY.start(), JANUARY.end(), step,
                zone));
    }

    @Test
    @DisplayName("UR-10 a record is found by its key, exactly as it was")
    void a_record_is_found_exactly_as_it_was() {
        for (UsageRecord rich : richRecords()) {
            add(rich);
            assertThat(ports.usageRecords().find(rich.key())).contains(rich);
        }
    }

    @Test
    @DisplayName("UR-10 nothing is found by a key that was not stored")
    void nothing_is_found_by_a_key_that_was_not_stored() {
        add(usage("k").build());
        assertThat(ports.usageRecords().find(usage("other").build().key())).isEmpty();
    }

    private List<UsageRecord> richRecords() {
        UsageSample many = usage("schlüssel/🚀 \"' \\ %").quantity("99999999999999999999999999.999999999999")
                .window(Instant.parse("2026-01-31T23:59:59.999999Z"), Instant.parse("2026-03-01T00:00:00.000001Z"))
                .amount("12345678901234567890123456.123456789012").recordedAt(Instant.parse("2026-02-03T04:05:06.789012Z"));
        for (int i = 0; i < 64; i++) {
            many = many.property("Größe " + i, "«" + "ü".repeat(i) + "» 🦊 {\"a\": null}");
        }
        return List.of(many.build(), usage("negative").quantity("-0.000000000001").build(),
                usage("zero").quantity("0").amount("0").build());
    }

    private List<LateUsage> marks() {
        Metric calls = metric(Aggregation.COUNT);
        Subscription other = world.subscribed("other");
        return List.of(mark(web, Samples.CPU, FEBRUARY), mark(web, calls, FEBRUARY), mark(web, calls, JANUARY),
                mark(web, Samples.CPU, Samples.month("2026-03", Samples.TORONTO)), mark(other, Samples.CPU, JANUARY));
    }

    private static List<LateUsage> sorted(List<LateUsage> marks) {
        return marks.stream().sorted(Comparator.comparing(LateUsage::subscription)
                .thenComparing(mark -> mark.period().start()).thenComparing(LateUsage::metric)).toList();
    }

    private static LateUsage mark(Subscription subscription, Metric metric, BillingPeriod period) {
        return new LateUsage(subscription.id(), metric.code(), period);
    }

    private List<LateUsage> late(Subscription... subscriptions) {
        return ports.usageRecords().late(Stream.of(subscriptions).map(Subscription::id).toList());
    }

    private Metric metric(Aggregation aggregation) {
        Metric metric = Samples.metric(aggregation);
        keep(() -> ports.metrics().add(metric));
        return metric;
    }

    private UsageSample usage(String key) {
        return Samples.usage(web, key);
    }

    private Answer add(UsageRecord record) {
        return add(List.of(record)).get(0);
    }

    private List<Answer> add(List<UsageRecord> records) {
        return kept(() -> {
            held();
            return ports.usageRecords().add(records, false);
        });
    }

    private Answer replace(UsageRecord record) {
        return kept(() -> {
            held();
            return ports.usageRecords().add(List.of(record), true);
        }).get(0);
    }

    /** Nobody bills the subscription until the unit of work has ended. */
    private Subscription held() {
        String reference = web.id().toString();
        return ports.subscriptions().hold(world.hosting.id(), List.of(reference)).get(reference);
    }

    private List<Answer> addAgainAfterFailure(List<UsageRecord> records) {
        return againAfterFailure(() -> add(records));
    }

    /** An adapter may fail under contention, as long as doing it again is safe. */
    private static <T> T againAfterFailure(Supplier<T> work) {
        for (int attempts = 1; attempts < 20; attempts++) {
            try {
                return work.get();
            } catch (PortFailure again) {
                Thread.onSpinWait();
            }
        }
        return work.get();
    }

    private UsageWindow window(BillingPeriod period) {
        return new UsageWindow(web.id(), Samples.CPU, period, false);
    }

    private AggregatedUsage aggregate(BillingPeriod period) {
        return ports.usageRecords().aggregate(List.of(window(period))).get(0);
    }

    private long counted(BillingPeriod period) {
        return aggregate(period).count();
    }

    private void assertCountedOrLate(Race race) {
        AggregatedUsage billed = race.run();
        assertThat(billed).isEqualTo(AggregatedUsage.of(billed.window(), race.notLate()));
        assertThat(aggregate(billed.window().period())).as("afterwards all of it is there")
                .isEqualTo(AggregatedUsage.of(billed.window(), race.records));
    }

    /** One period of a subscription, recorded by several threads while another bills it. */
    private final class Race {

        private static final int EACH = 15;

        private final BillingPeriod period;
        private final List<UsageRecord> records;
        private final CountDownLatch someAreStored = new CountDownLatch(EACH);
        private final List<UsageRecord> late = Collections.synchronizedList(new ArrayList<>());

        Race(Subscription due) {
            this.period = due.dueWindow().usage().orElseThrow().period();
            this.records = IntStream.range(0, THREADS * EACH)
                    .mapToObj(i -> usage(period.start() + " " + i).at(period.start().plusSeconds(i)).build()).toList();
        }

        AggregatedUsage run() {
            return OtherThread.together(THREADS + 1, i -> i < THREADS ? record(i) : bill()).get(THREADS).orElseThrow();
        }

        List<UsageRecord> notLate() {
            return records.stream().filter(record -> !late.contains(record)).toList();
        }

        private Optional<AggregatedUsage> record(int thread) {
            for (UsageRecord record : records.subList(thread * EACH, (thread + 1) * EACH)) {
                if (againAfterFailure(() -> recordedLate(record))) {
                    late.add(record);
                }
                someAreStored.countDown();
            }
            return Optional.empty();
        }

        private boolean recordedLate(UsageRecord record) {
            return kept(() -> {
                boolean isLate = record.start().isBefore(held().billedThrough());
                ports.usageRecords().add(List.of(record), false);
                return isLate;
            });
        }

        private Optional<AggregatedUsage> bill() {
            try {
                someAreStored.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nothing was recorded", e);
            }
            return Optional.of(kept(() -> {
                Subscription due = ports.subscriptions().claimDue(period.end(), Optional.empty(), 1, WhenHeld.WAIT).get(0);
                AggregatedUsage usage = aggregate(period);
                ports.subscriptions().update(List.of(due.billed()));
                return usage;
            }));
        }
    }
}
