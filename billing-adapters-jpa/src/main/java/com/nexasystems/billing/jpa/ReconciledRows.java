package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A reconciled row with its causes, which are arrays beside it. */
final class ReconciledRows {

    static final Batch<ReconciledRow> BATCH = ActorColumns.resolution(new Batch<ReconciledRow>()
            .uuid("service_id", row -> row.service().value())
            .text("subscription", ReconciledRow::subscription)
            .date("start_day", ReconciledRow::start)
            .date("end_day", ReconciledRow::end)
            .text("currency", row -> row.currency().getCurrencyCode())
            .numeric("computed", ReconciledRow::computed)
            .numeric("actual", ReconciledRow::actual)
            .numeric("computed_flat", ReconciledRow::computedFlat)
            .numeric("actual_flat", ReconciledRow::actualFlat)
            .numeric("actual_usage", ReconciledRow::actualUsage)
            .text("status", row -> row.status().code())
            .texts("cause_kinds", causes(cause -> cause.kind().name()))
            .numerics("cause_amounts", causes(Cause::amount))
            .texts("cause_notes", causes(Cause::note))
            .numeric("unexplained", ReconciledRow::unexplained), row -> row.resolution().orElse(null));

    private ReconciledRows() {
    }

    private static <V> Function<ReconciledRow, Collection<V>> causes(Function<Cause, V> value) {
        return row -> row.causes().stream().map(value).toList();
    }

    static ReconciledRow read(ResultSet row) throws SQLException {
        return new ReconciledRow(new ServiceId(Sql.uuid(row, "service_id")), row.getString("subscription"),
                Sql.day(row, "start_day"), Sql.day(row, "end_day"), Sql.currency(row), row.getBigDecimal("computed"),
                row.getBigDecimal("actual"), row.getBigDecimal("computed_flat"), row.getBigDecimal("actual_flat"),
                row.getBigDecimal("actual_usage"), status(row), causes(row), row.getBigDecimal("unexplained"),
                Optional.ofNullable(ActorColumns.resolution(row)));
    }

    static Status status(ResultSet row) throws SQLException {
        return Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
    }

    private static List<Cause> causes(ResultSet row) throws SQLException {
        String[] kinds = Sql.texts(row, "cause_kinds");
        if (kinds.length == 0) {
            return List.of();
        }
        BigDecimal[] amounts = (BigDecimal[]) row.getArray("cause_amounts").getArray();
        String[] notes = Sql.texts(row, "cause_notes");
        var causes = new ArrayList<Cause>(kinds.length);
        for (int i = 0; i < kinds.length; i++) {
            causes.add(new Cause(Cause.Kind.valueOf(kinds[i]), amounts[i], notes[i]));
        }
        return causes;
    }
}
