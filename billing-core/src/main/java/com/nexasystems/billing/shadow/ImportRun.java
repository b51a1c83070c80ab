package com.nexasystems.billing.shadow;

import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * An import that went through to its end.
 *
 * @param startedAt to the microsecond: what the application wrote after it may be missing
 */
public record ImportRun(UUID id, ServiceId service, Instant startedAt, Instant finishedAt, ShadowTerms terms,
                        ImportReport report) {

    public ImportRun {
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
        finishedAt = finishedAt.truncatedTo(ChronoUnit.MICROS);
    }
}
