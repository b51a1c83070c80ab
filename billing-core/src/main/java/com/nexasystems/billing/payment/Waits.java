package com.nexasystems.billing.payment;

import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait before a provider is asked again: as long as it is since it was asked first, between a minute and 6 hours.
 */
final class Waits {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(6);

    private Waits() {
    }

    static Instant next(Instant first, Instant now) {
        Duration age = Duration.between(first, now);
        return now.plus(age.compareTo(SHORTEST) < 0 ? SHORTEST : age.compareTo(LONGEST) > 0 ? LONGEST : age);
    }
}
