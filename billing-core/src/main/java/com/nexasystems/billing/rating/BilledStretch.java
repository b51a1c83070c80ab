package com.nexasystems.billing.rating;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.subscription.Subscription;

/**
 * A billing period of a subscription, or what lies of one in the time looked at.
 *
 * @param period what lies in it
 * @param billed the stretch that an invoice bills; its start decides the version of the plan
 * @param whole  the whole period around it
 * @param endDay to whom the day on which it ends belongs: another phase that follows has that of the change
 */
record BilledStretch(Subscription subscription, BillingPeriod period, BillingPeriod billed, BillingPeriod whole,
                     CutDay endDay) {

    boolean isCut() {
        return !period.equals(billed);
    }
}
