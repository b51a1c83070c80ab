package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Ingest;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.IngestReport;
import com.nexasystems.billing.ledger.IngestRun;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * An ingestion of what lists name: the application's tables, and the sources' own lists. Of the application nothing is taken
 * but the ids. A list that cannot be read to its end is told; what it has named is in, and the other lists are read.
 */
final class LedgerIngestion {

    private static final int MOST_SHOWN = 1_000;

    private final Ingest ingest;
    private final LedgerSetup setup;

    LedgerIngestion(Ingest ingest, LedgerSetup setup) {
        this.ingest = ingest;
        this.setup = setup;
    }

    /**
     * Which lists are read.
     *
     * @param application empty if there is none, or its tables are not to be read
     * @param sources     whose own lists are read
     */
    record Lists(Optional<? extends SourceApplication> application, List<InvoiceSource> sources) { }

    /**
     * What came of it.
     *
     * @param nameless  invoices of the application that bear no id of a source, the first {@value #MOST_SHOWN}
     * @param namelessAll how many they are
     * @param problems  rows of the application that cannot be read, and lists that could not be read to their end, the first
     *                  {@value #MOST_SHOWN}
     * @param problemsAll how many they are
     */
    record Outcome(IngestReport report, List<String> nameless, long namelessAll, List<String> problems, long problemsAll) {

        /** Whether every invoice that was named is booked, or rightly is not. */
        boolean isComplete() {
            return problemsAll == 0 && left() == 0;
        }

        /** Invoices that the next run asks for again, because they are held or unverified. */
        long left() {
            return report.of(IngestedInvoice.Outcome.HELD) + report.of(IngestedInvoice.Outcome.UNVERIFIED);
        }
    }

    /**
     * @param progress told how many invoices were looked at
     * @throws EnvironmentFailure if the journal fails; what was kept before stays
     */
    Outcome run(Lists lists, IngestOptions options, LongConsumer progress) {
        return new Run(lists, options, progress).run();
    }

    /** Collects what one run has to tell. */
    private final class Run {

        private final Lists lists;
        private final LongConsumer progress;
        private final IngestRun run;
        private final List<String> nameless = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private long namelessAll;
        private long problemsAll;

        Run(Lists lists, IngestOptions options, LongConsumer progress) {
            this.lists = lists;
            this.progress = progress;
            this.run = ingest.begin(setup.sources(), setup.policy(), options);
        }

        Outcome run() {
            lists.application.ifPresent(application ->
                    reading("the application's invoices", () -> application.invoices(this::takeRows)));
            lists.sources.forEach(source ->
                    reading("the list of " + source.name(), () -> run.list(source, this::take)));
            return new Outcome(run.report(), nameless, namelessAll, problems, problemsAll);
        }

        private void reading(String list, Runnable read) {
            try {
                read.run();
            } catch (PortFailure e) {
                problem(list + " could not be read to the end: " + e.getMessage());
            }
        }

        private void takeRows(List<SourceRow<SourceInvoice>> rows) {
            rows.forEach(row -> row.problem().ifPresent(text ->
                    problem("invoice " + row.id() + " of the application cannot be read: " + text)));
            rows.stream().flatMap(row -> row.value().stream()).filter(invoice -> invoice.billedAt().isEmpty())
                    .forEach(this::nameless);
            take(rows.stream().flatMap(row -> row.value().stream()).flatMap(invoice -> invoice.billedAt().stream())
                    .toList());
        }

        private void nameless(SourceInvoice invoice) {
            namelessAll++;
            if (nameless.size() < MOST_SHOWN) {
                nameless.add(invoice.id() + invoice.number().map(number -> " (" + number + ")").orElse(""));
            }
        }

        private void problem(String text) {
            problemsAll++;
            if (problems.size() < MOST_SHOWN) {
                problems.add(text);
            }
        }

        private void take(List<String> ids) {
            for (int from = 0; from < ids.size(); from += InvoiceSource.PAGE) {
                List<String> page = ids.subList(from, Math.min(ids.size(), from + InvoiceSource.PAGE));
                try {
                    run.take(page);
                } catch (PortFailure e) {
                    // Not the list's: nothing can be kept, whoever lists it.
                    throw new EnvironmentFailure("the journal failed: " + e.getMessage(), e);
                }
                progress.accept(page.size());
            }
        }
    }
}
