package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.catalog.PublishPlanVersion;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.subscription.Subscriptions.PlanCursor;
import jakarta.inject.Inject;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Rates past usage under a plan as it is and as it would be, and tells what would have changed for whom. Writes nothing.
 *
 * <p>Every line is priced and rounded as an invoice would have it; tax, and what is not priced by the plan, is left out. A
 * billing period is priced as it is by the version in force when it began. What is not billed is not simulated:
 * subscriptions in shadow mode, and the time since a pause.
 */
public final class Simulate {

    private static final int PAGE = 500;

    private final Subscriptions subscriptions;
    private final Customers customers;
    private final Plans plans;
    private final Metrics metrics;
    private final CompareStretches compare;

    /**
     * @param proration of a flat price that is not due in whole
     * @param rounding  of a line's exact amount to the minor unit
     */
    @Inject
    public Simulate(Subscriptions subscriptions, Customers customers, Plans plans, Metrics metrics, RatePeriod ratePeriod,
                    ProrationPolicy proration, RoundingMode rounding) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.plans = plans;
        this.metrics = metrics;
        this.compare = new CompareStretches(ratePeriod, proration, rounding);
    }

    /**
     * Goes through the plan's subscriptions page by page; memory does not grow with their number.
     *
     * @param each told of every customer who was billed in the time, by rising id
     * @throws InvalidValue if there is no such plan, or the changed one has another currency or interval, or a charge on
     *                      a metric that does not exist or that it cannot price
     */
    public SimulationReport simulate(SimulationRequest request, Consumer<SimulatedCustomer> each) {
        var catalogues = Catalogues.of(planOf(request), request.changed());
        var tally = new SimulationTally(SimulationReport.none(request.plan(), catalogues.none()), each);
        List<Subscription> page = subscriptions.onPlan(request.plan(), Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            compared(page, request, catalogues).forEach(tally::add);
            page = subscriptions.onPlan(request.plan(), Optional.of(PlanCursor.of(page.get(page.size() - 1))), PAGE);
        }
        return tally.end();
    }

    /**
     * Zero for everybody: the parts that every comparison of this request has.
     *
     * @throws InvalidValue as {@link #simulate}
     */
    public PriceComparison nothing(SimulationRequest request) {
        return Catalogues.of(planOf(request), request.changed()).none();
    }

    private Plan planOf(SimulationRequest request) {
        Plan plan = plans.find(request.plan())
                .orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + request.plan()));
        Plan changed = request.changed();
        if (!changed.currency().equals(plan.currency())) {
            throw new InvalidValue("amount_currency", "is " + changed.currency() + ", but plan " + plan.code() + " is in "
                    + plan.currency());
        }
        if (changed.interval() != plan.interval()) {
            throw new InvalidValue("interval", "is " + changed.interval() + ", but plan " + plan.code() + " is "
                    + plan.interval() + ": quotas and tiers of periods of different length cannot be compared");
        }
        changed.versions().forEach(version -> PublishPlanVersion.checkMetrics(version.charges(), metrics));
        return plan;
    }

    /** In the order of the subscriptions; those that were not billed in the time are left out. */
    private List<SimulatedCustomer> compared(List<Subscription> page, SimulationRequest request, Catalogues catalogues) {
        List<SubscriptionStretches> stretches = page.stream().map(subscription -> SubscriptionStretches.of(subscription,
                request.plan(), request.from(), request.through().plusDays(1))).filter(own -> !own.isEmpty()).toList();
        List<PriceComparison> prices = compare.compare(catalogues, stretches);
        Map<CustomerId, Customer> known = customers.findAll(
                stretches.stream().map(own -> own.subscription().customer()).distinct().toList());
        return IntStream.range(0, stretches.size())
                .mapToObj(i -> simulated(stretches.get(i), known, prices.get(i))).toList();
    }

    private static SimulatedCustomer simulated(SubscriptionStretches stretches, Map<CustomerId, Customer> known,
                                               PriceComparison prices) {
        CustomerId id = stretches.subscription().customer();
        Customer customer = Optional.ofNullable(known.get(id))
                .orElseThrow(() -> new InvalidValue("customer", "does not exist: " + id));
        return new SimulatedCustomer(customer, 1, stretches.usage().size(),
                stretches.usage().stream().filter(BilledStretch::isCut).count(), prices);
    }
}
