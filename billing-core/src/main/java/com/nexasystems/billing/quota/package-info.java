/** Quotas: what a plan includes, and what exceeds it. Does not own the price of the excess. */
package com.nexasystems.billing.quota;
