package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.Inference;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Rules that were found, for people and for programs. */
final class InferenceText {

    private static final int SHOWN = 5;

    private InferenceText() {
    }

    static void print(PrintStream out, Inference found) {
        out.print((found.decided() ? "Found: " : "Not decided: ") + found + "\n");
        if (!found.candidates().isEmpty()) {
            out.print("\nThe best, and how many of a sample of " + found.sampled() + " rows they explain\n");
            found.candidates().stream().limit(SHOWN).forEach(candidate ->
                    out.print("  " + candidate.explained() + "  " + candidate.rules() + "\n"));
        }
        if (!found.undecided().isEmpty()) {
            out.print("\nThe charges do not tell these apart from the best\n");
            found.undecided().forEach(rules -> out.print("  " + rules + "\n"));
        }
        if (!found.exceptions().isEmpty()) {
            long all = found.rows() - found.explained();
            out.print(all > SHOWN ? "\nThe first of " + all + " rows that do not fit\n" : "\nThe rows that do not fit\n");
            Table.print(out, List.of("Subscription", "From", "Expected", "Charged"), found.exceptions().stream().limit(SHOWN)
                    .map(row -> List.of(row.subscription(), row.start().toString(), Amounts.plain(row.expected()),
                            Amounts.plain(row.actual()))).toList(), 2, 3);
        }
    }

    static void suggest(PrintStream out, Service service, Inference found) {
        if (found.decided()) {
            out.print("\nCompare by these rules from now on with\n  ./billing shadow adopt --service " + service.code()
                    + " --inferred --by NAME\n");
        } else {
            out.print("\nNothing to adopt. If the rules are known, say them: ./billing shadow adopt --help\n");
        }
    }

    static Map<String, Object> json(Service service, Inference found) {
        return Json.object("service", service.code(), "finding", found.toString(), "decided", found.decided(),
                "rows", found.rows(), "explained", found.explained(), "share", found.share().toPlainString(),
                "anchor", Words.of(found.anchor()), "best", RulesText.json(found.best()), "sampled", found.sampled(),
                "candidates", found.candidates().stream().map(candidate -> Json.object("explained", candidate.explained(),
                        "rules", RulesText.json(candidate.rules()))).toList(),
                "undecided", found.undecided().stream().map(RulesText::json).toList(),
                "exceptions", found.exceptions().stream().map(row -> Json.object("subscription", row.subscription(),
                        "from", row.start().toString(), "expected", InvoiceJson.plain(row.expected()),
                        "charged", InvoiceJson.plain(row.actual()))).toList());
    }
}
