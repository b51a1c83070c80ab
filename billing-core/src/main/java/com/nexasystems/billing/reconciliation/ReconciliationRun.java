package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * A reconciliation that went through to its end.
 *
 * @param asOf      periods that were over then
 * @param from      periods that begin on it or later
 * @param tolerance a difference up to it is a match
 * @param unlinked  what was compared with nothing
 * @param digest    of the rows, see {@link RowDigest}
 */
public record ReconciliationRun(UUID id, ServiceId service, Instant asOf, LocalDate from, BillerRules rules,
                                BigDecimal tolerance, long rows, List<Unlinked> unlinked, String digest, Instant finishedAt) {

    /** One cent of a dollar. */
    public static final BigDecimal DEFAULT_TOLERANCE = new BigDecimal("0.01");

    /** A tolerance that hides more than rounding would compare nothing. */
    public static final BigDecimal LARGEST_TOLERANCE = new BigDecimal("0.05");

    public ReconciliationRun {
        asOf = asOf.truncatedTo(ChronoUnit.MICROS);
        finishedAt = finishedAt.truncatedTo(ChronoUnit.MICROS);
        unlinked = List.copyOf(unlinked);
        if (tolerance.signum() < 0 || tolerance.compareTo(LARGEST_TOLERANCE) > 0) {
            throw new InvalidValue("tolerance", "is between 0 and " + LARGEST_TOLERANCE + ": " + tolerance.toPlainString());
        }
    }
}
