package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;

/**
 * Pauses a subscription: from now on nothing of it is billed. What was used until now is billed by the next run, and what
 * was paid in advance for the time after is given back; by day, the day of the pause is in what is given back. Usage that is
 * recorded for the pause is kept, and not charged. A change of plan that was planned does not come.
 */
public final class PauseSubscription {

    private final Claims claims;
    private final Clock clock;

    @Inject
    public PauseSubscription(Subscriptions subscriptions, Clock clock, UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
        this.clock = clock;
    }

    /**
     * @param reference our id or the service's external id
     * @throws InvalidValue                        if the service has no such subscription, or it ends before
     * @throws SubscriptionState.IllegalTransition if it has not begun, is paused, or is terminated
     */
    public Subscription pause(ServiceId service, String reference) {
        Instant now = clock.instant();
        return claims.change(service, reference, found -> found.paused(found.nextChangeAt(now)), paused -> { });
    }
}
