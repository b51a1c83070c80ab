package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;

/**
 * A stretch of usage to rate.
 *
 * @param plan    the subscription's own
 * @param version of the plan, whose prices apply
 * @param period  within {@code whole}; shorter where the subscription begins or ends, or where a charge in advance is rated
 *                up to an instant
 * @param whole   a period of the subscription's cycle
 * @param since   where the subscription began: what is carried over counts from there
 * @param endDay  to what the day belongs on which the period ends: to what comes after it, where the plan changes
 */
public record RatingRequest(SubscriptionId subscription, Plan plan, PlanVersion version, BillingPeriod period,
                            BillingPeriod whole, Instant since, CutDay endDay) {

    /** A stretch whose last day belongs to it. */
    public RatingRequest(SubscriptionId subscription, Plan plan, PlanVersion version, BillingPeriod period,
                         BillingPeriod whole, Instant since) {
        this(subscription, plan, version, period, whole, since, CutDay.BEFORE);
    }

    /** @param period what a subscription {@linkplain Subscription#periodOf gives} around an instant */
    public static RatingRequest of(Subscription subscription, Plan plan, PlanVersion version, BillingPeriod period) {
        return new RatingRequest(subscription.id(), plan, version, period,
                subscription.phaseAt(period.start()).usagePeriod(period.start()), subscription.startedAt(),
                subscription.endDayOf(period));
    }
}
