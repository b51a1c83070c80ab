package com.nexasystems.billing.invoicing;

import java.util.ArrayList;
import java.util.List;

/** Adds up what the pages of a run did. */
final class ReportBuilder {

    private final List<BillingFailure> failures = new ArrayList<>();
    private long invoices;
    private long failed;

    void add(long more, List<BillingFailure> moreFailures) {
        invoices += more;
        failed += moreFailures.size();
        moreFailures.stream().limit(BillingReport.MOST_FAILURES - failures.size()).forEach(failures::add);
    }

    BillingReport build() {
        return new BillingReport(invoices, failures, failed);
    }
}
