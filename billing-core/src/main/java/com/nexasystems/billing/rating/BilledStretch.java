package com.nexasystems.billing.rating;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.Subscription;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A billing period of a subscription, or what lies of one in the time looked at.
 *
 * @param period what lies in it
 * @param billed the stretch that an invoice bills; its start decides the version of the plan
 * @param whole  the period of the cycle around it
 */
record BilledStretch(Subscription subscription, BillingPeriod period, BillingPeriod billed, BillingPeriod whole) {

    /** Those of a subscription from the first to before the end day, as its customer's clocks show them. */
    static List<BilledStretch> of(Subscription subscription, LocalDate first, LocalDate end) {
        BillingPeriod asked = BillingPeriod.ofDays(first, end, subscription.cycle().zone());
        Instant until = subscription.terminatedAt().filter(asked.end()::isAfter).orElse(asked.end());
        if (!subscription.state().isBilled() && subscription.billedThrough().isBefore(until)) {
            until = subscription.billedThrough();
        }
        var stretches = new ArrayList<BilledStretch>();
        Instant start = asked.start().isAfter(subscription.startedAt()) ? asked.start() : subscription.startedAt();
        while (start.isBefore(until)) {
            BillingPeriod billed = subscription.periodOf(start);
            BillingPeriod period = billed.from(start).until(until);
            stretches.add(new BilledStretch(subscription, period, billed, subscription.wholePeriod(start)));
            start = period.end();
        }
        return stretches;
    }

    boolean isCut() {
        return !period.equals(billed);
    }
}
