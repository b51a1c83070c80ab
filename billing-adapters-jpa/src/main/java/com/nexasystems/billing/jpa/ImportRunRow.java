package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.ImportReport.Problem;
import com.nexasystems.billing.shadow.ImportReport.Tally;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowTerms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** An import that went through, with its report. */
final class ImportRunRow {

    private static final Batch<ImportRun> RUNS = new Batch<ImportRun>()
            .uuid("id", ImportRun::id)
            .uuid("service_id", run -> run.service().value())
            .instant("started_at", ImportRun::startedAt)
            .instant("finished_at", ImportRun::finishedAt)
            .text("currency", run -> run.terms().currency().getCurrencyCode())
            .numeric("per_cpu_hour", run -> run.terms().perCpuHour())
            .text("zone", run -> run.terms().zone().getId());

    private record Counted(UUID run, Kind kind, Tally tally) { }

    private static final Batch<Counted> TALLIES = new Batch<Counted>()
            .uuid("run_id", Counted::run)
            .text("kind", counted -> counted.kind.name())
            .bigint("created", counted -> counted.tally.created())
            .bigint("updated", counted -> counted.tally.updated())
            .bigint("unchanged", counted -> counted.tally.unchanged())
            .bigint("left_out", counted -> counted.tally.leftOut())
            .bigint("skipped", counted -> counted.tally.skipped())
            .bigint("failed", counted -> counted.tally.failed());

    private static final Batch<Numbered<Problem>> PROBLEMS = new Batch<Numbered<Problem>>()
            .uuid("run_id", Numbered::whole)
            .integer("position", Numbered::position)
            .text("kind", problem -> problem.part().kind().name())
            .text("row_id", problem -> problem.part().id())
            .text("outcome", problem -> problem.part().outcome().name())
            .text("reason", problem -> problem.part().reason());

    private ImportRunRow() {
    }

    static int add(Connection connection, ImportRun run) throws SQLException {
        RUNS.insert(connection, "import_run", List.of(run));
        TALLIES.insert(connection, "import_tally", run.report().tallies().entrySet().stream()
                .map(tally -> new Counted(run.id(), tally.getKey(), tally.getValue())).toList());
        return PROBLEMS.insert(connection, "import_problem", Numbered.of(run.id(), run.report().problems()));
    }

    static Optional<ImportRun> last(Connection connection, ServiceId service) throws SQLException {
        return Sql.query(connection, "SELECT * FROM import_run WHERE service_id = ? ORDER BY place DESC LIMIT 1",
                row -> read(connection, row), service.value()).stream().findFirst();
    }

    private static ImportRun read(Connection connection, ResultSet row) throws SQLException {
        UUID id = Sql.uuid(row, "id");
        var terms = new ShadowTerms(Sql.currency(row), row.getBigDecimal("per_cpu_hour"), ZoneId.of(row.getString("zone")));
        return new ImportRun(id, new ServiceId(Sql.uuid(row, "service_id")), Sql.instant(row, "started_at"),
                Sql.instant(row, "finished_at"), terms, new ImportReport(tallies(connection, id), problems(connection, id)));
    }

    private static Map<Kind, Tally> tallies(Connection connection, UUID run) throws SQLException {
        Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
        Sql.query(connection, "SELECT * FROM import_tally WHERE run_id = ?",
                row -> tallies.put(Kind.valueOf(row.getString("kind")), new Tally(row.getLong("created"),
                        row.getLong("updated"), row.getLong("unchanged"), row.getLong("left_out"), row.getLong("skipped"),
                        row.getLong("failed"))), run);
        return tallies;
    }

    private static List<Problem> problems(Connection connection, UUID run) throws SQLException {
        return Sql.query(connection, "SELECT * FROM import_problem WHERE run_id = ? ORDER BY position",
                row -> new Problem(Kind.valueOf(row.getString("kind")), row.getString("row_id"),
                        Outcome.valueOf(row.getString("outcome")), row.getString("reason")), run);
    }
}
