package com.nexasystems.billing.shadow;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a deployment used in a stretch of time.
 *
 * @param cpuHours 1 CPU-hour is 3 600 CPU-seconds
 */
public record SourceUsage(String id, String subscriptionId, Instant start, Instant end, BigDecimal cpuHours) { }
