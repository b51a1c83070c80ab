package com.nexasystems.billing.shadow;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.Intake.LeftOut;
import com.nexasystems.billing.shadow.Intake.Missing;
import com.nexasystems.billing.shadow.Intake.Read;
import com.nexasystems.billing.shadow.ShadowRecords.Made;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans of the application to plans here: one for each cycle it is sold by, with the flat price and the charge on CPU-seconds.
 * A plan that is no longer sold is imported with the first subscription that is on it.
 */
final class PlanImport {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final Plans plans;
    private final Metrics metrics;
    private final ShadowRecords records;
    private final Clock clock;
    private final Intake intake;
    private final Map<String, Offer> offers = new HashMap<>();

    PlanImport(Plans plans, Metrics metrics, ShadowRecords records, Clock clock, Intake intake) {
        this.plans = plans;
        this.metrics = metrics;
        this.records = records;
        this.clock = clock;
        this.intake = intake;
    }

    /** A plan of the application, and what is here for it. */
    private static final class Offer {

        private final SourcePlan plan;
        private final Map<Interval, Plan> imported = new EnumMap<>(Interval.class);
        private Optional<String> problem = Optional.empty();

        Offer(SourcePlan plan) {
            this.plan = plan;
        }
    }

    static MetricCode metric(String service) {
        return new MetricCode(service + ":cpu_seconds");
    }

    void metric() {
        MetricCode code = metric(intake.service().code());
        if (metrics.add(Metric.of(code.value(), Aggregation.SUM, "CPU-second"))) {
            records.mark(intake.service().id(), Made.METRIC, Set.of(code.value()));
        }
    }

    void page(List<SourceRow<SourcePlan>> page) {
        List<Read<SourcePlan>> rows = intake.readable(Kind.PLAN, page);
        intake.each(Kind.PLAN, rows, row -> {
            var offer = new Offer(row.value());
            offers.put(row.id(), offer);
            if (!row.value().active() && !intake.options().includeInactive()) {
                throw new LeftOut();
            }
            return imported(offer);
        });
        intake.done(page.size());
    }

    private Offer imported(Offer offer) {
        try {
            Outcome outcome = Outcome.UNCHANGED;
            for (Interval interval : List.of(Interval.MONTHLY, Interval.YEARLY)) {
                Optional<BigDecimal> price = interval == Interval.MONTHLY ? offer.plan.monthly() : offer.plan.yearly();
                if (price.isPresent()) {
                    outcome = strongest(outcome, put(offer, interval, price.get()));
                }
            }
            intake.count(Kind.PLAN, outcome, 1);
            return offer;
        } catch (InvalidValue e) {
            offer.problem = Optional.of(e.getMessage());
            throw e;
        }
    }

    private static Outcome strongest(Outcome one, Outcome other) {
        return other.ordinal() < one.ordinal() ? other : one;
    }

    private Outcome put(Offer offer, Interval interval, BigDecimal price) {
        Plan wanted = plan(offer.plan, interval, price);
        Optional<Plan> before = plans.find(wanted.code());
        if (before.isEmpty()) {
            plans.add(wanted);
            records.mark(intake.service().id(), Made.PLAN, Set.of(wanted.code().value()));
            offer.imported.put(interval, wanted);
            return Outcome.CREATED;
        }
        PlanVersion latest = before.get().latest();
        PlanVersion now = wanted.latest();
        boolean same = latest.flatPrice().equals(now.flatPrice()) && latest.charges().equals(now.charges());
        if (!same) {
            plans.publish(wanted.code(), latest.next(clock.instant(), now.flatPrice(), now.charges()));
        }
        offer.imported.put(interval, same ? before.get() : plans.find(wanted.code()).orElseThrow());
        return same ? Outcome.UNCHANGED : Outcome.UPDATED;
    }

    private Plan plan(SourcePlan source, Interval interval, BigDecimal price) {
        String cycle = interval.name().toLowerCase(Locale.ROOT);
        var charge = new Charge("cpu_seconds", "CPU-seconds", metric(intake.service().code()),
                new Quota(source.quota().orElse(BigDecimal.ZERO)),
                new Standard(intake.terms().perCpuHour(), SECONDS_PER_HOUR), ChargeTerms.PLAIN);
        var first = new PlanVersion(1, Instant.EPOCH, money("price_" + cycle, price), List.of(charge));
        return new Plan(new PlanCode(intake.service().code() + ":" + source.id() + "-" + cycle), source.name(),
                intake.terms().currency(), interval, false, true, PlanTerms.PLAIN.inShadow(true), List.of(first));
    }

    private Money money(String field, BigDecimal amount) {
        try {
            return new Money(intake.terms().currency(), amount);
        } catch (InvalidValue e) {
            throw new InvalidValue(field, e.reason());
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new InvalidValue(field, "is no amount of " + intake.terms().currency() + ": " + amount.toPlainString());
        }
    }

    /** The plan that a subscription is on. */
    Plan of(SourceSubscription subscription) {
        Interval interval = switch (subscription.billingCycle().strip().toLowerCase(Locale.ROOT)) {
            case "monthly", "month" -> Interval.MONTHLY;
            case "yearly", "annual", "annually", "year" -> Interval.YEARLY;
            default -> throw new InvalidValue("billing_cycle", "is neither monthly nor yearly: "
                    + subscription.billingCycle());
        };
        Offer offer = Optional.ofNullable(offers.get(subscription.planId()))
                .orElseThrow(() -> new Missing("plan " + subscription.planId() + " is not there"));
        if (offer.imported.isEmpty() && offer.problem.isEmpty()) {
            takeIn(subscription.planId(), offer);
        }
        offer.problem.ifPresent(problem -> {
            throw new Missing("plan " + subscription.planId() + " could not be imported: " + problem);
        });
        return Optional.ofNullable(offer.imported.get(interval)).orElseThrow(() -> new InvalidValue("billing_cycle",
                "is " + subscription.billingCycle() + ", but plan " + offer.plan.name() + " has no such price"));
    }

    /** Left out at first, and now a subscription is on it. */
    private void takeIn(String id, Offer offer) {
        intake.count(Kind.PLAN, Outcome.LEFT_OUT, -1);
        intake.each(Kind.PLAN, List.of(new Read<>(id, offer.plan)), row -> imported(offer));
    }
}
