package com.nexasystems.billing.ledger;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must be so before a draft is posted. */
public final class PostingGate {

    /** Of each entry. Nobody goes around it: what it refuses would make the books wrong. */
    public static final Gate<Postable> ENTRY = new Gate<>("ledger-entry", List.of(
            Check.of("verified", PostingGate::verified), Check.of("unchanged", PostingGate::unchanged),
            Check.of("period", PostingGate::period)));

    /** Of posting all drafts at once. A person can go around it, with a reason. */
    public static final Gate<BulkPosting> BULK = new Gate<>("ledger-bulk-posting", List.of(
            Check.of("drafts", PostingGate::drafts), Check.of("families", PostingGate::families)));

    private PostingGate() {
    }

    private static Optional<Problem> verified(Postable of) {
        return Problem.when(!of.record().isBooked(), of.record().invoice() + " is " + of.record().outcome().code()
                        + of.record().reason().map(reason -> ": " + reason.text()).orElse(""),
                "ingest it again when its source answers");
    }

    private static Optional<Problem> unchanged(Postable of) {
        return Problem.when(!of.record().changed().isEmpty(), "the source of " + of.record().invoice()
                        + " differs from what is posted: " + String.join("; ", of.record().changed()),
                "reverse the posted entry and ingest the invoice again");
    }

    private static Optional<Problem> period(Postable of) {
        return Problem.when(of.lock().locks(of.draft().entry().date()), of.draft().entry().key() + " is of "
                        + of.draft().entry().date() + ", and everything until " + of.lock().until().orElse(null) + " is locked",
                "ask for the period to be unlocked; somebody else has to agree");
    }

    private static Optional<Problem> drafts(BulkPosting of) {
        return Problem.when(of.isEmpty(), "there is no draft", "ingest invoices first");
    }

    private static Optional<Problem> families(BulkPosting of) {
        String sums = of.unmatched().stream().map(balance -> balance.net().negated().toString())
                .collect(Collectors.joining(", "));
        return Problem.when(!of.unmatched().isEmpty(), sums + " of revenue are of lines that no family rule matches; they would "
                        + "stand on " + LedgerAccount.revenue(FamilyRules.OTHER),
                "add rules for them and ingest again, or go on with a reason");
    }
}
