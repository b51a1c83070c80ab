package com.nexasystems.billing.catalog;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * Puts a plan into the catalogue, and later changes its prices by a new version. What was invoiced under an earlier
 * version stays as it is, and a period that has begun keeps the version it began with.
 */
public final class PublishPlanVersion {

    private final Plans plans;
    private final Metrics metrics;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public PublishPlanVersion(Plans plans, Metrics metrics, Clock clock, UnitOfWork unitOfWork) {
        this.plans = plans;
        this.metrics = metrics;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @throws InvalidValue if the code is taken, or a charge names a metric that does not exist */
    public Plan publish(Plan plan) {
        plan.versions().forEach(version -> checkMetrics(version.charges(), metrics));
        if (!unitOfWork.call(() -> plans.add(plan))) {
            throw new InvalidValue("plan_code", "is taken: " + plan.code());
        }
        return plan;
    }

    /** As {@link #publish(PlanCode, PlanVersion, Editions)}; fixed charges, commitment and thresholds stay. */
    public Plan publish(PlanCode code, Instant effectiveFrom, Money flatPrice, List<Charge> charges) {
        Plan plan = plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code));
        return publish(code, plan.latest().next(effectiveFrom, flatPrice, charges), Editions.STAY);
    }

    /** What a new version of a plan means for customers' own editions of it. */
    public enum Editions {
        STAY,
        /**
         * They get a version too, with what they have otherwise than the plan's version before, and all else as the new
         * one.
         */
        FOLLOW
    }

    /**
     * @param version numbered after the latest one; in force from an instant that has not passed: periods that have
     *                begun keep
     *                the prices they began with. A history of prices is published with the plan
     * @throws InvalidValue if there is no such plan, a charge names a metric that does not exist, the currency differs,
     *                      the version would begin in the past or not after the latest one, or somebody else published
     *                      just now
     */
    public Plan publish(PlanCode code, PlanVersion version, Editions editions) {
        return publish(code, version, editions, clock.instant());
    }

    /**
     * As {@link #publish(PlanCode, PlanVersion, Editions)}, in force from now on.
     *
     * @param version by the instant from which it is in force
     */
    public Plan publishNow(PlanCode code, Function<Instant, PlanVersion> version, Editions editions) {
        Instant now = clock.instant();
        return publish(code, version.apply(now), editions, now);
    }

    private Plan publish(PlanCode code, PlanVersion version, Editions editions, Instant now) {
        checkMetrics(version.charges(), metrics);
        if (version.effectiveFrom().isBefore(now.truncatedTo(ChronoUnit.MICROS))) {
            throw new InvalidValue("effective_from", "is in the past: " + version.effectiveFrom() + " (it is " + now + ")");
        }
        return unitOfWork.call(() -> {
            Plan plan = plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code));
            Plan changed = publish(plan, version);
            if (editions == Editions.FOLLOW) {
                plans.all().stream().filter(edition -> edition.terms().overrides().filter(code::equals).isPresent())
                        .forEach(edition -> publish(edition, edition.latest().following(plan.latest(), version)));
            }
            return changed;
        });
    }

    private Plan publish(Plan plan, PlanVersion version) {
        Plan changed = plan.withVersion(version);
        if (!plans.publish(plan.code(), version)) {
            throw new InvalidValue("plan_code", "was changed by somebody else just now, look at it again: " + plan.code());
        }
        return changed;
    }

    /** @throws InvalidValue if a charge names a metric that does not exist, or cannot price what its records add up to */
    public static void checkMetrics(List<Charge> charges, Metrics metrics) {
        for (int i = 0; i < charges.size(); i++) {
            Charge charge = charges.get(i);
            String place = "charges[" + i + "]";
            Metric metric = metrics.find(charge.metric()).orElseThrow(
                    () -> new InvalidValue(place + ".metric", "does not exist: " + charge.metric()));
            ChargeRules.check(place, charge, metric);
        }
    }
}
