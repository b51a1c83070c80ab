package com.nexasystems.billing.catalog;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;

/**
 * Makes a customer's own edition of a plan: a plan of its own, on which a subscription is started, or to which it is
 * changed,
 * as on any other. Invoices show the name of the plan it was made from, unless the edition has another.
 */
public final class OverridePlan {

    private final Plans plans;
    private final Metrics metrics;
    private final UnitOfWork unitOfWork;

    @Inject
    public OverridePlan(Plans plans, Metrics metrics, UnitOfWork unitOfWork) {
        this.plans = plans;
        this.metrics = metrics;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param parent     of the catalogue, not an edition itself
     * @param externalId the service's own id of the subscription it is for; makes the code, with a number if there are
     *                   several
     * @throws InvalidValue if there is no such plan, or it is an edition; if it has no charge of that code; if a currency
     *                      differs; or if the code would be too long
     */
    public Plan override(PlanCode parent, String externalId, PlanOverride changes) {
        Plan plan = plans.find(parent).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + parent));
        if (plan.terms().overrides().isPresent()) {
            throw new InvalidValue("plan_code",
                    "is an edition itself, of " + plan.terms().overrides().get() + ": " + parent);
        }
        changes.check(plan);
        PublishPlanVersion.checkMetrics(changes.charges(), metrics);
        return unitOfWork.call(() -> add(plan, externalId, changes));
    }

    private Plan add(Plan plan, String externalId, PlanOverride changes) {
        Plan edition = changes.of(plan, new PlanCode(plan.code() + "@" + externalId));
        for (int number = 2; !plans.add(edition); number++) {
            edition = changes.of(plan, new PlanCode(plan.code() + "@" + externalId + "." + number));
        }
        return edition;
    }
}
