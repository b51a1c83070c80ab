package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Tally;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What an import came to, for people and for programs. */
final class ImportText {

    private static final int SHOWN = 10;

    private ImportText() {
    }

    static void printTallies(PrintStream out, ImportReport report) {
        Table.print(out, List.of("", "Created", "Updated", "Unchanged", "Left out", "Skipped", "Failed"),
                Arrays.stream(Kind.values()).map(kind -> row(kind, report.of(kind))).toList(), 1, 2, 3, 4, 5, 6);
    }

    private static List<String> row(Kind kind, Tally tally) {
        return List.of(kind.code(), Long.toString(tally.created()), Long.toString(tally.updated()),
                Long.toString(tally.unchanged()), Long.toString(tally.leftOut()), Long.toString(tally.skipped()),
                Long.toString(tally.failed()));
    }

    static void printProblems(PrintStream out, ImportReport report) {
        report.problems().stream().limit(SHOWN).forEach(problem -> out.println(printable(Words.of(problem.outcome()) + ": "
                + problem.kind().code() + " " + problem.id() + ": " + problem.reason())));
        long all = report.failed() + report.skipped();
        if (all > SHOWN) {
            out.println("… and " + (all - SHOWN) + " more; --problems FILE.csv writes all of them");
        }
    }

    static Map<String, Object> json(Service service, ImportOptions options, ImportReport report) {
        Map<String, Object> rows = Json.object();
        for (Kind kind : Kind.values()) {
            Tally tally = report.of(kind);
            rows.put(kind.code(), Json.object("created", tally.created(), "updated", tally.updated(),
                    "unchanged", tally.unchanged(), "left_out", tally.leftOut(), "skipped", tally.skipped(),
                    "failed", tally.failed()));
        }
        return Json.object("service", service.code(), "dry_run", options.dryRun(), "rows", rows, "failed", report.failed(),
                "skipped", report.skipped(), "problems", report.problems().stream().map(problem -> Json.object(
                        "kind", problem.kind().code(), "id", problem.id(), "outcome", Words.of(problem.outcome()),
                        "reason", problem.reason())).toList());
    }

    /** A row can hold anything, also what moves a terminal's cursor. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
