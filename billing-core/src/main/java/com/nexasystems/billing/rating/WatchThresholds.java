package com.nexasystems.billing.rating;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.rating.ThresholdMarks.Mark;
import com.nexasystems.billing.subscription.Subscription;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells a service when 80 % and when 100 % of a quota have been used: {@code usage.threshold_reached}, once each in a period,
 * whatever comes later. Both at once are two events. Usage that is taken back and comes again is not told again.
 *
 * <p>The period is the one in which usage is billed, which is a month where a yearly plan bills usage by the month; a change of
 * plan and a resumption begin another, with a quota of its own. What has been used is what an invoice would count by now, a
 * level as if it stayed. A charge with filters or groups has a quota for each of them. Trials have quotas as well.
 *
 * <p>Only the period that goes on is looked at: usage that comes, or is looked at, after its period has ended is not told,
 * for the quota is a new one by then. Nothing is told of what is in shadow mode, has not begun, or is paused.
 */
public final class WatchThresholds {

    private static final List<Integer> PERCENTS = List.of(80, 100);
    /** In no property and in no value: it cannot be stored. */
    private static final char SEPARATOR = '\0';

    private final RatePeriod rating;
    private final Plans plans;
    private final ThresholdMarks marks;
    private final EventLog events;
    private final Ids ids;

    @Inject
    public WatchThresholds(RatePeriod rating, Plans plans, ThresholdMarks marks, EventLog events, Ids ids) {
        this.rating = rating;
        this.plans = plans;
        this.marks = marks;
        this.events = events;
        this.ids = ids;
    }

    /**
     * A threshold that has been reached.
     *
     * @param usage   of one part of a charge that has a quota
     * @param percent of that quota
     */
    public record Reached(Subscription subscription, Explanation usage, int percent) {

        private Mark mark() {
            return new Mark(subscription.id(), quotaOf(usage), usage.period().start(), percent);
        }

        private BillingEvent event(UUID id, Instant now) {
            Counted counted = usage.counted().orElseThrow();
            var data = new HashMap<>(Map.of("metric", counted.metric().value(), "charge", usage.charge(),
                    "percent", Integer.toString(percent), "quota", counted.overage().included().toPlainString(),
                    "used", counted.quantity().toPlainString(), "unit", counted.unit(),
                    "period_start", usage.period().start().toString(), "period_end", usage.period().end().toString()));
            if (!usage.part().equals(ChargePart.WHOLE)) {
                data.put("part", usage.part().named(usage.charge()));
            }
            return subscription.event(id, EventType.USAGE_THRESHOLD_REACHED, now, data);
        }
    }

    /**
     * What the usage so far has reached, whether it has been told or not: one look at the usage of all of them. Writes
     * nothing.
     *
     * @throws InvalidValue if one of them cannot be rated, or is on a plan in shadow mode
     */
    public List<Reached> reached(List<Subscription> subscriptions, Instant now) {
        List<Subscription> used = subscriptions.stream().filter(one -> one.isInUseAt(now)).toList();
        Map<PlanCode, Plan> plan = used.stream().map(one -> one.planAt(now)).distinct()
                .collect(Collectors.toMap(Function.identity(), this::plan));
        var watched = new ArrayList<Subscription>();
        var requests = new ArrayList<RatingRequest>();
        for (Subscription one : used) {
            Plan own = plan.get(one.planAt(now));
            PlanVersion quotas = own.versionAt(one.periodOf(now).start()).quotas();
            if (!quotas.charges().isEmpty()) {
                watched.add(one);
                requests.add(RatingRequest.of(one, own, quotas, one.periodOf(now)));
            }
        }
        List<List<Explanation>> rated = rating.rate(requests);
        var reached = new ArrayList<Reached>();
        for (int i = 0; i < watched.size(); i++) {
            Subscription one = watched.get(i);
            rated.get(i).forEach(usage -> percentsOf(usage).forEach(percent ->
                    reached.add(new Reached(one, usage, percent))));
        }
        return reached;
    }

    /**
     * Tells those that have not been told in their period. Must be called inside the unit of work that has claimed the
     * subscriptions.
     *
     * @throws PortFailure if a port failed; call it again in another unit of work
     */
    public void announce(List<Reached> reached, Instant now) {
        if (reached.isEmpty()) {
            return;
        }
        Set<Mark> set = marks.set(reached.stream().map(Reached::mark).toList());
        events.append(reached.stream().filter(one -> set.contains(one.mark())).map(one -> one.event(ids.next(), now)).toList());
    }

    private Plan plan(PlanCode code) {
        return plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code)).checkBilled();
    }

    private static Stream<Integer> percentsOf(Explanation usage) {
        Counted counted = usage.counted().orElseThrow();
        BigDecimal quota = counted.overage().included();
        BigDecimal hundredfold = counted.quantity().movePointRight(2);
        return quota.signum() == 0 ? Stream.empty() : PERCENTS.stream()
                .filter(percent -> hundredfold.compareTo(quota.multiply(BigDecimal.valueOf(percent))) >= 0);
    }

    /** The values of a group may be long: what is made of them is short, and no two parts of a charge have the same. */
    private static String quotaOf(Explanation usage) {
        ChargePart part = usage.part();
        if (part.equals(ChargePart.WHOLE)) {
            return usage.charge();
        }
        String text = part.filter().orElse("") + part.group().entrySet().stream()
                .map(value -> SEPARATOR + value.getKey() + SEPARATOR + value.getValue()).collect(Collectors.joining());
        return usage.charge() + " " + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
