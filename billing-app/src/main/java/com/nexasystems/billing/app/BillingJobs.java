package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.KnownAnswers;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.invoicing.BillInterim;
import com.nexasystems.billing.invoicing.BillPurchases;
import com.nexasystems.billing.invoicing.BillingRun;
import com.nexasystems.billing.invoicing.Finalise;
import com.nexasystems.billing.invoicing.RefreshDrafts;
import com.nexasystems.billing.wallet.ApplyTopUpRules;
import com.nexasystems.billing.wallet.ExpireWallets;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What has to be done in time without being asked for. */
final class BillingJobs implements JobSource {

    private final BillingRun run;
    private final BillInterim interim;
    private final Finalise finalise;
    private final RefreshDrafts drafts;
    private final ExpireWallets expire;
    private final ApplyTopUpRules topUps;
    private final BillPurchases purchases;
    private final KnownAnswers answers;
    private final UnitOfWork unitOfWork;
    private final Settings settings;

    @Inject
    BillingJobs(BillingRun run, BillInterim interim, Finalise finalise, RefreshDrafts drafts, ExpireWallets expire,
                ApplyTopUpRules topUps, BillPurchases purchases, KnownAnswers answers, UnitOfWork unitOfWork,
                Settings settings) {
        this.run = run;
        this.interim = interim;
        this.finalise = finalise;
        this.drafts = drafts;
        this.expire = expire;
        this.topUps = topUps;
        this.purchases = purchases;
        this.answers = answers;
        this.unitOfWork = unitOfWork;
        this.settings = settings;
    }

    @Override
    public List<Job> all() {
        return List.of(
                job("bill", Setting.BILLING_JOB_BILL_SECONDS, this::bill),
                job("finalise", Setting.BILLING_JOB_FINALISE_SECONDS,
                        now -> Job.Result.of(finalise.finalise(now, invoice -> { }))),
                job("refresh-drafts", Setting.BILLING_JOB_REFRESH_SECONDS,
                        now -> Job.Result.of(drafts.refreshAll(now, invoice -> { }))),
                job("wallets", Setting.BILLING_JOB_WALLETS_SECONDS, this::wallets),
                job("forget-answers", Setting.BILLING_JOB_FORGET_SECONDS, this::forget));
    }

    private Job job(String name, Setting seconds, Job.Work work) {
        return JobSource.job(settings, name, seconds, work);
    }

    private Job.Result bill(Instant now) {
        return Job.Result.of(run.run(now, settings.integer(Setting.BILLING_WORKERS), drafted -> { }))
                .plus(Job.Result.of(interim.run(drafted -> { })));
    }

    private Job.Result forget(Instant now) {
        Instant olderThan = now.minus(Duration.ofHours(settings.integer(Setting.BILLING_IDEMPOTENCY_HOURS)));
        long forgotten = 0;
        int some;
        do {
            some = unitOfWork.call(() -> answers.forget(olderThan));
            forgotten += some;
        } while (some > 0);
        return Job.Result.of(forgotten);
    }

    private Job.Result wallets(Instant now) {
        long expired = expire.expire(now);
        var toppedUp = new AtomicLong();
        topUps.apply(now, transaction -> toppedUp.incrementAndGet());
        return Job.Result.of(expired + toppedUp.get() + purchases.bill());
    }
}
