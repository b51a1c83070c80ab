/**
 * Rating: from usage to exact amounts that explain themselves, and what another price list would have made of them.
 *
 * <p>There is one calculation: the {@link com.nexasystems.billing.rating.Explanation} is its record, and the amount is
 * derived from it. A simulation is the same calculation twice. Does not own invoices, rounding, or storage. Begin reading at
 * {@link com.nexasystems.billing.rating.RatePeriod}, and for simulations at
 * {@link com.nexasystems.billing.rating.Simulate}.
 */
package com.nexasystems.billing.rating;
