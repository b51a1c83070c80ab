package com.nexasystems.billing.app;

import com.nexasystems.billing.shadow.ImportReport.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Every row of an import that is not in, for a spreadsheet; or nothing, if nobody asked for it. */
final class ProblemsFile implements AutoCloseable {

    private static final List<String> HEADER = List.of("kind", "id", "outcome", "reason");

    private final Optional<ExportFile> file;
    private final Optional<CsvExport> csv;

    private ProblemsFile(Optional<ExportFile> file) {
        this.file = file;
        this.csv = file.map(open -> new CsvExport(open.out(), HEADER));
    }

    static ProblemsFile of(Optional<Path> path) {
        return new ProblemsFile(path.map(chosen -> ExportFile.open("--problems", chosen)));
    }

    void add(Problem problem) {
        csv.ifPresent(export -> export.add(List.of(problem.kind().code(), SheetText.safe(problem.id()),
                Words.of(problem.outcome()), SheetText.safe(problem.reason()))));
    }

    void complete() {
        csv.ifPresent(CsvExport::end);
        file.ifPresent(ExportFile::complete);
    }

    @Override
    public void close() {
        file.ifPresent(ExportFile::close);
    }
}
