package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest {

    private final TestClock clock = TestClock.startingAt("2026-03-01T00:00:00Z");

    @Test
    void stands_still_until_it_is_moved() {
        assertThat(clock.instant()).isEqualTo("2026-03-01T00:00:00Z");
        clock.advance(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo("2026-03-01T01:00:00Z");
        clock.at("2025-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2025-01-01T00:00:00Z");
    }

    @Test
    void shows_the_same_time_in_every_zone() {
        Clock toronto = clock.withZone(Samples.TORONTO);
        clock.at(Instant.EPOCH);
        assertThat(toronto.instant()).isEqualTo(Instant.EPOCH);
        assertThat(toronto.getZone()).isEqualTo(Samples.TORONTO);
    }
}
