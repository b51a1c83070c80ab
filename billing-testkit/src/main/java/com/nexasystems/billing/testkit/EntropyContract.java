package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.boundary.Entropy}. */
public abstract class EntropyContract extends PortContract {

    private static final int EACH = 1000;

    protected EntropyContract() {
    }

    @Test
    @DisplayName("EN-1 gives exactly as many bytes as asked for")
    void gives_exactly_as_many_bytes_as_asked_for() {
        for (int count : List.of(0, 1, 15, 16, 17, 32, 4096)) {
            assertThat(ports.entropy().bytes(count)).hasSize(count);
        }
    }

    @Test
    @DisplayName("EN-2 two answers are never equal, also not those of concurrent threads")
    void two_answers_are_never_equal() {
        List<String> given = OtherThread.together(4, thread -> IntStream.range(0, EACH)
                .mapToObj(i -> HexFormat.of().formatHex(ports.entropy().bytes(16))).toList())
                .stream().flatMap(List::stream).toList();
        assertThat(given).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("EN-2 longer answers do not begin with the same 16 bytes")
    void longer_answers_do_not_begin_alike() {
        List<String> given = IntStream.range(0, EACH)
                .mapToObj(i -> HexFormat.of().formatHex(ports.entropy().bytes(32), 0, 16)).toList();
        assertThat(given).doesNotHaveDuplicates();
    }
}
