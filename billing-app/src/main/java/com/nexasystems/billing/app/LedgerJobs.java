package com.nexasystems.billing.app;

import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.ledger.Ingest;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.IngestReport;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.LedgerSetup;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes invoices into the ledger, as drafts; what is posted, people decide. */
final class LedgerJobs implements JobSource {

    private static final String INVOICES = "billing.ledger.invoices";
    private static final int SHOWN = 5;

    private final LedgerIngestion ingestion;
    private final LedgerSetup setup;
    private final ConfiguredSource application;
    private final ServerMetrics metrics;
    private final Settings settings;

    @Inject
    LedgerJobs(Ingest ingest, LedgerSetup setup, ConfiguredSource application, ServerMetrics metrics,
               Settings settings) {
        this.ingestion = new LedgerIngestion(ingest, setup);
        this.setup = setup;
        this.application = application;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public List<Job> all() {
        return List.of(JobSource.job(settings, "ledger", Setting.BILLING_JOB_LEDGER_SECONDS, this::ingest));
    }

    private Job.Result ingest(Instant now) {
        LocalDate since = LocalDate.ofInstant(now, setup.policy().zone())
                .minusDays(settings.integer(Setting.BILLING_LEDGER_DAYS));
        LedgerIngestion.Outcome outcome = ingest(new IngestOptions(Optional.of(since), false));
        IngestReport report = outcome.report();
        for (IngestedInvoice.Outcome each : IngestedInvoice.Outcome.values()) {
            metrics.count(INVOICES, each.code(), report.of(each));
        }
        metrics.count(INVOICES, "changed", report.changed());
        return new Job.Result(report.listed(), outcome.left() + outcome.problemsAll(), failures(outcome));
    }

    private LedgerIngestion.Outcome ingest(IngestOptions options) {
        if (application.platform().isEmpty()) {
            return ingestion.run(new LedgerIngestion.Lists(Optional.empty(), setup.sources()), options, count -> { });
        }
        try (HostingPlatform platform = application.platform().get().get()) {
            return ingestion.run(new LedgerIngestion.Lists(Optional.of(platform), ConfiguredLedger.own(setup)), options,
                    count -> { });
        }
    }

    private static List<String> failures(LedgerIngestion.Outcome outcome) {
        return Stream.concat(outcome.problems().stream(), outcome.report().problems().stream().map(problem ->
                problem.outcome().code() + ": " + problem.invoice() + ": " + problem.reason())).limit(SHOWN).toList();
    }
}
