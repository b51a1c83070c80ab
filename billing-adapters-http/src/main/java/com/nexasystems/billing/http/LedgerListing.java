package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.IngestRun;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * An ingestion in the background: the ids that are listed, page by page, go into its run. A source whose list cannot be read
 * to its end is named, and the others go on.
 */
final class LedgerListing {

    private final IngestRun run;
    private final BackgroundTask task;
    private final List<Json> failures = new ArrayList<>();
    private long unreadable;
    private long withoutId;

    LedgerListing(IngestRun run, BackgroundTask task) {
        this.run = run;
        this.task = task;
    }

    void take(InvoiceSource source) {
        long before = run.report().listed();
        try {
            run.list(source, this::take);
        } catch (PortFailure e) {
            failures.add(Json.object("source", source.name(), "listed", run.report().listed() - before,
                    "problem", e.getMessage()));
        }
    }

    void take(Supplier<SourceApplication> opening) {
        SourceApplication application = opening.get();
        try {
            task.of(application.counts().invoices());
            application.invoices(this::takeRows);
        } finally {
            ShadowImportRoutes.close(application);
        }
    }

    private void takeRows(List<SourceRow<SourceInvoice>> rows) {
        List<SourceInvoice> readable = rows.stream().flatMap(row -> row.value().stream()).toList();
        List<String> ids = readable.stream().flatMap(invoice -> invoice.billedAt().stream())
                .filter(id -> !id.isBlank()).toList();
        unreadable += rows.size() - readable.size();
        withoutId += readable.size() - ids.size();
        take(ids);
        task.step(rows.size() - ids.size());
    }

    void take(List<String> ids) {
        for (int from = 0; from < ids.size(); from += InvoiceSource.PAGE) {
            List<String> page = ids.subList(from, Math.min(ids.size(), from + InvoiceSource.PAGE));
            run.take(page);
            task.step(page.size());
        }
    }

    Json json() {
        return LedgerJson.of(run.report()).withAll(Json.object("unreadable_rows", unreadable, "rows_without_id", withoutId,
                "failures", failures));
    }
}
