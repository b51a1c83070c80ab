package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Cases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryScheduleTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final DeliverySchedule HOURLY = new DeliverySchedule(List.of(HOUR, HOUR, HOUR));
    private static final Entropy ZERO = byte[]::new;

    @Test
    void the_default_makes_ten_attempts_in_about_two_days() {
        assertThat(DeliverySchedule.DEFAULT.waits()).hasSize(9)
                .startsWith(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(2),
                        Duration.ofHours(5), Duration.ofHours(10));
        assertThat(DeliverySchedule.DEFAULT.waits().stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofHours(45), Duration.ofHours(50));
    }

    @Test
    void a_wait_is_at_most_a_fifth_shorter_or_longer() {
        Cases.check(200, random -> {
            Entropy entropy = count -> {
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                return bytes;
            };
            List<Duration> waits = DeliverySchedule.DEFAULT.waits();
            for (int failed = 1; failed <= waits.size(); failed++) {
                Duration wait = DeliverySchedule.DEFAULT.afterFailures(failed, Optional.empty(), entropy).orElseThrow();
                Duration planned = waits.get(failed - 1);
                assertThat(wait).isBetween(planned.multipliedBy(8).dividedBy(10), planned.multipliedBy(12).dividedBy(10));
            }
        });
    }

    @Test
    void all_waits_between_the_bounds_occur_and_both_bounds_are_reached() {
        Set<Duration> waits = new HashSet<>();
        for (int i = 0; i < 401; i++) {
            int number = i;
            waits.add(HOURLY.afterFailures(1, Optional.empty(), count -> new byte[] {0, 0, (byte) (number >> 8),
                    (byte) number}).orElseThrow());
        }
        assertThat(waits).hasSize(401).contains(Duration.ofMinutes(48), HOUR, Duration.ofMinutes(72));
    }

    @Test
    void whoever_asks_for_more_time_gets_it_and_whoever_asks_for_less_does_not() {
        assertThat(wait(1, Duration.ofHours(3))).contains(Duration.ofHours(3));
        assertThat(wait(1, Duration.ofMinutes(49))).contains(Duration.ofMinutes(49));
        for (Duration less : List.of(Duration.ofMinutes(47), Duration.ZERO, Duration.ofSeconds(-5))) {
            assertThat(wait(1, less)).contains(Duration.ofMinutes(48));
        }
    }

    @Test
    void nobody_gets_more_than_a_day() {
        assertThat(wait(1, Duration.ofHours(24))).contains(Duration.ofHours(24));
        assertThat(wait(1, Duration.ofHours(25))).contains(Duration.ofHours(24));
        assertThat(wait(1, Duration.ofSeconds(Long.MAX_VALUE))).contains(Duration.ofHours(24));
    }

    @Test
    void after_the_last_attempt_there_is_none_even_for_whoever_asks_to_wait() {
        assertThat(wait(3, Duration.ZERO)).isPresent();
        assertThat(wait(4, Duration.ZERO)).isEmpty();
        assertThat(wait(4, HOUR)).isEmpty();
        assertThat(new DeliverySchedule(List.of()).afterFailures(1, Optional.empty(), ZERO)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "P7DT0.000000001S"})
    void a_wait_is_between_nothing_and_a_week(Duration wait) {
        assertThatThrownBy(() -> new DeliverySchedule(List.of(HOUR, wait))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("7 days");
    }

    @Test
    void a_schedule_has_at_most_thirty_waits() {
        List<Duration> thirty = new ArrayList<>(Collections.nCopies(30, Duration.ofDays(7)));
        assertThat(new DeliverySchedule(thirty).waits()).hasSize(30);
        thirty.add(HOUR);
        assertThatThrownBy(() -> new DeliverySchedule(thirty)).isInstanceOf(InvalidValue.class);
    }

    private static Optional<Duration> wait(int failed, Duration retryAfter) {
        return HOURLY.afterFailures(failed, Optional.of(retryAfter), ZERO);
    }
}
