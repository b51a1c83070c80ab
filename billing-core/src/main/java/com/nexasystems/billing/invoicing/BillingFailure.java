package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.subscription.SubscriptionId;

/**
 * A subscription that could not be billed. It stays due; the others were billed.
 *
 * @param externalId the service's own id of it
 * @param reason     for the person who puts it right
 */
public record BillingFailure(SubscriptionId subscription, String externalId, String reason) {

    static BillingFailure of(Invoice draft, RuntimeException failure) {
        BilledSubscription billed = draft.billed().orElseThrow();
        return of(billed.id(), billed.externalId(), failure);
    }

    static BillingFailure of(SubscriptionId subscription, String externalId, RuntimeException failure) {
        return new BillingFailure(subscription, externalId,
                failure.getMessage() == null ? failure.toString() : failure.getMessage());
    }
}
