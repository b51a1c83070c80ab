package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Up to which day nothing is posted any more.
 *
 * @param until   the last locked day; empty if none is
 * @param request what somebody asks for and somebody else has to agree to; empty if nothing is
 */
public record PeriodLock(Optional<LocalDate> until, Optional<UnlockRequest> request) {

    public static final PeriodLock NONE = new PeriodLock(Optional.empty(), Optional.empty());

    /**
     * A wish to unlock.
     *
     * @param until the last day that would stay locked; empty if none would
     * @param at    to the microsecond
     */
    public record UnlockRequest(Optional<LocalDate> until, Actor by, String reason, Instant at) {

        public UnlockRequest {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    public boolean locks(LocalDate day) {
        return until.filter(last -> !day.isAfter(last)).isPresent();
    }
}
