package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @Test
    void reads_what_the_platform_writes() {
        long least = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long most = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        new Random(7).longs(100_000, least, most).mapToObj(Instant::ofEpochSecond)
                .forEach(instant -> assertThat(IsoTime.parse(instant.toString())).isEqualTo(instant));
        Instant millis = Instant.parse("2026-03-01T00:00:00.123Z");
        assertThat(IsoTime.parse(millis.toString())).isEqualTo(millis);
        assertThat(IsoTime.parse("2026-03-01T00:00:00-05:00")).isEqualTo(Instant.parse("2026-03-01T05:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T23:60:00Z",
            "2026-03-01T23:59:60Z", "2026-03-00T00:00:00Z", "2026-03-01T00:00:00", "2026-03-01 00:00:00Z", "٢٠٢٦-03-01T00:00:00Z"})
    void refuses_what_is_no_time(String text) {
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
