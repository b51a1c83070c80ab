package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long to wait before what was not taken is sent again; each wait is up to a fifth shorter or longer, so that what failed
 * together does not come again together.
 *
 * @param waits one after each failed attempt; after the last one, a delivery is a dead letter
 */
public record DeliverySchedule(List<Duration> waits) {

    /** A receiver that asks for longer than that is asked again all the same. */
    static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private static final int MOST = 30;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int PER_MILLE = 1_000;
    private static final int JITTER_PER_MILLE = 200;

    /** 5 s, 5 min, 30 min, 2 h, 5 h, and then 10 h four times: ten attempts in about two days. */
    public static final DeliverySchedule DEFAULT = new DeliverySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(5), Duration.ofHours(10), Duration.ofHours(10),
            Duration.ofHours(10), Duration.ofHours(10)));

    public DeliverySchedule {
        waits = List.copyOf(waits);
        if (waits.size() > MOST || waits.stream().anyMatch(wait -> wait.isNegative() || wait.compareTo(LONGEST) > 0)) {
            throw new InvalidValue("waits", "are at most " + MOST + ", none below zero or above " + LONGEST.toDays() + " days");
        }
    }

    /**
     * @param failed     how many attempts have failed by now, at least 1
     * @param retryAfter what the receiver asks for: never less is waited
     * @return empty if that was the last one
     */
    Optional<Duration> afterFailures(int failed, Optional<Duration> retryAfter, Entropy entropy) {
        if (failed > waits.size()) {
            return Optional.empty();
        }
        Duration wait = jittered(waits.get(failed - 1), entropy);
        Duration asked = retryAfter.filter(after -> after.compareTo(LONGEST_RETRY_AFTER) < 0).orElse(retryAfter.isPresent()
                ? LONGEST_RETRY_AFTER : Duration.ZERO);
        return Optional.of(asked.compareTo(wait) > 0 ? asked : wait);
    }

    private static Duration jittered(Duration wait, Entropy entropy) {
        int random = Math.floorMod(ByteBuffer.wrap(entropy.bytes(Integer.BYTES)).getInt(), 2 * JITTER_PER_MILLE + 1);
        return wait.multipliedBy(PER_MILLE - JITTER_PER_MILLE + random).dividedBy(PER_MILLE);
    }
}
