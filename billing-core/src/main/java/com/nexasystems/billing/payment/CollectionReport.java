package com.nexasystems.billing.payment;

import com.nexasystems.billing.invoicing.InvoiceId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run of {@link Collect} did.
 *
 * @param succeeded attempts by which money has come
 * @param declined  attempts that were declined
 * @param open      attempts that the provider has not decided yet
 * @param failed    invoices for which the provider could not be asked, or its answer was lost: the next run asks again
 * @param failures  what is said of them, at most {@value #MOST_FAILURES}
 */
public record CollectionReport(long succeeded, long declined, long open, long failed, List<String> failures) {

    static final int MOST_FAILURES = 100;

    public CollectionReport {
        failures = List.copyOf(failures);
    }

    /** Adds up; for several threads. */
    static final class Builder {

        private final List<String> failures = new ArrayList<>();
        private long succeeded;
        private long declined;
        private long open;
        private long failed;

        synchronized void add(Payment payment) {
            switch (payment.status()) {
                case SUCCEEDED -> succeeded++;
                case DECLINED -> declined++;
                case ASKED, PROCESSING -> open++;
            }
        }

        synchronized void add(InvoiceId invoice, RuntimeException failure) {
            failed++;
            if (failures.size() < MOST_FAILURES) {
                failures.add("invoice " + invoice + ": " + failure.getMessage());
            }
        }

        synchronized CollectionReport build() {
            return new CollectionReport(succeeded, declined, open, failed, failures);
        }
    }
}
