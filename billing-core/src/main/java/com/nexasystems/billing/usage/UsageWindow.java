package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;

/**
 * What is to be aggregated.
 *
 * @param withEvents whether the values of the single records are wanted too
 */
public record UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, boolean withEvents) { }
