package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hands rows to the engine in batches, each of which is durable when the next one begins. */
final class UsageBatches {

    private static final int SIZE = 5000;

    private final Billing billing;
    private final Service service;
    private final RecordUsage.Option[] options;
    private final Map<String, String> columns;
    private final RowProblems problems;
    private final Progress progress;
    private final LoadReport report = new LoadReport();
    private final List<UsageSubmission> batch = new ArrayList<>(SIZE);
    private final List<Long> numbers = new ArrayList<>(SIZE);

    /** @param columns what the file calls the engine's fields; those it calls the same are left out */
    UsageBatches(Billing billing, Service service, boolean replace, Map<String, String> columns, RowProblems problems,
                 Progress progress) {
        this.billing = billing;
        this.service = service;
        this.options = replace ? new RecordUsage.Option[] {RecordUsage.Option.REPLACE} : new RecordUsage.Option[0];
        this.columns = columns;
        this.problems = problems;
        this.progress = progress;
    }

    void add(UsageSubmission submission, long row) {
        batch.add(submission);
        numbers.add(row);
        if (batch.size() == SIZE) {
            flush();
        }
    }

    /** Records what is left. */
    LoadReport finish() {
        flush();
        return report;
    }

    private void flush() {
        List<UsageOutcome> outcomes = billing.usage().record(service, batch, options);
        for (int i = 0; i < outcomes.size(); i++) {
            count(outcomes.get(i), numbers.get(i));
        }
        progress.step(batch.size());
        batch.clear();
        numbers.clear();
    }

    private void count(UsageOutcome outcome, long row) {
        if (outcome instanceof UsageOutcome.Recorded recorded) {
            report.stored(recorded.late());
        } else if (outcome instanceof UsageOutcome.Duplicate) {
            report.duplicate();
        } else if (outcome instanceof UsageOutcome.Replaced replaced) {
            report.replaced(replaced.late());
        } else if (outcome instanceof UsageOutcome.Conflict conflict) {
            problems.report(row, column("quantity"), "conflict: " + InvoiceJson.plain(conflict.submitted().quantity())
                    + " for what is stored with " + InvoiceJson.plain(conflict.stored().quantity())
                    + (conflict.stored().start().equals(conflict.submitted().start()) ? "" : " at another time"));
        } else if (outcome instanceof UsageOutcome.Refused refused) {
            problems.report(row, column(refused.field()), refused.reason());
        }
    }

    private String column(String field) {
        return columns.getOrDefault(field, field);
    }
}
