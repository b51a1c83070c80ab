package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a receiver answers can be kept. */
class DeliveryAttemptTest {

    @ParameterizedTest
    @CsvSource({"'', ''", "plain, plain", "a\u0000b, a\uFFFDb", "🚀, 🚀", "\uD83D, \uFFFD", "\uDE80\uD83D, \uFFFD\uFFFD"})
    void what_no_database_keeps_is_replaced(String answer, String kept) {
        assertThat(attempt(answer).detail()).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({"999, '🚀', '\uFFFD'", "998, '🚀', '🚀'", "1000, 'x', ''"})
    void a_long_answer_is_cut_and_no_character_is_halved(int before, String last, String kept) {
        String begin = "x".repeat(before);
        assertThat(attempt(begin + last + "y".repeat(1_000_000)).detail()).startsWith(begin + kept).hasSize(1_000);
    }

    private static DeliveryAttempt attempt(String detail) {
        return new DeliveryAttempt(new DeliveryId(new UUID(0, 1)), Instant.EPOCH, Duration.ZERO, OptionalInt.of(200),
                detail);
    }
}
