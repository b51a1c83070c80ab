package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.RowQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reconciled rows, page by page. */
final class Rows {

    private static final int PAGE = 1_000;

    private Rows() {
    }

    static void each(Reconciliations all, RowQuery query, Consumer<ReconciledRow> row) {
        List<ReconciledRow> page = all.list(query, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(row);
            page = all.list(query, Optional.of(Cursor.of(page.get(page.size() - 1))), PAGE);
        }
    }
}
