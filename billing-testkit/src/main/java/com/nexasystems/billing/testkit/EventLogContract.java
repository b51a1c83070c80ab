package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.event.EventLog}. */
public abstract class EventLogContract extends PortContract {

    private static final int THREADS = 5;
    private static final int EACH = 10;

    private Subscription web;
    private Subscription other;

    protected EventLogContract() {
    }

    @BeforeEach
    final void subscribe() {
        var world = new World(ports);
        web = world.subscribed("web");
        other = world.subscribed("other");
    }

    @Test
    @DisplayName("EL-1 an event of every type is there exactly as it was")
    void an_event_is_there_exactly_as_it_was() {
        List<BillingEvent> events = Stream.of(EventType.values()).map(type -> new BillingEvent(
                Samples.id("event " + type), type, web.service(), web.id().value(),
                Instant.parse("2026-02-03T04:05:06.789012Z"),
                Map.of("external_id", "Straße/\"ü\" 🚀", "empty", "", "total", "0.10"))).toList();
        append(events);
        assertThat(log(web)).extracting(Sequenced::event).isEqualTo(events);
    }

    @Test
    @DisplayName("EL-1 an event of work that failed is not there")
    void an_event_of_work_that_failed_is_not_there() {
        assertFails(event(web, "failed"));
        assertThat(log(web)).isEmpty();
    }

    @Test
    @DisplayName("EL-2 sequence numbers count from 1 in the order of appending, also within one batch")
    void sequence_numbers_count_from_one() {
        List<BillingEvent> events = IntStream.range(0, 6).mapToObj(i -> event(web, "event " + (6 - i))).toList();
        append(events.subList(0, 3));
        append(events.subList(3, 5));
        append(events.subList(5, 6));
        assertThat(log(web)).isEqualTo(IntStream.range(0, 6).mapToObj(i -> new Sequenced(i + 1L, events.get(i))).toList());
    }

    @Test
    @DisplayName("EL-2 each subscription has sequence numbers of its own")
    void each_subscription_has_sequence_numbers_of_its_own() {
        BillingEvent first = event(web, "first");
        BillingEvent others = event(other, "others");
        BillingEvent second = event(web, "second");
        append(List.of(first, others, second));
        assertThat(log(web)).containsExactly(new Sequenced(1, first), new Sequenced(2, second));
        assertThat(log(other)).containsExactly(new Sequenced(1, others));
    }

    @Test
    @DisplayName("EL-2 work that failed leaves no gap")
    void work_that_failed_leaves_no_gap() {
        append(List.of(event(web, "first")));
        assertFails(event(web, "failed"));
        append(List.of(event(web, "second")));
        assertThat(log(web)).extracting(Sequenced::sequence).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("EL-2 no gap and no repetition when several threads append")
    void no_gap_and_no_repetition_when_several_threads_append() {
        OtherThread.together(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                append(List.of(event(web, thread + " " + i), event(other, "other " + thread + " " + i)));
            }
            return thread;
        });
        List<Long> expected = LongStream.rangeClosed(1, THREADS * EACH).boxed().toList();
        assertThat(log(web)).extracting(Sequenced::sequence).isEqualTo(expected);
        assertThat(log(other)).extracting(Sequenced::sequence).isEqualTo(expected);
        assertThat(log(web)).extracting(sequenced -> sequenced.event().id()).doesNotHaveDuplicates();
    }

    private void assertFails(BillingEvent event) {
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.eventLog().append(List.of(event));
            throw failure;
        })).isSameAs(failure);
    }

    private void append(List<BillingEvent> events) {
        keep(() -> ports.eventLog().append(events));
    }

    private List<Sequenced> log(Subscription subscription) {
        return ports.eventLog().of(subscription.id().value());
    }

    private static BillingEvent event(Subscription subscription, String name) {
        return new BillingEvent(Samples.id(name), EventType.USAGE_THRESHOLD_REACHED, subscription.service(),
                subscription.id().value(), Samples.NEW_YEAR, Map.of("name", name));
    }
}
