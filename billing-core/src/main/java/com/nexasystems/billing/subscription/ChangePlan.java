package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Puts a subscription on another plan. It stays one subscription, with its usage and its anniversary. The billing run that
 * reaches the change bills what is over, gives back what was paid in advance beyond it, and tells
 * {@code subscription.started} with the new plan.
 *
 * <p>A trial counts from the start of the subscription, whatever the plan: a change in a trial makes it as long as the new
 * plan's; one that is over does not come back.
 */
public final class ChangePlan {

    private final Claims claims;
    private final Plans plans;
    private final Clock clock;

    @Inject
    public ChangePlan(Subscriptions subscriptions, Plans plans, Clock clock, UnitOfWork unitOfWork) {
        this.claims = new Claims(subscriptions, unitOfWork);
        this.plans = plans;
        this.clock = clock;
    }

    /** When a change comes. */
    public enum Timing {
        /**
         * At once if the new plan costs at least as much in a year as the one now, else when the period ends: as in
         * Lago.
         */
        BY_PRICE,
        NOW,
        /** When the period of the flat price ends. */
        PERIOD_END
    }

    /**
     * Changes the plan, or plans to. What was planned before is replaced.
     *
     * @param reference our id or the service's external id
     * @throws InvalidValue              if the service has no such subscription; if it is on the plan already, is paused,
     *                                   not billed, terminated, or ends before; if the plan does not exist, is not active,
     *                                   or has no price then
     * @throws CurrencyMismatchException if the plan is in another currency than the one now
     */
    public Subscription change(ServiceId service, String reference, PlanCode code, Timing timing) {
        Instant now = clock.instant();
        Plan next = plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code)).checkOpen();
        return claims.change(service, reference, found -> changed(found, next, timing, now), changed -> { });
    }

    /**
     * Lets a change that was planned not come.
     *
     * @throws InvalidValue if the service has no such subscription, or no change is planned
     */
    public Subscription cancel(ServiceId service, String reference) {
        Instant now = clock.instant();
        return claims.change(service, reference, found -> unchanged(found, now), unchanged -> { });
    }

    private Subscription changed(Subscription found, Plan next, Timing timing, Instant now) {
        checkChangeable(found);
        Instant asOf = found.state() == SubscriptionState.PENDING ? found.startedAt() : found.nextChangeAt(now);
        Phase phase = found.phaseAt(asOf);
        Plan plan = plan(phase.plan());
        if (plan.code().equals(next.code())) {
            throw new InvalidValue("plan_code", "is the one it is on: " + next.code());
        }
        if (!plan.currency().equals(next.currency())) {
            throw new CurrencyMismatchException(plan.currency(), next.currency());
        }
        Instant at = found.state() != SubscriptionState.PENDING && isAtPeriodEnd(timing, plan, next, asOf)
                ? phase.wholePeriod(asOf).end() : asOf;
        next.versionAt(at);
        return found.changedTo(Phase.of(next, at, phase.cycle().changedTo(next.interval())),
                trialEnd(found, plan, next, at));
    }

    private static void checkChangeable(Subscription found) {
        switch (found.state()) {
            case SHADOW, PAUSED, TERMINATED -> throw new InvalidValue("subscription",
                    "is " + found.state().code() + ", so its plan cannot be changed: " + found.externalId());
            case PENDING, TRIALING, ACTIVE, PAST_DUE -> { }
        }
    }

    private static boolean isAtPeriodEnd(Timing timing, Plan plan, Plan next, Instant asOf) {
        return timing == Timing.PERIOD_END
                || timing == Timing.BY_PRICE && yearly(next, asOf).compareTo(yearly(plan, asOf)) < 0;
    }

    private static BigDecimal yearly(Plan plan, Instant asOf) {
        return plan.versionAt(asOf).flatPrice().amount().multiply(BigDecimal.valueOf(plan.interval().perYear()));
    }

    /** The new plan's, if the trial goes on at the change; over no sooner than that. */
    private static Optional<Instant> trialEnd(Subscription found, Plan plan, Plan next, Instant at) {
        Optional<Instant> wanted = StartSubscription.trialEnd(next, found.startedAt(), found.zone());
        if (found.state() == SubscriptionState.PENDING) {
            return wanted;
        }
        boolean goesOn = found.state() == SubscriptionState.TRIALING
                && StartSubscription.trialEnd(plan, found.startedAt(), found.zone()).filter(at::isBefore).isPresent();
        return goesOn ? Optional.of(wanted.filter(at::isBefore).orElse(at)) : found.trialEnd();
    }

    private Subscription unchanged(Subscription found, Instant now) {
        if (found.plannedAfter(now).isEmpty()) {
            throw new InvalidValue("subscription", "has no change planned: " + found.externalId());
        }
        Plan plan = plan(found.planAt(now));
        Optional<Instant> trial = found.state() == SubscriptionState.TRIALING
                ? StartSubscription.trialEnd(plan, found.startedAt(), found.zone()) : found.trialEnd();
        return found.unchangedAfter(now, trial);
    }

    private Plan plan(PlanCode code) {
        return plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code));
    }
}
