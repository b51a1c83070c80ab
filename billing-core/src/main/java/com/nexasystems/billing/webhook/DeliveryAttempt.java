package com.nexasystems.billing.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * How one attempt to deliver went.
 *
 * @param at     when it began; to the microsecond
 * @param took   to the millisecond
 * @param status of the answer; empty if there was none
 * @param detail the begin of the answer, or why there was none; at most {@value #LONGEST_DETAIL} characters, and none that
 *               no database keeps, whatever a receiver answers
 */
public record DeliveryAttempt(DeliveryId delivery, Instant at, Duration took, OptionalInt status, String detail) {

    public static final int LONGEST_DETAIL = 1_000;

    private static final int REPLACEMENT = 0xFFFD;

    public DeliveryAttempt {
        at = at.truncatedTo(ChronoUnit.MICROS);
        took = took.truncatedTo(ChronoUnit.MILLIS);
        detail = storable(detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL));
    }

    /** Without NUL and halves of surrogate pairs, of which one may be at the end now. */
    private static String storable(String text) {
        var storable = new StringBuilder();
        text.codePoints().map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point)
                .forEach(storable::appendCodePoint);
        return storable.toString();
    }
}
