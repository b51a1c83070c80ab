package com.nexasystems.billing.app;

import com.nexasystems.billing.payment.Collect;
import com.nexasystems.billing.payment.CollectionReport;
import com.nexasystems.billing.payment.MakeRefunds;
import com.nexasystems.billing.payment.Payment;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a payment provider is asked for, where there is one. */
final class PaymentJobs implements JobSource {

    private final Collect collect;
    private final MakeRefunds refunds;
    private final ServerMetrics metrics;
    private final Settings settings;

    @Inject
    PaymentJobs(Collect collect, MakeRefunds refunds, ServerMetrics metrics, Settings settings) {
        this.collect = collect;
        this.refunds = refunds;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public List<Job> all() {
        return List.of(JobSource.job(settings, "collect", Setting.BILLING_JOB_COLLECT_SECONDS, this::collect));
    }

    private Job.Result collect(Instant now) {
        CollectionReport report = collect.run(settings.integer(Setting.BILLING_PAYMENT_WORKERS), this::count);
        metrics.count("billing.collections", "failed", report.failed());
        MakeRefunds.Report refunded = refunds.run();
        metrics.count("billing.refunds", "answered", refunded.asked());
        metrics.count("billing.refunds", "failed", refunded.failed());
        List<String> failures = new ArrayList<>(report.failures());
        failures.addAll(refunded.failures());
        return new Job.Result(report.succeeded() + report.declined() + report.open() + refunded.asked(),
                report.failed() + refunded.failed(), failures);
    }

    private void count(Payment attempt) {
        metrics.count("billing.collections", attempt.status().code(), 1);
    }
}
