package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Ends a subscription. Its last stretch is billed by the next run: the usage, and in arrears the share of the flat price. What
 * was paid in advance for the time after it is given back, unless the caller says otherwise.
 */
public final class TerminateSubscription {

    private final Subscriptions subscriptions;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public TerminateSubscription(Subscriptions subscriptions, EventLog events, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.subscriptions = subscriptions;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** As {@link #terminate(ServiceId, String, UnusedTime)}; what was paid in advance is credited. */
    public Subscription terminate(ServiceId service, String reference) {
        return terminate(service, reference, UnusedTime.CREDIT);
    }

    /**
     * Ends it now.
     *
     * @param reference our id or the service's external id
     * @throws InvalidValue                        if the service has no such subscription
     * @throws SubscriptionState.IllegalTransition if it is terminated already
     */
    public Subscription terminate(ServiceId service, String reference, UnusedTime unused) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            Subscription found = subscriptions.resolve(service, List.of(reference)).get(reference);
            if (found == null) {
                throw new InvalidValue("subscription", "does not exist: " + reference);
            }
            Subscription ended = subscriptions.claim(List.of(found.id())).get(0).terminated(now, unused);
            subscriptions.update(List.of(ended));
            events.append(List.of(ended.event(ids.next(), EventType.SUBSCRIPTION_TERMINATED, now)));
            return ended;
        });
    }
}
