package com.nexasystems.billing.shadow;

import java.time.Instant;
import java.util.Optional;

/**
 * A subscription of the application: one for each deployment.
 *
 * @param status       such as {@code active}, as the application has it
 * @param billingCycle {@code monthly} or {@code yearly}
 * @param currentStart where the period begins that the application is in
 * @param firstBilled  where the earliest item of its invoices begins; empty if none has a period
 * @param lastBilled   where the latest item of its invoices ends
 * @param firstUsed    where the earliest of its usage begins
 */
public record SourceSubscription(String id, String userId, Optional<String> deploymentId, Optional<String> deployment,
                                 String planId, String status, String billingCycle, Optional<Instant> currentStart,
                                 Optional<Instant> currentEnd, Optional<Instant> firstBilled,
                                 Optional<Instant> lastBilled, Optional<Instant> firstUsed) { }
