package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.KeyScope;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many requests a service may still make on this instance. What it does not use for two seconds it can use at once.
 * Usage comes in requests that are many and small, so it has a limit of its own.
 */
final class RateLimits {

    private static final int BURST_SECONDS = 2;

    private final Map<Limited, Bucket> buckets = new ConcurrentHashMap<>();
    private final int perSecond;

    RateLimits(int perSecond) {
        this.perSecond = perSecond;
    }

    /** What is counted together. */
    private record Limited(String caller, boolean usage) { }

    /**
     * The state of a caller's limit after a request.
     *
     * @param retrySeconds until a request is let in; 0 if this one was
     */
    record Left(boolean allowed, long limit, long remaining, long retrySeconds) { }

    Left take(Caller caller, KeyScope scope) {
        boolean usage = scope == KeyScope.USAGE;
        long rate = usage ? (long) perSecond * ApiSettings.USAGE_REQUESTS : perSecond;
        ConsumptionProbe probe = buckets.computeIfAbsent(new Limited(caller.name(), usage), any -> bucket(rate))
                .tryConsumeAndReturnRemaining(1);
        long wait = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + TimeUnit.SECONDS.toNanos(1) - 1);
        return new Left(probe.isConsumed(), rate * BURST_SECONDS, probe.getRemainingTokens(),
                probe.isConsumed() ? 0 : Math.max(1, wait));
    }

    private static Bucket bucket(long rate) {
        return Bucket.builder().addLimit(limit -> limit.capacity(rate * BURST_SECONDS)
                .refillGreedy(rate, Duration.ofSeconds(1))).build();
    }
}
