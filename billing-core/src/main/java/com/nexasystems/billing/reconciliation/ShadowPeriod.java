package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A billing period of a shadow subscription that is over.
 *
 * @param period what lies in the subscription's time, at the midnights of its zone
 * @param whole  the full period of its cycle
 */
record ShadowPeriod(Subscription subscription, BillingPeriod period, BillingPeriod whole) {

    /** Those that are over at an instant, and for the application; and end after a day. By rising start. */
    static List<ShadowPeriod> of(ShadowSubscription shadow, Subscription subscription, LocalDate after, Instant asOf) {
        var periods = new ArrayList<ShadowPeriod>();
        Instant end = shadow.until().orElse(Instant.MAX);
        Instant start = shadow.from();
        while (start.isBefore(end)) {
            Phase phase = subscription.phaseAt(start);
            BillingPeriod whole = phase.wholePeriod(start);
            BillingPeriod period = whole.from(start).until(end);
            LocalDate over = period.lastDay().plusDays(1);
            if (period.end().isAfter(asOf) || shadow.current().filter(over::isAfter).isPresent()) {
                break;
            }
            if (over.isAfter(after)) {
                periods.add(new ShadowPeriod(subscription, period, whole));
            }
            start = period.end();
        }
        return periods;
    }

    LocalDate first() {
        return period.firstDay();
    }

    /** First day after it. */
    LocalDate end() {
        return period.lastDay().plusDays(1);
    }

    boolean isWhole() {
        return period.equals(whole);
    }

    /** The same days at the midnights of another zone. */
    BillingPeriod in(ZoneId zone) {
        return in(period, zone);
    }

    /** Whose usage is billed. Before a subscription that began in the middle of a period there is none to be billed earlier. */
    BillingPeriod usageIn(ZoneId zone, Duration shift) {
        BillingPeriod days = in(zone);
        Instant start = days.start().plus(shift);
        boolean begins = !period.start().equals(whole.start()) && days.start().isBefore(start);
        return new BillingPeriod(begins ? days.start() : start, days.end().plus(shift), zone);
    }

    BillingPeriod wholeIn(ZoneId zone) {
        return in(whole, zone);
    }

    private static BillingPeriod in(BillingPeriod days, ZoneId zone) {
        if (days.zone().equals(zone)) {
            return days;
        }
        Instant start = in(days.start(), days.zone(), zone);
        Instant end = in(days.end(), days.zone(), zone);
        // One that begins on its last evening has no such evening in another zone.
        return start.isBefore(end) ? new BillingPeriod(start, end, zone)
                : BillingPeriod.ofDays(days.firstDay(), days.lastDay().plusDays(1), zone);
    }

    private static Instant in(Instant instant, ZoneId from, ZoneId zone) {
        LocalDate day = instant.atZone(from).toLocalDate();
        return instant.equals(day.atStartOfDay(from).toInstant()) ? day.atStartOfDay(zone).toInstant() : instant;
    }

    /** The share of the flat price. */
    Proration share(ProrationRule rule, ZoneId zone) {
        BillingPeriod of = wholeIn(zone);
        return switch (rule) {
            case NONE -> ProrationPolicy.BY_DAY.share(of, of);
            case BY_DAY -> ProrationPolicy.BY_DAY.share(inside(of), of);
            case BY_SECOND -> ProrationPolicy.BY_SECOND.share(inside(of), of);
        };
    }

    /** One that ends in the middle of its last day may end after the midnight of another zone. */
    private BillingPeriod inside(BillingPeriod of) {
        BillingPeriod part = in(of.zone());
        Instant start = part.start().isBefore(of.start()) ? of.start() : part.start();
        Instant end = part.end().isAfter(of.end()) ? of.end() : part.end();
        return start.isBefore(end) ? new BillingPeriod(start, end, of.zone())
                : BillingPeriod.ofDays(first(), end(), of.zone());
    }

    /** How long an item's time overlaps it, in seconds; below zero if it does not. */
    long overlap(Instant start, Instant end) {
        Instant from = start.isAfter(period.start()) ? start : period.start();
        Instant until = end.isBefore(period.end()) ? end : period.end();
        return until.getEpochSecond() - from.getEpochSecond();
    }
}
