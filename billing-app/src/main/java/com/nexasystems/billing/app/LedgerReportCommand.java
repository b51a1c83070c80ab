package com.nexasystems.billing.app;

import com.nexasystems.billing.app.LedgerSheet.Kind;
import com.nexasystems.billing.app.LedgerSheet.Query;
import com.nexasystems.billing.app.SheetExport.Format;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the books say. */
@Command(name = "report", description = {"What the books say.",
        "trial-balance, revenue (by family and month), ageing (what customers owe), tax (by rate and month),",
        "journal (every posting), unmatched (lines of no family), changed (invoices whose source differs from what is",
        "posted), held (held and unverified invoices)."})
final class LedgerReportCommand implements Callable<Integer> {

    private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final Host host;

    @Parameters(arity = "1", paramLabel = "REPORT", description = "Which one.")
    private String name;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Of revenue, tax and journal: the first day"
            + " (default: of all).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--until", paramLabel = "YYYY-MM-DD", description = "And the last.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--as-of", paramLabel = "YYYY-MM-DD", description = "Of trial-balance and ageing: the day (default:"
            + " today).")
    private Optional<String> asOf = Optional.empty();

    @Option(names = "--drafts", description = "Drafts, too, as if they were posted.")
    private boolean drafts;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table, csv, xlsx or json (default: table).")
    private Optional<String> format = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Writes a file instead of standard output.")
    private Optional<String> file = Optional.empty();

    @Mixin
    private ReportOptions report;

    LedgerReportCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Kind kind = kind();
        Format chosen = format.map(text -> OptionText.oneOf("--format", Format.class, text))
                .orElse(report.json ? Format.JSON : Format.TABLE);
        if (chosen == Format.XLSX && file.isEmpty()) {
            throw new InvalidValue("--out", "is mandatory with --format xlsx");
        }
        LedgerFile rules = LedgerFile.of(Settings.of(host));
        Query query = query(LocalDate.ofInstant(host.clock().instant(), rules.policy().zone()));
        try (Engine engine = Engine.open(host)) {
            var sheet = new LedgerSheet(engine.billing(), rules.chart(), query, chosen == Format.TABLE);
            if (file.isEmpty()) {
                write(kind, sheet, chosen, host.out());
            } else {
                write(kind, sheet, chosen, file.get());
            }
        }
        return ExitCode.OK;
    }

    private Kind kind() {
        try {
            return OptionText.oneOf("REPORT", Kind.class, name);
        } catch (InvalidValue e) {
            throw new InvalidValue(e.field(), e.reason().replace('_', '-'));
        }
    }

    private Query query(LocalDate today) {
        LocalDate first = from.map(text -> OptionText.day("--from", text)).orElse(FIRST_DAY);
        LocalDate last = until.map(text -> OptionText.day("--until", text)).orElse(LAST_DAY);
        if (last.isBefore(first)) {
            throw new InvalidValue("--until", "is before --from: " + last);
        }
        return new Query(first, last, asOf.map(text -> OptionText.day("--as-of", text)).orElse(today), drafts);
    }

    private void write(Kind kind, LedgerSheet sheet, Format chosen, String path) {
        try (ExportFile open = ExportFile.open("--out", host.resolve(path))) {
            write(kind, sheet, chosen, open.out());
            open.complete();
        }
        host.err().println("written: " + path);
    }

    private static void write(Kind kind, LedgerSheet sheet, Format chosen, OutputStream out) {
        SheetExport export = chosen.to(out, kind.title(), kind.header());
        sheet.each(kind, export::add);
        export.end();
    }
}
