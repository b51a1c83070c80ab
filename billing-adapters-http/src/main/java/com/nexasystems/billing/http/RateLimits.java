package com.nexasystems.billing.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How many requests a service may still make on this instance. What it does not use for two seconds it can use at once. */
final class RateLimits {

    private static final int BURST_SECONDS = 2;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final int perSecond;

    RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * The state of a caller's limit after a request.
     *
     * @param retrySeconds until a request is let in; 0 if this one was
     */
    record Left(boolean allowed, long limit, long remaining, long retrySeconds) { }

    Left take(Caller caller) {
        ConsumptionProbe probe = buckets.computeIfAbsent(caller.name(), any -> bucket()).tryConsumeAndReturnRemaining(1);
        long nanos = probe.getNanosToWaitForRefill();
        return new Left(probe.isConsumed(), (long) perSecond * BURST_SECONDS, probe.getRemainingTokens(),
                probe.isConsumed() ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1)));
    }

    private Bucket bucket() {
        return Bucket.builder().addLimit(limit -> limit.capacity((long) perSecond * BURST_SECONDS)
                .refillGreedy(perSecond, Duration.ofSeconds(1))).build();
    }
}
