package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;

/** A stretch that had been billed when a record of it came or was corrected. It is waiting to be rated again. */
public record LateUsage(SubscriptionId subscription, MetricCode metric, BillingPeriod period) { }
