package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.rating.ThresholdMarks.Mark;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.rating.ThresholdMarks}. */
public abstract class ThresholdMarksContract extends PortContract {

    private static final SubscriptionId WEB = new SubscriptionId(Samples.id("web"));
    private static final Instant PERIOD = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final Mark MARK = new Mark(WEB, "größer 🚀", PERIOD, 80);
    private static final int THREADS = 6;

    /** Each like {@link #MARK} but for one thing. The longest charge has a text as long as any. */
    private static final List<Mark> OTHERS = List.of(new Mark(WEB, MARK.charge(), PERIOD, 100),
            new Mark(WEB, MARK.charge(), PERIOD.plusNanos(1_000), 80), new Mark(WEB, "grösser 🚀", PERIOD, 80),
            new Mark(WEB, "Größer 🚀", PERIOD, 80), new Mark(WEB, "x".repeat(165), PERIOD, 80),
            new Mark(new SubscriptionId(Samples.id("other")), MARK.charge(), PERIOD, 80));

    protected ThresholdMarksContract() {
    }

    @Test
    @DisplayName("TM-1 a mark is set once")
    void a_mark_is_set_once() {
        assertThat(set(List.of(MARK))).containsExactly(MARK);
        assertThat(set(List.of(MARK))).isEmpty();
        assertThat(set(List.of())).isEmpty();
    }

    @Test
    @DisplayName("TM-1 marks that differ in anything are different marks")
    void marks_that_differ_in_anything_are_different_marks() {
        set(List.of(MARK));
        for (Mark other : OTHERS) {
            assertThat(set(List.of(MARK, other))).containsExactly(other);
        }
        assertThat(set(OTHERS)).isEmpty();
    }

    @Test
    @DisplayName("TM-1 of those that are asked for, the answer has those that were not set before")
    void the_answer_has_those_that_were_not_set_before() {
        assertThat(set(List.of(OTHERS.get(0), OTHERS.get(2)))).containsExactlyInAnyOrder(OTHERS.get(0), OTHERS.get(2));
        var all = new HashSet<>(OTHERS);
        all.add(MARK);
        var fresh = new HashSet<>(all);
        fresh.removeAll(List.of(OTHERS.get(0), OTHERS.get(2)));
        assertThat(set(new ArrayList<>(all))).isEqualTo(fresh);
    }

    @Test
    @DisplayName("TM-1 a mark that is asked for twice at once is set once")
    void a_mark_that_is_asked_for_twice_at_once_is_set_once() {
        assertThat(set(List.of(MARK, MARK, OTHERS.get(0)))).containsExactlyInAnyOrder(MARK, OTHERS.get(0));
        assertThat(set(List.of(MARK))).isEmpty();
    }

    @Test
    @DisplayName("TM-1 of concurrent units of work, one sets a mark, in whatever order they ask")
    void of_concurrent_units_of_work_one_sets_a_mark() {
        List<Mark> marks = IntStream.range(0, 40).mapToObj(i -> new Mark(WEB, "charge " + i, PERIOD, 80)).toList();
        List<Mark> answers = OtherThread.together(THREADS, thread -> {
            var own = new ArrayList<>(marks);
            Collections.shuffle(own, new Random(thread));
            return set(own);
        }).stream().flatMap(Set::stream).toList();
        assertThat(answers).containsExactlyInAnyOrderElementsOf(marks);
    }

    @Test
    @DisplayName("TM-2 a mark of work that failed is not set")
    void a_mark_of_work_that_failed_is_not_set() {
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.thresholdMarks().set(List.of(MARK));
            throw failure;
        })).isSameAs(failure);
        assertThat(set(List.of(MARK))).containsExactly(MARK);
    }

    private Set<Mark> set(List<Mark> marks) {
        return kept(() -> ports.thresholdMarks().set(marks));
    }
}
