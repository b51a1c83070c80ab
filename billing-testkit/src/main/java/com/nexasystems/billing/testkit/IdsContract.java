package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.boundary.Ids}. */
public abstract class IdsContract extends PortContract {

    private static final int EACH = 20_000;

    protected IdsContract() {
    }

    @Test
    @DisplayName("ID-1 no id is given twice, also not to concurrent threads")
    void no_id_is_given_twice() {
        List<UUID> given = OtherThread.together(4, i -> ids()).stream().flatMap(List::stream).toList();
        assertThat(given.stream().distinct()).hasSameSizeAs(given);
    }

    @Test
    @DisplayName("ID-2 a later id of one thread sorts after an earlier one, as text")
    void a_later_id_sorts_after_an_earlier_one() {
        List<String> given = ids().stream().map(UUID::toString).toList();
        assertThat(given).isSorted();
    }

    private List<UUID> ids() {
        return IntStream.range(0, EACH).mapToObj(i -> ports.ids().next()).toList();
    }
}
