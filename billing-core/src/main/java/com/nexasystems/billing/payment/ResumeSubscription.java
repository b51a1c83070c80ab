package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Claims;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Resumes a subscription that is paused, on its plan and in its rhythm: what is left of the period is billed, by day from
 * the day of the resumption on. Tells {@code subscription.reactivated}; not of one that owes an invoice, which is past due
 * again, and is told so once that is paid.
 */
public final class ResumeSubscription {

    private final Claims claims;
    private final Payments payments;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public ResumeSubscription(Subscriptions subscriptions, Payments payments, EventLog events, Ids ids, Clock clock,
                              UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
        this.payments = payments;
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
        return claims.change(service, reference, found -> resumed(found, now), resumed -> tell(resumed, now));
    }

    private Subscription resumed(Subscription found, Instant now) {
        if (found.state() != SubscriptionState.PAUSED) {
            throw new SubscriptionState.IllegalTransition(found.state(), SubscriptionState.ACTIVE);
        }
        Subscription resumed = found.resumed(now);
        return payments.owing(List.of(found.id())).isEmpty() ? resumed : resumed.in(SubscriptionState.PAST_DUE);
    }

    private void tell(Subscription resumed, Instant now) {
        if (resumed.state() != SubscriptionState.PAST_DUE) {
            events.append(List.of(resumed.event(ids.next(), EventType.SUBSCRIPTION_REACTIVATED, now)));
        }
    }
}
