package com.nexasystems.billing.app;

import com.nexasystems.billing.app.RowExport.Format;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.RowQuery;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rows of the last comparison. */
@Command(name = "report", description = {"Tells the rows of the last comparison, each with the causes of its difference.",
        "As csv and xlsx each cause has a column of its own, to filter by and to add up."})
final class ShadowReportCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "Only periods that begin in it.")
    private Optional<String> month = Optional.empty();

    @Option(names = "--status", split = ",", paramLabel = "STATUS", description = "Only match, delta or resolved.")
    private List<String> statuses = List.of();

    @Option(names = "--subscription", paramLabel = "ID", description = "Only of this one, by the application's id.")
    private Optional<String> subscription = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv, xlsx or json (default: table).")
    private Optional<String> format = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes a file instead of standard output.")
    private Optional<String> file = Optional.empty();

    @Mixin
    private ReportOptions report;

    ShadowReportCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Format chosen = format.map(text -> OptionText.oneOf("--format", Format.class, text))
                .orElse(report.json ? Format.JSON : Format.TABLE);
        if (chosen == Format.XLSX && file.isEmpty()) {
            throw new InvalidValue("--out", "is mandatory with --format xlsx");
        }
        Optional<YearMonth> only = month.map(text -> OptionText.month("--month", text));
        Status[] wanted = statuses.stream().map(text -> OptionText.oneOf("--status", Status.class, text))
                .toArray(Status[]::new);
        try (Engine engine = Engine.open(host)) {
            RowQuery query = query(service.find(engine).id(), only, wanted);
            if (file.isEmpty()) {
                export(engine, query, chosen.to(host.out()));
            } else {
                write(engine, query, chosen, file.get());
            }
        }
        return ExitCode.OK;
    }

    private RowQuery query(ServiceId owner, Optional<YearMonth> only, Status[] wanted) {
        RowQuery query = RowQuery.of(owner);
        if (wanted.length > 0) {
            query = query.in(wanted);
        }
        if (only.isPresent()) {
            query = query.between(only.get().atDay(1), only.get().plusMonths(1).atDay(1));
        }
        return subscription.isPresent() ? query.of(subscription.get()) : query;
    }

    private void write(Engine engine, RowQuery query, Format chosen, String name) {
        try (ExportFile open = ExportFile.open("--out", host.resolve(name))) {
            export(engine, query, chosen.to(open.out()));
            open.complete();
        }
        host.err().println("written: " + name);
    }

    private static void export(Engine engine, RowQuery query, RowExport export) {
        Rows.each(engine.ports().reconciliations(), query, export::add);
        export.end();
    }
}
