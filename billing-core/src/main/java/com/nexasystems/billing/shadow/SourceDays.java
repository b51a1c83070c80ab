package com.nexasystems.billing.shadow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Which calendar day an application means by an instant that it has put a period's begin or end at. */
public final class SourceDays {

    private static final long QUARTER_HOUR = 900;
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private SourceDays() {
    }

    /**
     * Somebody's midnight is the day that begins then, whoever's: the nearest midnight of UTC. An instant in the middle of an
     * hour is nobody's midnight, and lies in a day of the zone.
     */
    public static LocalDate day(Instant instant, ZoneId zone) {
        return isMidnight(instant) ? instant.plus(HALF_A_DAY).atZone(ZoneOffset.UTC).toLocalDate()
                : instant.atZone(zone).toLocalDate();
    }

    /** Zones are whole quarters of an hour from UTC. */
    public static boolean isMidnight(Instant instant) {
        return instant.getNano() == 0 && instant.getEpochSecond() % QUARTER_HOUR == 0;
    }

    /** The end that an application means which tells the last second before it. */
    static Instant end(Instant told) {
        Instant next = told.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return isMidnight(next) ? next : told;
    }
}
