package com.nexasystems.billing.period;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of time, {@code [start, end)}, read in a time zone.
 *
 * @param start first instant inside
 * @param end   first instant after it; later than {@code start}
 * @param zone  the customer's; decides which calendar days the period covers
 */
public record BillingPeriod(Instant start, Instant end, ZoneId zone) {

    public BillingPeriod {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a period ends after it starts, this one is [" + start + ", " + end + ")");
        }
    }

    /** The calendar days from {@code first} to before {@code end}, as the clocks of {@code zone} show them. */
    public static BillingPeriod ofDays(LocalDate first, LocalDate end, ZoneId zone) {
        return new BillingPeriod(first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant(), zone);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    /** This period cut to begin no earlier than {@code earliest}, which must lie before its end. */
    public BillingPeriod from(Instant earliest) {
        return earliest.isAfter(start) ? new BillingPeriod(earliest, end, zone) : this;
    }

    /** This period cut to end no later than {@code latest}, which must lie after its start. */
    public BillingPeriod until(Instant latest) {
        return latest.isBefore(end) ? new BillingPeriod(start, latest, zone) : this;
    }

    public LocalDate firstDay() {
        return start.atZone(zone).toLocalDate();
    }

    /** The calendar day of the last instant inside. */
    public LocalDate lastDay() {
        return end.minusNanos(1).atZone(zone).toLocalDate();
    }

    /** Calendar days touched, the first and the last included. */
    public long days() {
        return ChronoUnit.DAYS.between(firstDay(), lastDay()) + 1;
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    /** Such as {@code [2011-03-01T00:00:00Z, 2011-04-01T00:00:00Z) UTC}, in every locale. */
    @Override
    public String toString() {
        return "[" + start + ", " + end + ") " + zone;
    }
}
