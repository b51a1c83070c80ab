package com.nexasystems.billing.app;

import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes invoices into the ledger. */
@Command(name = "ingest", description = {"Verifies invoices at their sources, and drafts what is to be booked of them.",
        "Safe to repeat and to kill. Posts nothing. What cannot be verified, or not booked exactly, is told with its",
        "reason and asked for again next time: exit code 1 says that there is such a one."})
final class LedgerIngestCommand implements Callable<Integer> {

    private final Host host;

    @Option(names = "--since", paramLabel = "YYYY-MM-DD", description = {
            "Settled invoices issued before it are not asked for again; all",
            "others always are (default: settled ones are, too)."})
    private Optional<String> since = Optional.empty();

    @Option(names = "--dry-run", description = "The same report, and nothing is kept.")
    private boolean dryRun;

    @Option(names = "--from", paramLabel = "WHERE", description = {
            "Who says which invoices there are: application, stripe, lago, own",
            "or all (default: the application of BILLING_SOURCE_URL and own;",
            "without one, all sources that are configured)."})
    private Optional<String> from = Optional.empty();

    @Mixin
    private ReportOptions report;

    LedgerIngestCommand(Host host) {
        this.host = host;
    }

    /** Who says which invoices there are. */
    private enum From { APPLICATION, STRIPE, LAGO, OWN, ALL }

    @Override
    public Integer call() {
        var options = new IngestOptions(since.map(text -> OptionText.day("--since", text)), dryRun);
        Optional<From> chosen = from.map(text -> OptionText.oneOf("--from", From.class, text));
        ConfiguredSource application = ConfiguredSource.of(Settings.of(host));
        if (chosen.filter(From.APPLICATION::equals).isPresent() && application.platform().isEmpty()) {
            throw new InvalidValue("--from", "there is no application: BILLING_SOURCE_URL is not set");
        }
        boolean byApplication = application.platform().isPresent()
                && chosen.filter(one -> one != From.APPLICATION && one != From.ALL).isEmpty();
        try (LedgerSession session = LedgerSession.open(host)) {
            List<InvoiceSource> sources = sources(session.setup(), chosen, byApplication);
            if (!byApplication) {
                return ingest(session, new LedgerIngestion.Lists(Optional.empty(), sources), options, -1);
            }
            try (HostingPlatform platform = application.platform().get().get()) {
                return ingest(session, new LedgerIngestion.Lists(Optional.of(platform), sources), options,
                        platform.counts().invoices());
            }
        }
    }

    /** Whose own lists are read. */
    private static List<InvoiceSource> sources(LedgerSetup setup, Optional<From> chosen, boolean byApplication) {
        if (chosen.isEmpty() && byApplication) {
            return ConfiguredLedger.own(setup);
        }
        if (chosen.isEmpty() || chosen.get() == From.ALL) {
            return setup.sources();
        }
        if (chosen.get() == From.APPLICATION) {
            return List.of();
        }
        List<InvoiceSource> named = ConfiguredLedger.named(setup, Words.of(chosen.get()));
        if (named.isEmpty()) {
            throw new InvalidValue("--from", "is not configured: " + Words.of(chosen.get()) + "; set "
                    + (chosen.get() == From.LAGO ? "BILLING_LAGO_URL and BILLING_LAGO_API_KEY" : "BILLING_STRIPE_KEY"));
        }
        return named;
    }

    private int ingest(LedgerSession session, LedgerIngestion.Lists lists, IngestOptions options, long all) {
        LedgerIngestion.Outcome outcome;
        try (Progress progress = Progress.of(host, "Ingesting", all)) {
            outcome = session.ingestion().run(lists, options, progress::step);
        }
        if (report.json) {
            Json.write(host.out(), IngestText.json(outcome, options.dryRun()));
        } else {
            IngestText.print(host.out(), outcome, options.dryRun());
            IngestText.printProblems(host.err(), outcome);
            if (!options.dryRun()) {
                host.out().print("Go on with\n  ./billing ledger review\n");
            }
        }
        return outcome.isComplete() ? ExitCode.OK : ExitCode.PARTIAL;
    }
}
