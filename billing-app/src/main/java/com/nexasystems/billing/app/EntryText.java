package com.nexasystems.billing.app;

import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.Map;

/** An entry with its postings, for people and for programs. */
final class EntryText {

    private static final String POSTING = "    %-28s %16s %16s %s%n".replace("%n", "\n");

    private EntryText() {
    }

    static void print(PrintStream out, JournalEntry entry) {
        out.print("  " + entry.date() + "  " + ImportText.printable(entry.key() + "  " + entry.text()) + "\n");
        entry.postings().forEach(posting -> out.print(POSTING.formatted(ImportText.printable(posting.account().code()),
                debit(posting), credit(posting), posting.amount().currency().getCurrencyCode())));
    }

    private static String debit(Posting posting) {
        return posting.amount().isNegative() ? "" : posting.amount().amount().toPlainString();
    }

    private static String credit(Posting posting) {
        return posting.amount().isNegative() ? posting.amount().amount().negate().toPlainString() : "";
    }

    static Map<String, Object> json(JournalEntry entry) {
        return Json.object("id", entry.key().toString(), "date", entry.date().toString(), "party", entry.party(),
                "text", entry.text(), "postings", entry.postings().stream().map(EntryText::json).toList());
    }

    private static Map<String, Object> json(Posting posting) {
        BigDecimal amount = posting.amount().amount();
        return Json.object("account", posting.account().code(), "currency",
                posting.amount().currency().getCurrencyCode(), "side", amount.signum() < 0 ? "credit" : "debit",
                "amount", amount.abs().toPlainString());
    }

    /** @param option that names the entry */
    static EntryKey key(String option, String text) {
        try {
            return EntryKey.parse(text);
        } catch (InvalidValue e) {
            throw new InvalidValue(option, e.reason());
        }
    }
}
