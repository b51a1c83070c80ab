package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What a reconciliation came to, for people who were not there.
 *
 * @param from      first day of the periods
 * @param until     first day after the last of them begins
 * @param waivers   the differences that somebody has accepted
 * @param digest    of the rows that it tells of
 */
public record ParityCertificate(UUID id, ServiceId service, String serviceName, LocalDate from, LocalDate until,
                                BillerRules rules, boolean adopted, BigDecimal tolerance, Summary summary,
                                List<Waiver> waivers, List<Open> open, String digest, Actor by, Instant at) {

    /** A difference that somebody has accepted. */
    public record Waiver(String subscription, LocalDate start, BigDecimal delta, Resolution resolution) { }

    /** A difference that nobody has accepted; at most {@value #MOST_OPEN} are told. */
    public record Open(String subscription, LocalDate start, BigDecimal delta, BigDecimal unexplained) { }

    public static final int MOST_OPEN = 100;

    public ParityCertificate {
        waivers = List.copyOf(waivers);
        open = List.copyOf(open);
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
