package com.nexasystems.billing.app;

import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Review;
import com.nexasystems.billing.ledger.Review.Some;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is to be looked at before posting, for people and for programs. */
final class ReviewText {

    private ReviewText() {
    }

    static void print(PrintStream out, Review review, String seed) {
        if (!review.outcomes().isEmpty()) {
            Table.print(out, List.of("Outcome", "Reason", "Invoices"), review.outcomes().stream().map(count -> List.of(
                    count.outcome().code(), count.reason().orElse(""), Long.toString(count.invoices()))).toList(), 2);
        }
        printDrafts(out, review.drafts());
        some(out, "Lines of no family", "unmatched", review.unmatched(), ReviewText::unmatched);
        some(out, "Held, because they cannot be booked exactly", "held", review.held(), ReviewText::reason);
        some(out, "Not verified", "held", review.missing(), ReviewText::reason);
        some(out, "Not what is posted any more, at their source", "changed", review.changed(),
                invoice -> String.join("; ", invoice.changed()));
        if (!review.sample().isEmpty()) {
            out.print("\nDrafts at random, to be compared with the documents (seed " + seed + ")\n");
            review.sample().forEach(draft -> EntryText.print(out, draft.entry()));
        }
        out.print("\n");
        printGate(out, review.gate());
    }

    private static void printDrafts(PrintStream out, List<Balance> drafts) {
        if (drafts.isEmpty()) {
            out.print("There are no drafts\n");
            return;
        }
        out.print("The drafts would post\n");
        Table.print(out, List.of("Account", "Currency", "Debit", "Credit"), drafts.stream().map(balance -> List.of(
                balance.account().code(), balance.debit().currency().getCurrencyCode(),
                balance.debit().amount().toPlainString(), balance.credit().amount().toPlainString())).toList(), 2, 3);
    }

    /** @param report which one tells all of them */
    private static void some(PrintStream out, String what, String report, Some some,
                             Function<IngestedInvoice, String> text) {
        if (some.all() == 0) {
            return;
        }
        out.print("\n" + what + ": " + some.all() + (some.all() == 1 ? " invoice\n" : " invoices\n"));
        some.first().forEach(invoice -> out.print("  "
                + ImportText.printable(invoice.invoice() + ": " + text.apply(invoice)) + "\n"));
        if (some.all() > some.first().size()) {
            out.print("  … and " + (some.all() - some.first().size())
                    + " more; './billing ledger report " + report + "' has all of them\n");
        }
    }

    private static String unmatched(IngestedInvoice invoice) {
        return String.join("; ", invoice.unmatched().stream().map(line -> "'" + line.description() + "' " + line.net())
                .toList());
    }

    private static String reason(IngestedInvoice invoice) {
        return invoice.reason().map(Reason::text).orElse("");
    }

    static void printGate(PrintStream out, GateResult gate) {
        if (gate instanceof GateResult.Passed) {
            out.print("The gate is open: './billing ledger post --all --by NAME' posts all drafts\n");
            return;
        }
        out.print(gate.opens() ? "The gate was bypassed; it had refused\n" : "The gate is closed\n");
        GateText.refusals(gate).forEach(refusal -> out.print("  " + refusal.check() + "\n    missing: "
                + ImportText.printable(refusal.missing()) + "\n    way out: " + refusal.remedy() + "\n"));
    }

    static Map<String, Object> json(Review review, String seed) {
        return Json.object("outcomes", review.outcomes().stream().map(count -> Json.object(
                        "outcome", count.outcome().code(), "reason", count.reason().orElse(null),
                        "invoices", count.invoices())).toList(),
                "drafts", review.drafts().stream().map(ReviewText::json).toList(),
                "unmatched", json(review.unmatched(), invoice -> Optional.of(unmatched(invoice))),
                "held", json(review.held(), invoice -> invoice.reason().map(Reason::text)),
                "unverified", json(review.missing(), invoice -> invoice.reason().map(Reason::text)),
                "changed", json(review.changed(), invoice -> Optional.of(String.join("; ", invoice.changed()))),
                "seed", seed, "sample", review.sample().stream().map(Draft::entry).map(EntryText::json).toList(),
                "gate", json(review.gate()));
    }

    private static Map<String, Object> json(Balance balance) {
        return Json.object("account", balance.account().code(), "currency", balance.debit().currency().getCurrencyCode(),
                "debit", balance.debit().amount().toPlainString(), "credit", balance.credit().amount().toPlainString());
    }

    private static Map<String, Object> json(Some some, Function<IngestedInvoice, Optional<String>> text) {
        return Json.object("count", some.all(), "first", some.first().stream().map(invoice -> Json.object(
                "invoice", invoice.invoice(), "reason", text.apply(invoice).orElse(null))).toList());
    }

    static Map<String, Object> json(GateResult gate) {
        return Json.object("open", gate.opens(), "refusals", GateText.refusals(gate).stream().map(refusal -> Json.object(
                "condition", refusal.check(), "missing", refusal.missing(), "remedy", refusal.remedy())).toList());
    }
}
