package com.nexasystems.billing.rating;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.rating.CurrentUsage.Usage;
import com.nexasystems.billing.subscription.Subscription;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the usage of the periods that are over comes to. It is rated anew, so that it has late usage too, whether that has been
 * billed already or not. Writes nothing.
 */
public final class PastUsage {

    private final CurrentUsage usage;

    @Inject
    public PastUsage(CurrentUsage usage) {
        this.usage = usage;
    }

    /**
     * The newest first; pauses are left out.
     *
     * @param most of the newest periods
     */
    public Page<Usage> of(Subscription subscription, Instant now, int most, PageRequest request) {
        List<Instant> starts = starts(subscription, now);
        Page<Instant> page = Page.of(starts.subList(0, Math.min(most, starts.size())), request);
        return page.map(start -> usage.of(subscription, start));
    }

    private static List<Instant> starts(Subscription subscription, Instant now) {
        if (subscription.startedAt().isAfter(now)) {
            return List.of();
        }
        Instant until = subscription.terminatedAt().filter(end -> !end.isAfter(now))
                .orElseGet(() -> subscription.periodOf(now).start());
        List<Instant> starts = new ArrayList<>();
        while (until.isAfter(subscription.startedAt())) {
            BillingPeriod period = subscription.periodOf(until.minusNanos(1));
            if (!subscription.phaseAt(period.start()).paused()) {
                starts.add(period.start());
            }
            until = period.start();
        }
        return starts;
    }
}
