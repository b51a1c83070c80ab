package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.usage.FreshUsage}. */
public abstract class FreshUsageContract extends PortContract {

    /** By rising text; the third and fourth would stand first if ids were compared as signed numbers. */
    private static final List<SubscriptionId> IDS = Stream.of("00000000-0000-4000-8000-000000000001",
            "7fffffff-0000-4000-8000-000000000001", "80000000-0000-4000-8000-000000000001",
            "ffffffff-0000-4000-8000-000000000001").map(UUID::fromString).map(SubscriptionId::new).toList();

    protected FreshUsageContract() {
    }

    @Test
    @DisplayName("FU-1 what was marked waits until it is settled, once however often it was marked")
    void what_was_marked_waits_until_it_is_settled() {
        mark(IDS.get(0), IDS.get(1), IDS.get(0));
        mark(IDS.get(1), IDS.get(2));
        assertThat(waiting()).containsExactlyInAnyOrder(IDS.get(0), IDS.get(1), IDS.get(2));
        settle(IDS.get(1), IDS.get(3));
        assertThat(waiting()).containsExactlyInAnyOrder(IDS.get(0), IDS.get(2));
        mark(IDS.get(1));
        assertThat(waiting()).containsExactlyInAnyOrder(IDS.get(0), IDS.get(1), IDS.get(2));
    }

    @Test
    @DisplayName("FU-2 pages follow each other by id, without gap or repetition")
    void pages_follow_each_other() {
        mark(IDS.get(3), IDS.get(1), IDS.get(0), IDS.get(2));
        assertThat(ports.freshUsage().waiting(Optional.empty(), 3)).isEqualTo(IDS.subList(0, 3));
        assertThat(ports.freshUsage().waiting(Optional.of(IDS.get(2)), 3)).isEqualTo(IDS.subList(3, 4));
        assertThat(ports.freshUsage().waiting(Optional.of(IDS.get(3)), 3)).isEmpty();
    }

    @Test
    @DisplayName("FU-3 a mark of a unit of work that failed is not there, and one that it settled still is")
    void marks_share_the_fate_of_their_unit_of_work() {
        mark(IDS.get(0));
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.freshUsage().mark(List.of(IDS.get(1)));
            ports.freshUsage().settle(List.of(IDS.get(0)));
            throw failure;
        })).isSameAs(failure);
        assertThat(waiting()).containsExactly(IDS.get(0));
    }

    private void mark(SubscriptionId... ids) {
        keep(() -> ports.freshUsage().mark(Arrays.asList(ids)));
    }

    private void settle(SubscriptionId... ids) {
        keep(() -> ports.freshUsage().settle(Arrays.asList(ids)));
    }

    private List<SubscriptionId> waiting() {
        return ports.freshUsage().waiting(Optional.empty(), 100);
    }
}
