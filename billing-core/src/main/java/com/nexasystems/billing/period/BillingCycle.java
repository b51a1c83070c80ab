package com.nexasystems.billing.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The rhythm of a subscription: periods without gap or overlap, all counted from one anchor day.
 *
 * @param interval how long a period is
 * @param anchor   a day on which a period starts; its day of month is kept ("31" clamps to 28 February and is 31 again
 *                 in March)
 * @param zone     the customer's; a period starts when the day starts there
 */
public record BillingCycle(Interval interval, LocalDate anchor, ZoneId zone) {

    private static final LocalDate A_MONDAY = LocalDate.of(1970, 1, 5);
    private static final LocalDate A_NEW_YEAR = LocalDate.of(1970, 1, 1);

    /** Weeks from Monday; months, quarters and years from the first of the month. */
    public static BillingCycle calendar(Interval interval, ZoneId zone) {
        return new BillingCycle(interval, interval == Interval.WEEKLY ? A_MONDAY : A_NEW_YEAR, zone);
    }

    /** Periods that start on the day on which the subscription started. */
    public static BillingCycle anniversary(Interval interval, Instant start, ZoneId zone) {
        return new BillingCycle(interval, start.atZone(zone).toLocalDate(), zone);
    }

    /** Of another length: on the calendar where it was on the calendar, else from the same anchor. */
    public BillingCycle changedTo(Interval other) {
        boolean onCalendar = equals(calendar(interval, zone));
        return onCalendar ? calendar(other, zone) : every(other);
    }

    /** The same rhythm in other steps, such as the months of a year. */
    public BillingCycle every(Interval other) {
        return new BillingCycle(other, anchor, zone);
    }

    public BillingPeriod periodContaining(Instant instant) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        long n = interval.between(anchor, day);
        // By instants, not by days: where clocks go back from 00:01 to 23:01, a day goes on after the next one has begun.
        while (start(n).isAfter(instant)) {
            n--;
        }
        while (!start(n + 1).isAfter(instant)) {
            n++;
        }
        return new BillingPeriod(start(n), start(n + 1), zone);
    }

    private Instant start(long n) {
        return interval.nth(anchor, n).atStartOfDay(zone).toInstant();
    }
}
