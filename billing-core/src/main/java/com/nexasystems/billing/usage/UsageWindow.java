package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be aggregated.
 *
 * @param period  whose records count; it is shorter than a billing period where the subscription begins or ends
 * @param whole   the whole billing period around it, over which a level is averaged
 * @param since   records from here on count too, as what is carried over; the start of the period where nothing is
 * @param details what is wanted beside the quantity
 * @param slice   which of the records count; empty for all
 * @param endDay  to what the day belongs on which the period ends: no unit counts for one that belongs to what comes after
 */
public record UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, BillingPeriod whole,
                          Instant since, Set<Detail> details, Optional<UsageSlice> slice, CutDay endDay) {

    /** What can be wanted of a window. */
    public enum Detail {
        /** The values of the single records. */
        EVENTS,
        /**
         * The quantity is the largest that the running total came to in the period, what is carried over included, and it
         * is not rounded: what goes away is not given back, and what comes again is not counted again.
         */
        PEAK,
        /** The days of the period for which each unit counts. */
        CHANGES
    }

    public UsageWindow {
        details = details.isEmpty() ? Set.of() : Set.copyOf(details);
        if (since.isAfter(period.start())) {
            throw new IllegalArgumentException("what is carried over comes before the period, not at " + since);
        }
        if (details.contains(Detail.PEAK) && !metric.aggregation().canPeak()
                || details.contains(Detail.CHANGES) && !metric.aggregation().canProrate()) {
            throw new IllegalArgumentException("no " + details + " of a metric that is a " + metric.aggregation().code());
        }
    }

    public UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, BillingPeriod whole,
                       boolean withEvents) {
        this(subscription, metric, period, whole, period.start(), withEvents ? Set.of(Detail.EVENTS) : Set.of(),
                Optional.empty(), CutDay.BEFORE);
    }

    /** A window that is a whole billing period. */
    public UsageWindow(SubscriptionId subscription, Metric metric, BillingPeriod period, boolean withEvents) {
        this(subscription, metric, period, period, withEvents);
    }

    /** The same, with what a recurring metric carries over since then. Another metric carries nothing. */
    public UsageWindow carriedSince(Instant begin) {
        return metric.recurring() && begin.isBefore(period.start())
                ? new UsageWindow(subscription, metric, period, whole, begin, details, slice, endDay) : this;
    }

    public UsageWindow with(Detail detail) {
        var more = EnumSet.of(detail);
        more.addAll(details);
        return new UsageWindow(subscription, metric, period, whole, since, more, slice, endDay);
    }

    /** Only the records of the slice. */
    public UsageWindow of(UsageSlice part) {
        return new UsageWindow(subscription, metric, period, whole, since, details, Optional.of(part), endDay);
    }

    public UsageWindow endingOn(CutDay day) {
        return new UsageWindow(subscription, metric, period, whole, since, details, slice, day);
    }

    public boolean wants(Detail detail) {
        return details.contains(detail);
    }

    /** Whether all records of the period count, and only they, one by one. */
    public boolean isPlain() {
        return slice.isEmpty() && since.equals(period.start()) && !wants(Detail.PEAK) && !wants(Detail.CHANGES);
    }

    /**
     * When the days begin for which units count, from the period's first day to its last, in its zone; and at the end when
     * the first day begins for which none does. What is billed in advance counts to the last day of the whole period, for it
     * is not given back when the period is cut short.
     */
    public List<Instant> dayStarts() {
        LocalDate end = wants(Detail.PEAK) ? whole.lastDay().plusDays(1)
                : endDay == CutDay.AFTER ? period.end().atZone(period.zone()).toLocalDate() : period.lastDay().plusDays(1);
        return period.firstDay().datesUntil(end.plusDays(1)).map(day -> day.atStartOfDay(period.zone()).toInstant()).toList();
    }

    /** Whether a record's time is in it, whatever the slice. */
    boolean spans(UsageRecord record) {
        return !record.start().isBefore(since) && record.start().isBefore(period.end());
    }

    boolean contains(UsageRecord record) {
        return spans(record) && slice.map(part -> part.contains(record)).orElse(true);
    }
}
