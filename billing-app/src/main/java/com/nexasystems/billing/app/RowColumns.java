package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of exported rows of a comparison: one for each cause, so that a spreadsheet can filter and add up. */
final class RowColumns {

    private RowColumns() {
    }

    static List<String> header() {
        var header = new ArrayList<>(List.of("subscription", "from", "to", "currency", "status", "computed", "charged",
                "difference", "unexplained", "main_cause"));
        Arrays.stream(Cause.Kind.values()).forEach(kind -> header.add(kind.code()));
        header.addAll(List.of("computed_flat", "computed_usage", "charged_flat", "charged_usage", "charged_other",
                "seen_by", "accepted_by", "accepted_at", "note"));
        return header;
    }

    /** Texts are safe for a spreadsheet. */
    static List<Object> row(ReconciledRow row) {
        var cells = new ArrayList<Object>(List.of(SheetText.safe(row.subscription()), row.start().toString(),
                row.end().toString(), row.currency().getCurrencyCode(), row.status().code(), row.computed(), row.actual(),
                row.delta(), row.unexplained(), mainCause(row)));
        Arrays.stream(Cause.Kind.values()).forEach(kind -> cells.add(amount(row, kind)));
        cells.addAll(List.of(row.computedFlat(), row.computedUsage(), row.actualFlat(), row.actualUsage(),
                row.actualOther(), SheetText.safe(row.causes().stream().map(Cause::note).collect(Collectors.joining("; "))),
                row.resolution().map(one -> SheetText.safe(one.by().name())).orElse(""),
                row.resolution().map(one -> one.at().toString()).orElse(""),
                row.resolution().map(one -> SheetText.safe(one.note())).orElse("")));
        return cells;
    }

    private static String mainCause(ReconciledRow row) {
        return row.causes().stream().max(Comparator.comparing(cause -> cause.amount().abs()))
                .map(cause -> cause.kind().code()).orElse("");
    }

    /** An empty text where the cause has no part. */
    private static Object amount(ReconciledRow row, Cause.Kind kind) {
        List<BigDecimal> amounts = row.causes().stream().filter(cause -> cause.kind() == kind).map(Cause::amount).toList();
        return amounts.isEmpty() ? "" : amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
