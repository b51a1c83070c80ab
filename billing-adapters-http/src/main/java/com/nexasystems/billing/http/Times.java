package com.nexasystems.billing.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants and days as the API writes them: {@code 2026-01-31T10:00:00Z}, {@code 2026-01-31}. */
final class Times {

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private Times() {
    }

    /** To the second. */
    static String of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String of(Optional<Instant> instant) {
        return instant.map(Times::of).orElse(null);
    }

    /** To the millisecond, as event times are written. */
    static String millis(Instant instant) {
        return MILLIS.format(instant);
    }

    static String day(Optional<LocalDate> day) {
        return day.map(LocalDate::toString).orElse(null);
    }
}
