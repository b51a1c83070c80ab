package com.nexasystems.billing.rating;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.Subscription;

/**
 * A billing period of a subscription, or what lies of one in the time looked at.
 *
 * @param period what lies in it
 * @param billed the stretch that an invoice bills; its start decides the version of the plan
 * @param whole  the whole period around it
 */
record BilledStretch(Subscription subscription, BillingPeriod period, BillingPeriod billed, BillingPeriod whole) {

    boolean isCut() {
        return !period.equals(billed);
    }
}
