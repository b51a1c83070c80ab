package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Overage;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageWindow;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Rates the usage of whole pages of subscriptions: one look at the usage, then arithmetic. Writes nothing. */
public final class RatePeriod {

    private final UsageRecords records;
    private final Metrics metrics;

    @Inject
    public RatePeriod(UsageRecords records, Metrics metrics) {
        this.records = records;
        this.metrics = metrics;
    }

    /**
     * Rates every charge of each request, also those that come to nothing.
     *
     * @return for each request, in their order, one explanation a charge, in the plan's order
     */
    public List<List<Explanation>> rate(List<RatingRequest> requests) {
        var windows = new ArrayList<UsageWindow>();
        var known = new HashMap<MetricCode, Metric>();
        for (RatingRequest request : requests) {
            for (Charge charge : request.version().charges()) {
                windows.add(new UsageWindow(request.subscription(),
                        known.computeIfAbsent(charge.metric(), this::metric), request.period(),
                        request.whole(), charge.model().looksAtEvents()));
            }
        }
        List<AggregatedUsage> usage = windows.isEmpty() ? List.of() : records.aggregate(windows);
        var rated = new ArrayList<List<Explanation>>(requests.size());
        int next = 0;
        for (RatingRequest request : requests) {
            PlanVersion version = request.version();
            var lines = new ArrayList<Explanation>(version.charges().size());
            for (Charge charge : version.charges()) {
                lines.add(rate(request.plan(), version, charge, usage.get(next++)));
            }
            rated.add(lines);
        }
        return rated;
    }

    /** Prices one charge. Pure: the same usage gives the same explanation, to the byte. */
    public static Explanation rate(Plan plan, PlanVersion version, Charge charge, AggregatedUsage usage) {
        Metric metric = usage.window().metric();
        Overage overage = charge.quota().over(usage.quantity());
        Priced priced = charge.model().price(
                new Billable(overage.overage(), events(usage), usage.events(), usage.amount()));
        var counted = new Counted(metric.code(), metric.aggregation(), metric.unit().label(), usage.count(), usage.first(),
                usage.last(), usage.digest(), usage.quantity(), overage);
        return new Explanation(Optional.of(new PlanPrice(plan.code(), version.number())), charge.code(),
                charge.model().code(), ChargePart.WHOLE, plan.currency(), usage.window().period(), Optional.of(counted), priced);
    }

    /** How many events a fee per event is due for: the distinct values, where those are what is counted. */
    private static long events(AggregatedUsage usage) {
        return usage.window().metric().aggregation() == Aggregation.UNIQUE_COUNT
                ? usage.quantity().longValue() : usage.count();
    }

    private Metric metric(MetricCode code) {
        return metrics.find(code).orElseThrow(() -> new InvalidValue("metric", "does not exist: " + code));
    }
}
