/**
 * The arithmetic, without storage: rating one line of each charge model, and computing one invoice.
 *
 * <p>The baseline is what the same figures cost in bare {@code BigDecimal} arithmetic, with nothing explained or checked.
 */
package com.nexasystems.billing.bench.pure;
