package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.usage.UsageSubmission;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads a file of usage records of any metric. The engine judges every row; nothing is set up for it. */
final class GeneralLoader {

    static final List<String> HEADER = List.of("subscription", "metric", "start", "end", "quantity", "idempotency_key");

    private final Billing billing;
    private final Service service;
    private final Path file;

    GeneralLoader(Billing billing, Service service, Path file) {
        this.billing = billing;
        this.service = service;
        this.file = file;
    }

    LoadReport load(boolean replace, RowProblems problems, Progress progress) {
        var batches = new UsageBatches(billing, service, replace, Map.of(), problems, progress);
        try (CsvRows rows = CsvRows.open(file)) {
            rows.forEach(problems, (columns, number) -> batches.add(submission(columns), number));
        }
        return batches.finish();
    }

    private static UsageSubmission submission(List<String> columns) {
        Instant start = CsvRows.time("start", columns.get(2));
        Optional<Instant> end = Optional.of(columns.get(3)).filter(text -> !text.isEmpty())
                .map(text -> CsvRows.time("end", text));
        return new UsageSubmission(InvalidValue.checkText("subscription", columns.get(0), 255), columns.get(1), start, end,
                columns.get(4), Optional.empty(), Map.of(), columns.get(5));
    }
}
