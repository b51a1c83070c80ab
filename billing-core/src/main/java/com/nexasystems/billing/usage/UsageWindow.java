package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;

/**
 * What is to be aggregated.
 *
 * @param period     whose records count; it is shorter than a billing period where the subscription begins or ends
 * @param whole      the whole billing period around it, over which a level is averaged
 * @param withEvents whether the values of the single records are wanted too
 */
public record UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, BillingPeriod whole,
                          boolean withEvents) {

    /** A window that is a whole billing period. */
    public UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, boolean withEvents) {
        this(subscription, metric, period, period, withEvents);
    }
}
