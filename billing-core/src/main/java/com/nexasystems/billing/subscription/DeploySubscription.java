package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Puts what runs on a subscription at the service in the place of what ran before. Events name it from then on, also those
 * of invoices that were written before: whoever acts on them has to find what runs now. Doing it again changes nothing.
 */
public final class DeploySubscription {

    private final Claims claims;

    @Inject
    public DeploySubscription(Subscriptions subscriptions, UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
    }

    /**
     * @param reference  our id or the service's external id
     * @param deployment the service's own id; empty if what runs has none
     * @throws InvalidValue if the service has no such subscription, the id is longer than 255 characters, or the
     *                      subscription is in shadow mode: what runs on it comes with the next import
     */
    public Subscription deploy(ServiceId service, String reference, Optional<String> deployment) {
        return claims.change(service, reference, found -> notInShadow(found).running(deployment), changed -> { });
    }

    private static Subscription notInShadow(Subscription found) {
        if (found.state() == SubscriptionState.SHADOW) {
            throw new InvalidValue("deployment_id", "comes with the import of a subscription that is in shadow mode");
        }
        return found;
    }
}
