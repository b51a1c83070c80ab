package com.nexasystems.billing.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DunningPlanTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void retries_are_counted_from_the_first_decline_however_late_one_was() {
        assertThat(retry(1, 0)).isEqualTo(24);
        assertThat(retry(2, 25)).isEqualTo(72);
        assertThat(retry(3, 71)).isEqualTo(120);
        assertThat(DunningPlan.DEFAULT.retryAfter(5, FIRST, FIRST)).isEmpty();
    }

    @Test
    void what_has_passed_waits_as_long_as_the_plan_leaves_between() {
        assertThat(retry(1, 24)).isEqualTo(48);
        assertThat(retry(2, 72)).isEqualTo(120);
        assertThat(retry(4, 1000)).isEqualTo(1048);
    }

    @Test
    void retries_rise_and_are_not_too_many() {
        assertInvalid(List.of(Duration.ZERO));
        assertInvalid(List.of(Duration.ofDays(1), Duration.ofDays(1)));
        assertInvalid(LongStream.rangeClosed(1, 21).mapToObj(Duration::ofDays).toList());
        assertThat(new DunningPlan(List.of()).retryAfter(1, FIRST, FIRST)).isEmpty();
    }

    @Test
    void what_is_wrong_is_said_in_days_where_it_is_days() {
        assertThatThrownBy(() -> new DunningPlan(List.of(Duration.ofDays(3), Duration.ofDays(1))))
                .hasMessage("retries: must rise, and be above zero: 1 days after 3 days");
        assertThatThrownBy(() -> new DunningPlan(List.of(Duration.ofHours(36), Duration.ofHours(30))))
                .hasMessage("retries: must rise, and be above zero: PT30H after PT36H");
    }

    private static long retry(int declined, int hoursAfterFirst) {
        Instant now = FIRST.plus(Duration.ofHours(hoursAfterFirst));
        return Duration.between(FIRST, DunningPlan.DEFAULT.retryAfter(declined, FIRST, now).orElseThrow()).toHours();
    }

    private static void assertInvalid(List<Duration> retries) {
        assertThatThrownBy(() -> new DunningPlan(retries)).isInstanceOf(InvalidValue.class);
    }
}
