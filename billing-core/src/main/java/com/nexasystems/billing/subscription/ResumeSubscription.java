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
 * Resumes a subscription that is paused, on its plan and in its rhythm: what is left of the period is billed, by day from
 * the day of the resumption on. Tells {@code subscription.reactivated}.
 */
public final class ResumeSubscription {

    private final Claims claims;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public ResumeSubscription(Subscriptions subscriptions, EventLog events, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param reference our id or the service's external id
     * @throws InvalidValue                        if the service has no such subscription
     * @throws SubscriptionState.IllegalTransition if it is not paused
     */
    public Subscription resume(ServiceId service, String reference) {
        Instant now = clock.instant();
        return claims.change(service, reference, found -> resumed(found, now),
                resumed -> events.append(List.of(resumed.event(ids.next(), EventType.SUBSCRIPTION_REACTIVATED, now))));
    }

    private static Subscription resumed(Subscription found, Instant now) {
        if (found.state() != SubscriptionState.PAUSED) {
            throw new SubscriptionState.IllegalTransition(found.state(), SubscriptionState.ACTIVE);
        }
        return found.resumed(now);
    }
}
