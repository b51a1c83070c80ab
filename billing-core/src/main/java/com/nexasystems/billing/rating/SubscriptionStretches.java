package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscription.End;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What of a subscription was billed by one plan in some days.
 *
 * @param usage by rising start
 * @param flat  of the plan's own price, by rising start
 */
record SubscriptionStretches(Subscription subscription, List<BilledStretch> usage, List<BilledStretch> flat) {

    /** From the first to before the end day, as the customer's clocks show them. */
    static SubscriptionStretches of(Subscription subscription, PlanCode plan, LocalDate first, LocalDate end) {
        BillingPeriod days = BillingPeriod.ofDays(first, end, subscription.zone());
        var stretches = new SubscriptionStretches(subscription, new ArrayList<>(), new ArrayList<>());
        List<Phase> phases = subscription.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            if (phase.plan().equals(plan) && !phase.paused() && subscription.state().isBilled()) {
                Instant over = i + 1 < phases.size() ? phases.get(i + 1).from() : Instant.MAX;
                stretches.addUsage(phase, over, days);
                stretches.addFlat(phase, over, days);
            }
        }
        return stretches;
    }

    boolean isEmpty() {
        return usage.isEmpty() && flat.isEmpty();
    }

    private void addUsage(Phase phase, Instant over, BillingPeriod days) {
        add(usage, phase.from(), earliest(over, ended()), days, phase::usagePeriod);
    }

    /** What was paid in advance, and is not given back, counts to the end of its period. */
    private void addFlat(Phase phase, Instant over, BillingPeriod days) {
        Instant last = ended();
        boolean kept = phase.inAdvance() && subscription.end().map(End::unused).filter(UnusedTime.SKIP::equals).isPresent();
        if (kept && last.isAfter(phase.from()) && !last.isAfter(over)) {
            last = phase.wholePeriod(last.minusNanos(1)).end();
        }
        add(flat, subscription.trialEnd().filter(phase.from()::isBefore).orElse(phase.from()), earliest(over, last), days,
                phase::wholePeriod);
    }

    /** Cuts the time from begin to over into periods, and takes what of them lies in the days. */
    private void add(List<BilledStretch> to, Instant begin, Instant over, BillingPeriod days,
                     Function<Instant, BillingPeriod> periods) {
        Instant until = earliest(over, days.end());
        Instant start = begin.isAfter(days.start()) ? begin : days.start();
        while (start.isBefore(until)) {
            BillingPeriod whole = periods.apply(start);
            BillingPeriod period = whole.from(start).until(until);
            boolean goesOn = subscription.phases().stream().anyMatch(next -> next.from().equals(period.end()));
            to.add(new BilledStretch(subscription, period, whole.from(begin).until(over), whole,
                    goesOn ? CutDay.AFTER : CutDay.BEFORE));
            start = whole.end();
        }
    }

    /** First instant after its end. */
    private Instant ended() {
        return subscription.terminatedAt().orElse(Instant.MAX);
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
