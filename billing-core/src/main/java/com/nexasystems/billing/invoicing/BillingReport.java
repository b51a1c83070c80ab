package com.nexasystems.billing.invoicing;

import java.util.List;

/**
 * What a run did.
 *
 * @param invoices how many were drafted or finalised
 * @param failures the subscriptions that were left, at most {@value #MOST_FAILURES} of them
 * @param failed   how many were left
 */
public record BillingReport(long invoices, List<BillingFailure> failures, long failed) {

    static final int MOST_FAILURES = 1000;

    public BillingReport {
        failures = List.copyOf(failures);
    }
}
