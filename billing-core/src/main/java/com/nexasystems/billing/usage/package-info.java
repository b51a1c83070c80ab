/**
 * Usage: what was used, and how much that adds up to in a period.
 *
 * <p>Owns usage records, idempotency, corrections, aggregation. Does not own prices, quotas, or what happens to late
 * usage. Invariants: no record counts in two periods, none falls between two; a replaced value stays on the audit trail.
 * Times: {@code start} decides the period, {@code recordedAt} is only news. Begin reading at
 * {@link com.nexasystems.billing.usage.RecordUsage}.
 */
package com.nexasystems.billing.usage;
