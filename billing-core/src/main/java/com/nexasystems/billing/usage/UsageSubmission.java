package com.nexasystems.billing.usage;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A usage record as a sender hands it in, before anything of it is believed. Numbers are text: they are checked before
 * they become numbers.
 *
 * @param subscription our id, or the service's external id: of several subscriptions that had it one after the other, the
 *                     latest
 * @param end          empty for a single event
 * @param quantity     null where the metric computes it, finds it in a property, or only counts records
 */
public record UsageSubmission(String subscription, String metric, Instant start, Optional<Instant> end, String quantity,
                              Optional<String> amount, Map<String, String> properties, String idempotencyKey) {

    /** A counter of a window. */
    public static UsageSubmission counter(String subscription, String metric, Instant start, Instant end, String quantity,
                                          String idempotencyKey) {
        return new UsageSubmission(subscription, metric, start, Optional.of(end), quantity, Optional.empty(), Map.of(),
                idempotencyKey);
    }

    /** A single event. */
    public static UsageSubmission event(String subscription, String metric, Instant at, String quantity,
                                        String idempotencyKey) {
        return new UsageSubmission(subscription, metric, at, Optional.empty(), quantity, Optional.empty(), Map.of(),
                idempotencyKey);
    }

    public UsageSubmission withProperty(String name, String value) {
        var more = new HashMap<>(properties);
        more.put(name, value);
        return new UsageSubmission(subscription, metric, start, end, quantity, amount, more, idempotencyKey);
    }
}
