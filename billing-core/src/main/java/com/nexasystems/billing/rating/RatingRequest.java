package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;

/**
 * A stretch of usage to rate.
 *
 * @param plan   the subscription's own; the version in force when the period begins prices it
 * @param period within one period of the subscription's cycle
 */
public record RatingRequest(SubscriptionId subscription, Plan plan, BillingPeriod period) { }
