/**
 * Time as billing sees it: half-open periods in a time zone, the cycle they repeat in, and the share of a period.
 *
 * <p>An anchor on the 29th to 31st clamps in a short month and comes back in the next. A day of 23 or 25 hours is one
 * day: no hour is lost or repeated, because a period ends exactly where the next one starts. Does not own when to bill.
 */
package com.nexasystems.billing.period;
