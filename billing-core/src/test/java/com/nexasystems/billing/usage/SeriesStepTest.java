package com.nexasystems.billing.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SeriesStepTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

    @Test
    void an_hour_that_clocks_show_twice_is_two_stretches() {
        Instant from = Instant.parse("2026-11-01T04:30:00Z");
        assertThat(SeriesStep.HOUR.bounds(from, Instant.parse("2026-11-01T07:00:00Z"), TORONTO)).containsExactly(from,
                Instant.parse("2026-11-01T05:00:00Z"), Instant.parse("2026-11-01T06:00:00Z"),
                Instant.parse("2026-11-01T07:00:00Z"));
    }

    @Test
    void days_and_months_begin_at_midnight_of_the_zone() {
        Instant from = Instant.parse("2026-03-07T12:00:00Z");
        assertThat(SeriesStep.DAY.bounds(from, Instant.parse("2026-03-09T12:00:00Z"), TORONTO)).containsExactly(from,
                Instant.parse("2026-03-08T05:00:00Z"), Instant.parse("2026-03-09T04:00:00Z"),
                Instant.parse("2026-03-09T12:00:00Z"));
        assertThat(SeriesStep.MONTH.bounds(from, Instant.parse("2026-05-01T04:00:00Z"), TORONTO)).containsExactly(from,
                Instant.parse("2026-04-01T04:00:00Z"), Instant.parse("2026-05-01T04:00:00Z"));
    }

    @Test
    void a_series_has_an_end_and_is_not_too_long() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        assertThatThrownBy(() -> SeriesStep.DAY.bounds(from, from, TORONTO)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> SeriesStep.HOUR.bounds(from, Instant.parse("9999-01-01T00:00:00Z"), TORONTO))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("10000");
    }
}
