/**
 * Rating: from usage to exact amounts that explain themselves.
 *
 * <p>There is one calculation: the {@link com.nexasystems.billing.rating.Explanation} is its record, and the amount is
 * derived from it. Does not own invoices, rounding, or storage. Begin reading at
 * {@link com.nexasystems.billing.rating.RatePeriod}.
 */
package com.nexasystems.billing.rating;
