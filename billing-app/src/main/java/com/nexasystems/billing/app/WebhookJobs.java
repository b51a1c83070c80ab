package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.webhook.Deliver;
import com.nexasystems.billing.webhook.Deliveries;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What services are told, and forgetting what they were told. */
final class WebhookJobs implements JobSource {

    private final Deliver deliver;
    private final Deliveries deliveries;
    private final UnitOfWork unitOfWork;
    private final ServerMetrics metrics;
    private final Settings settings;

    @Inject
    WebhookJobs(Deliver deliver, Deliveries deliveries, UnitOfWork unitOfWork, ServerMetrics metrics, Settings settings) {
        this.deliver = deliver;
        this.deliveries = deliveries;
        this.unitOfWork = unitOfWork;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public List<Job> all() {
        return List.of(JobSource.job(settings, "deliver", Setting.BILLING_JOB_DELIVER_SECONDS, this::deliver),
                JobSource.job(settings, "forget-deliveries", Setting.BILLING_JOB_FORGET_SECONDS, this::forget));
    }

    /** A receiver that does not take something is asked again; that is no failure of the job. A dead letter is told of. */
    private Job.Result deliver(Instant now) {
        Deliver.Report report = deliver.run();
        metrics.count("billing.deliveries", "delivered", report.delivered());
        metrics.count("billing.deliveries", "failed", report.failed() - report.dead());
        metrics.count("billing.deliveries", "dead", report.dead());
        return new Job.Result(report.delivered() + report.failed(), report.dead(), report.dead() == 0 ? List.of()
                : List.of(report.dead() + " deliveries are dead letters now; see 'billing webhooks deliveries --dead'"));
    }

    private Job.Result forget(Instant now) {
        Instant olderThan = now.minus(Duration.ofDays(settings.integer(Setting.BILLING_WEBHOOK_KEEP_DAYS)));
        long forgotten = 0;
        int some;
        do {
            some = unitOfWork.call(() -> deliveries.forget(olderThan));
            forgotten += some;
        } while (some > 0);
        return Job.Result.of(forgotten);
    }
}
