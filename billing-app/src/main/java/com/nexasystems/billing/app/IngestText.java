package com.nexasystems.billing.app;

import com.nexasystems.billing.ledger.IngestReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an ingestion came to, for people and for programs. */
final class IngestText {

    private static final int SHOWN = 10;

    private IngestText() {
    }

    static void print(PrintStream out, LedgerIngestion.Outcome outcome, boolean dryRun) {
        IngestReport report = outcome.report();
        out.print((dryRun ? "Would be ingested: " : "Ingested: ") + report.listed() + " invoices were named"
                + (report.known() == 0 ? "" : ", " + report.known() + " of them are settled and were not asked for again")
                + "\n");
        List<List<String>> rows = new ArrayList<>();
        report.outcomes().forEach((name, number) -> rows.add(List.of(name, number.toString())));
        row(rows, "not asked for, bears no id of a source", outcome.namelessAll());
        if (!rows.isEmpty()) {
            Table.print(out, List.of("Outcome", "Invoices"), rows, 1);
        }
        out.print(report.drafted() + " drafts are new or different, " + report.unchanged() + " are as they were; "
                + report.posted() + " entries are posted and say the same\n");
        if (report.changed() > 0) {
            out.print(report.changed() + (report.changed() == 1 ? " invoice differs" : " invoices differ")
                    + " at its source from what is posted; 'billing ledger review' tells how\n");
        }
    }

    private static void row(List<List<String>> rows, String name, long number) {
        if (number > 0) {
            rows.add(List.of(name, Long.toString(number)));
        }
    }

    static void printProblems(PrintStream out, LedgerIngestion.Outcome outcome) {
        outcome.problems().stream().limit(SHOWN)
                .forEach(problem -> out.println(ImportText.printable("problem: " + problem)));
        more(out, outcome.problemsAll());
        outcome.report().problems().stream().limit(SHOWN).forEach(problem -> out.println(ImportText.printable(
                problem.outcome().code() + ": " + problem.invoice() + ": " + problem.reason())));
        more(out, outcome.left());
        outcome.nameless().stream().limit(SHOWN).forEach(invoice -> out.println(ImportText.printable(
                "bears no id of a source: " + invoice)));
        more(out, outcome.namelessAll());
    }

    private static void more(PrintStream out, long all) {
        if (all > SHOWN) {
            out.println("… and " + (all - SHOWN) + " more");
        }
    }

    static Map<String, Object> json(LedgerIngestion.Outcome outcome, boolean dryRun) {
        IngestReport report = outcome.report();
        return Json.object("dry_run", dryRun, "listed", report.listed(), "known", report.known(),
                "outcomes", report.outcomes(), "drafted", report.drafted(), "unchanged", report.unchanged(),
                "posted", report.posted(), "changed", report.changed(),
                "without_source_id", Json.object("count", outcome.namelessAll(), "first", outcome.nameless()),
                "problems", Stream.concat(
                        outcome.problems().stream().map(text -> Json.object("reason", text)),
                        report.problems().stream().map(problem -> Json.object("invoice", problem.invoice(),
                                "outcome", problem.outcome().code(), "reason", problem.reason()))).toList());
    }
}
