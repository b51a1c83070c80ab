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
 * Ends a subscription. Its last stretch is billed by the next run: the usage, and in arrears the share of the flat
 * price. What
 * was paid in advance for the time after it is given back, unless the caller says otherwise.
 */
public final class TerminateSubscription {

    private final Claims claims;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public TerminateSubscription(Subscriptions subscriptions, EventLog events, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
        this.events = events;
        this.ids = ids;
        this.clock = clock;
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
        return claims.change(service, reference, found -> notInShadow(found).terminated(now, unused),
                ended -> events.append(List.of(ended.event(ids.next(), EventType.SUBSCRIPTION_TERMINATED, now))));
    }

    /**
     * Lets it end at an instant to come. It runs until then, and the billing run that reaches the end tells of it. Asking
     * again moves the end.
     *
     * @throws InvalidValue                        if the instant has passed, or the service has no such subscription
     * @throws SubscriptionState.IllegalTransition if it is terminated already
     */
    public Subscription terminateAt(ServiceId service, String reference, Instant at, UnusedTime unused) {
        Instant now = clock.instant();
        if (!at.isAfter(now)) {
            throw new InvalidValue("ending_at", "has passed: " + at + " (it is " + now + ")");
        }
        return claims.change(service, reference, found -> notInShadow(found).ending(at, unused), ended -> { });
    }

    /** Receivers would be told, and would take away what the other biller still bills. */
    private static Subscription notInShadow(Subscription found) {
        if (found.state() == SubscriptionState.SHADOW) {
            throw new InvalidValue("subscription", "is in shadow mode: it ends where it is billed, and here with the"
                    + " next import");
        }
        return found;
    }
}
