package com.nexasystems.billing.subscription;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;

/**
 * A stretch of a subscription on one plan, until the next phase begins or the subscription ends.
 *
 * @param from          its first instant, to the microsecond
 * @param plan          while paused, the plan that it was on
 * @param cycle         the rhythm of the flat price
 * @param usageInterval how often usage is billed: the cycle's own interval, or a shorter one that divides it
 * @param fixedInterval how often fixed charges are, likewise
 * @param inAdvance     whether the flat price is billed when a period begins
 * @param paused        nothing of it is billed
 */
public record Phase(Instant from, PlanCode plan, BillingCycle cycle, Interval usageInterval, Interval fixedInterval,
                    boolean inAdvance, boolean paused) {

    public Phase {
        from = InvalidValue.checkInstant("subscription_at", from);
    }

    public static Phase of(Plan plan, Instant from, BillingCycle cycle) {
        return new Phase(from, plan.code(), cycle, plan.usageInterval(), plan.fixedChargeInterval(), plan.inAdvance(),
                false);
    }

    Phase pausedAt(Instant at) {
        return new Phase(at, plan, cycle, usageInterval, fixedInterval, inAdvance, true);
    }

    Phase resumedAt(Instant at) {
        return new Phase(at, plan, cycle, usageInterval, fixedInterval, inAdvance, false);
    }

    /** The whole period of the plan around an instant; what a share of the flat price is a share of. */
    public BillingPeriod wholePeriod(Instant instant) {
        return cycle.periodContaining(instant);
    }

    /** The whole period of usage around an instant. */
    public BillingPeriod usagePeriod(Instant instant) {
        return cycle.every(usageInterval).periodContaining(instant);
    }

    /** The whole period of fixed charges around an instant. */
    public BillingPeriod fixedPeriod(Instant instant) {
        return cycle.every(fixedInterval).periodContaining(instant);
    }

    /** The next end of a period of any kind after an instant. */
    Instant nextBoundary(Instant instant) {
        return cycle.every(usageInterval.orShorter(fixedInterval)).periodContaining(instant).end();
    }
}
