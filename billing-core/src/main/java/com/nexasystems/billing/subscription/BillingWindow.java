package com.nexasystems.billing.subscription;

import com.nexasystems.billing.period.BillingPeriod;
import java.time.Instant;
import java.util.Optional;

/**
 * What one invoice of a subscription bills.
 *
 * @param due   the invoice's date
 * @param usage the stretch whose usage is billed; empty on the first invoice in advance, and when only late usage is left
 * @param flat  the stretch whose flat price is billed
 */
public record BillingWindow(Instant due, Optional<BillingPeriod> usage, Optional<BillingPeriod> flat) { }
