package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of a service.
 *
 * @param from  of periods that begin on it or later
 * @param until and before it
 */
public record RowQuery(ServiceId service, Set<Status> statuses, LocalDate from, LocalDate until,
                       Optional<String> subscription) {

    public static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    public static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    public RowQuery {
        statuses = Set.copyOf(statuses);
    }

    /** All rows of a service. */
    public static RowQuery of(ServiceId service) {
        return new RowQuery(service, EnumSet.allOf(Status.class), FIRST_DAY, LAST_DAY, Optional.empty());
    }

    public RowQuery in(Status... some) {
        return new RowQuery(service, Set.of(some), from, until, subscription);
    }

    public RowQuery between(LocalDate first, LocalDate end) {
        return new RowQuery(service, statuses, first, end, subscription);
    }

    public RowQuery of(String only) {
        return new RowQuery(service, statuses, from, until, Optional.of(only));
    }
}
