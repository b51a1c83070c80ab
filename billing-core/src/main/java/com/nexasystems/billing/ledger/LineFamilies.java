package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.IngestedInvoice.UnmatchedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** On which account each line of an invoice, and of its credit notes, is booked. */
final class LineFamilies {

    private final FamilyRules rules;
    private final InvoiceFacts facts;

    LineFamilies(FamilyRules rules, InvoiceFacts facts) {
        this.rules = rules;
        this.facts = facts;
    }

    LedgerAccount accountOf(Line line) {
        return line.sale() == Sale.PREPAID ? LedgerAccount.PREPAID : revenue(familyOf(line));
    }

    /** What is given back of a line is taken from where the line is booked. */
    LedgerAccount accountOf(CreditedLine credited) {
        return lineOf(credited).map(this::accountOf).orElseGet(() -> revenue(rules.familyOf(credited.description())));
    }

    /** Those that no rule matches, on the invoice and on its credit notes. */
    List<UnmatchedLine> unmatched() {
        Stream<UnmatchedLine> lines = facts.lines().stream()
                .filter(line -> line.sale() == Sale.SERVICE && familyOf(line).isEmpty())
                .map(line -> new UnmatchedLine(line.id(), line.description(), line.net()));
        return Stream.concat(lines, facts.creditNotes().stream().flatMap(this::unmatched)).toList();
    }

    private Stream<UnmatchedLine> unmatched(CreditNote note) {
        return note.lines().stream().filter(line -> lineOf(line).isEmpty() && rules.familyOf(line.description()).isEmpty())
                .map(line -> new UnmatchedLine(note.id(), line.description(), line.net().negated()));
    }

    private Optional<Line> lineOf(CreditedLine credited) {
        return facts.lines().stream().filter(line -> credited.line().filter(line.id()::equals).isPresent()).findFirst();
    }

    private Optional<String> familyOf(Line line) {
        return rules.familyOf(line, facts.lines());
    }

    private static LedgerAccount revenue(Optional<String> family) {
        return LedgerAccount.revenue(family.orElse(FamilyRules.OTHER));
    }
}
