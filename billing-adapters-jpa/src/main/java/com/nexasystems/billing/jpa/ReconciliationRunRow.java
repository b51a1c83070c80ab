package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Unlinked;
import com.nexasystems.billing.reconciliation.Unlinked.Why;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A reconciliation that went through, with what was compared with nothing. */
final class ReconciliationRunRow {

    private static final Batch<ReconciliationRun> RUNS = BillerRulesColumns.in(new Batch<ReconciliationRun>()
            .uuid("id", ReconciliationRun::id)
            .uuid("service_id", run -> run.service().value())
            .instant("as_of", ReconciliationRun::asOf)
            .date("from_day", ReconciliationRun::from)
            .numeric("tolerance", ReconciliationRun::tolerance)
            .bigint("row_count", ReconciliationRun::rows)
            .text("digest", ReconciliationRun::digest)
            .instant("finished_at", ReconciliationRun::finishedAt), ReconciliationRun::rules);

    private static final Batch<Numbered<Unlinked>> UNLINKED = new Batch<Numbered<Unlinked>>()
            .uuid("run_id", Numbered::whole)
            .integer("position", Numbered::position)
            .text("why", one -> one.part().why().name())
            .date("month", one -> one.part().month())
            .text("currency", one -> one.part().currency().getCurrencyCode())
            .bigint("invoices", one -> one.part().invoices())
            .numeric("subtotal", one -> one.part().subtotal());

    private ReconciliationRunRow() {
    }

    static int add(Connection connection, ReconciliationRun run) throws SQLException {
        RUNS.insert(connection, "reconciliation_run", List.of(run));
        return UNLINKED.insert(connection, "reconciliation_unlinked", Numbered.of(run.id(), run.unlinked()));
    }

    static Optional<ReconciliationRun> last(Connection connection, ServiceId service) throws SQLException {
        return Sql.query(connection, "SELECT * FROM reconciliation_run WHERE service_id = ? ORDER BY place DESC LIMIT 1",
                row -> read(connection, row), service.value()).stream().findFirst();
    }

    private static ReconciliationRun read(Connection connection, ResultSet row) throws SQLException {
        UUID id = Sql.uuid(row, "id");
        return new ReconciliationRun(id, new ServiceId(Sql.uuid(row, "service_id")), Sql.instant(row, "as_of"),
                Sql.day(row, "from_day"), BillerRulesColumns.read(row), row.getBigDecimal("tolerance"),
                row.getLong("row_count"), unlinked(connection, id), row.getString("digest"),
                Sql.instant(row, "finished_at"));
    }

    private static List<Unlinked> unlinked(Connection connection, UUID run) throws SQLException {
        return Sql.query(connection, "SELECT * FROM reconciliation_unlinked WHERE run_id = ? ORDER BY position",
                row -> new Unlinked(Why.valueOf(row.getString("why")), Sql.day(row, "month"), Sql.currency(row),
                        row.getLong("invoices"), row.getBigDecimal("subtotal")), run);
    }
}
