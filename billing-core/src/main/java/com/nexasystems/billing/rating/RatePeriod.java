package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.charge.Prorated;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Overage;
import com.nexasystems.billing.rating.ChargeParts.Part;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.Explanation.PlanPrice;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageWindow;
import com.nexasystems.billing.usage.UsageWindow.Detail;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
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
     * Rates every charge of each request, also those that come to nothing. A charge in advance is rated for what has come up
     * to the end of the request's period, which can be any instant.
     *
     * @return for each request, in their order, the explanations of its charges in the plan's order: one of each
     *         {@linkplain ChargePart part}; first those of the filters in the plan's order, then that of the rest; of each
     *         the groups sorted by their values
     */
    public List<List<Explanation>> rate(List<RatingRequest> requests) {
        List<Share> shares = shares(requests);
        List<AggregatedUsage> usage = shares.isEmpty() ? List.of()
                : records.aggregate(shares.stream().map(Share::window).toList());
        var rated = new ArrayList<List<Explanation>>(requests.size());
        int next = 0;
        for (int i = 0; i < requests.size(); i++) {
            var lines = new ArrayList<Explanation>();
            for (; next < shares.size() && shares.get(next).request == i; next++) {
                lines.add(shares.get(next).explain(requests.get(i), usage.get(next)));
            }
            rated.add(lines);
        }
        return rated;
    }

    /** A charge of one of the requests, and its usage as a whole. */
    private record Whole(int request, Charge charge, ChargeParts parts, UsageWindow window) {

        Share share(Part part) {
            UsageWindow own = part.slice().map(window::of).orElse(window);
            return new Share(request, charge, part, part.model().looksAtEvents() ? own.with(Detail.EVENTS) : own);
        }
    }

    /** A part of a charge of one of the requests, and its usage. */
    private record Share(int request, Charge charge, Part part, UsageWindow window) {

        Explanation explain(RatingRequest of, AggregatedUsage usage) {
            return rate(of.plan(), of.version(), charge, part, usage);
        }
    }

    private List<Share> shares(List<RatingRequest> requests) {
        var known = new HashMap<MetricCode, Metric>();
        var wholes = new ArrayList<Whole>();
        for (int i = 0; i < requests.size(); i++) {
            for (Charge charge : requests.get(i).version().charges()) {
                Metric metric = known.computeIfAbsent(charge.metric(), this::metric);
                wholes.add(new Whole(i, charge, new ChargeParts(charge, metric), window(requests.get(i), charge, metric)));
            }
        }
        List<Whole> divided = wholes.stream().filter(whole -> !whole.charge.terms().isUndivided()).toList();
        Iterator<List<List<String>>> combinations = divided.isEmpty() ? Collections.emptyIterator()
                : records.combinations(divided.stream().map(Whole::window).toList(),
                        divided.stream().map(whole -> whole.parts.properties()).toList()).iterator();
        return wholes.stream().flatMap(whole -> whole.parts
                .of(whole.charge.terms().isUndivided() ? List.of() : combinations.next()).stream().map(whole::share))
                .toList();
    }

    private static UsageWindow window(RatingRequest request, Charge charge, Metric metric) {
        var window = new UsageWindow(request.subscription(), metric, request.period(), request.whole(), false)
                .carriedSince(request.since()).endingOn(request.endDay());
        UsageWindow peak = charge.terms().inAdvance() ? window.with(Detail.PEAK) : window;
        return charge.terms().prorated() ? peak.with(Detail.CHANGES) : peak;
    }

    /** Prices one charge that is not divided. Pure: the same usage gives the same explanation, to the byte. */
    public static Explanation rate(Plan plan, PlanVersion version, Charge charge, AggregatedUsage usage) {
        return rate(plan, version, charge,
                new Part(ChargePart.WHOLE, charge.quota(), charge.model(), Optional.empty()), usage);
    }

    private static Explanation rate(Plan plan, PlanVersion version, Charge charge, Part part, AggregatedUsage usage) {
        Metric metric = usage.window().metric();
        Overage overage = part.quota().over(usage.quantity());
        Priced priced = charge.terms().prorated()
                ? part.model().price(prorated(charge, usage).beyond(part.quota().included()))
                : part.model().price(new Billable(overage.overage(), events(usage), usage.events(), usage.amount()));
        var counted = new Counted(metric.code(), metric.aggregation(), metric.unit().label(), usage.count(), usage.first(),
                usage.last(), usage.digest(), usage.carried(), charge.terms().inAdvance(), usage.quantity(), overage);
        return new Explanation(Optional.of(new PlanPrice(plan.code(), version.number())), charge.code(),
                part.model().code(), part.name(), plan.currency(), usage.window().period(), Optional.of(counted), priced);
    }

    /** As the metric says, the prorated quantity is rounded too; what is billed as it comes is not. */
    private static Prorated prorated(Charge charge, AggregatedUsage usage) {
        var exact = Prorated.of(usage.quantity(), usage.changes(), usage.window().whole().days());
        return charge.terms().inAdvance() ? exact : new Prorated(exact.total(),
                usage.window().metric().rounding().apply(exact.units()), exact.changes(), exact.days());
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
