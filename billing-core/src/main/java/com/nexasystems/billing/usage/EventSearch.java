package com.nexasystems.billing.usage;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which single events of a service. Without a subscription, searching takes the longer the more subscriptions there are.
 *
 * @param metrics of one of these
 * @param from    at or after it
 * @param until   before it
 */
public record EventSearch(ServiceId service, Optional<SubscriptionId> subscription, Set<MetricCode> metrics,
                          Optional<Instant> from, Optional<Instant> until) {

    /** How far a list is counted, and reaches. */
    public static final int MOST = 100_000;

    public EventSearch {
        metrics = Set.copyOf(metrics);
    }

    /** Whether an event of one of the service's subscriptions belongs to it. */
    public boolean contains(UsageRecord event) {
        return event.end().isEmpty() && metrics.contains(event.key().metric())
                && subscription.map(event.key().subscription()::equals).orElse(true)
                && from.map(time -> !event.start().isBefore(time)).orElse(true)
                && until.map(event.start()::isBefore).orElse(true);
    }
}
