package com.nexasystems.billing.invoicing;

import java.util.List;

/**
 * What a run did.
 *
 * @param invoices how many were drafted or finalised
 * @param failures the subscriptions that were left, at most {@value #MOST_FAILURES} of them
 * @param failed   how many were left
 * @param refused  the drafts that were not finalised, as something is missing; at most {@value #MOST_FAILURES} of them
 * @param refusals how many were not
 */
public record BillingReport(long invoices, List<BillingFailure> failures, long failed, List<RefusedInvoice> refused,
                            long refusals) {

    static final int MOST_FAILURES = 1000;

    public BillingReport {
        failures = List.copyOf(failures);
        refused = List.copyOf(refused);
    }

    /** Of a run that refuses nothing. */
    public BillingReport(long invoices, List<BillingFailure> failures, long failed) {
        this(invoices, failures, failed, List.of(), 0);
    }
}
