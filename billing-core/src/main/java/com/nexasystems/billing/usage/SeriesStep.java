package com.nexasystems.billing.usage;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The stretches of a series of usage: hours, days or months as clocks and calendars of a zone have them. */
public enum SeriesStep {
    HOUR, DAY, MONTH;

    /** How many stretches a series has at most. */
    public static final int MOST = 10_000;

    /**
     * Where the stretches begin, and at last where they end. The first one begins, and the last one ends, where the series
     * does, be it in the middle of an hour, a day or a month.
     *
     * @throws InvalidValue if there are none, or more than {@value #MOST}
     */
    public List<Instant> bounds(Instant from, Instant until, ZoneId zone) {
        if (!from.isBefore(until)) {
            throw new InvalidValue("to", "must be after from: " + until);
        }
        var bounds = new ArrayList<Instant>();
        for (Instant next = from; next.isBefore(until); next = after(next, zone)) {
            if (bounds.size() == MOST) {
                throw new InvalidValue("to", "there are more than " + MOST + " stretches of one " + code() + " until " + until);
            }
            bounds.add(next);
        }
        bounds.add(until);
        return bounds;
    }

    private Instant after(Instant time, ZoneId zone) {
        ZonedDateTime local = time.atZone(zone);
        return switch (this) {
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
            case DAY -> local.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
            case MONTH -> local.toLocalDate().withDayOfMonth(1).plusMonths(1).atStartOfDay(zone).toInstant();
        };
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
