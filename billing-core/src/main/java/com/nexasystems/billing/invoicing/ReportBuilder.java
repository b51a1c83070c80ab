package com.nexasystems.billing.invoicing;

import java.util.ArrayList;
import java.util.List;

/** Adds up what the pages of a run did. */
final class ReportBuilder {

    private final List<BillingFailure> failures = new ArrayList<>();
    private final List<RefusedInvoice> refused = new ArrayList<>();
    private long invoices;
    private long failed;
    private long refusals;

    void add(long more, List<BillingFailure> moreFailures) {
        invoices += more;
        failed += moreFailures.size();
        moreFailures.stream().limit(BillingReport.MOST_FAILURES - failures.size()).forEach(failures::add);
    }

    void refused(List<RefusedInvoice> more) {
        refusals += more.size();
        more.stream().limit(BillingReport.MOST_FAILURES - refused.size()).forEach(refused::add);
    }

    BillingReport build() {
        return new BillingReport(invoices, failures, failed, refused, refusals);
    }
}
