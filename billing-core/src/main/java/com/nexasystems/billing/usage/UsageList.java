package com.nexasystems.billing.usage;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which single events of a service; what is empty asks for nothing. Counters of windows are no events. Without a subscription
 * and without a key, listing takes the longer the more subscriptions the service has.
 *
 * @param key   the sender's idempotency key
 * @param from  that start at it or later
 * @param until that start before it
 */
public record UsageList(ServiceId service, Optional<SubscriptionId> subscription, Optional<MetricCode> metric,
                        Optional<String> key, Optional<Instant> from, Optional<Instant> until) {

    /** How far a list is counted, and reaches. */
    public static final int MOST = 100_000;

    /** All events of a service. */
    public static UsageList of(ServiceId service) {
        return new UsageList(service, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    public UsageList of(SubscriptionId only) {
        return new UsageList(service, Optional.of(only), metric, key, from, until);
    }

    public UsageList of(MetricCode only) {
        return new UsageList(service, subscription, Optional.of(only), key, from, until);
    }

    public UsageList keyed(String only) {
        return new UsageList(service, subscription, metric, Optional.of(only), from, until);
    }

    public UsageList between(Optional<Instant> start, Optional<Instant> end) {
        return new UsageList(service, subscription, metric, key, start, end);
    }
}
