package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/** What the usage of a period that goes on comes to so far. Writes nothing. */
public final class CurrentUsage {

    private final RatePeriod rating;
    private final Plans plans;

    @Inject
    public CurrentUsage(RatePeriod rating, Plans plans) {
        this.rating = rating;
        this.plans = plans;
    }

    /**
     * @param period  of usage, as far as the subscription is in it
     * @param charges one of each part of each charge, also those that come to nothing
     */
    public record Usage(Plan plan, BillingPeriod period, List<Explanation> charges) { }

    /** Of the period around an instant: all of it that has been recorded, also what lies ahead of the instant. */
    public Usage of(Subscription subscription, Instant at) {
        BillingPeriod period = subscription.periodOf(at);
        PlanCode code = subscription.planAt(period.start());
        Plan plan = plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code));
        var request = RatingRequest.of(subscription, plan, plan.versionAt(period.start()), period);
        return new Usage(plan, period, rating.rate(List.of(request)).get(0));
    }
}
