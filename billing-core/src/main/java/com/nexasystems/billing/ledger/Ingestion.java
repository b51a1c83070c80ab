package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Booking.Held;
import com.nexasystems.billing.ledger.Booking.Skipped;
import com.nexasystems.billing.ledger.IngestedInvoice.Document;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Known;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What becomes of an invoice that is known, or not, when its source has answered.
 *
 * @param asked      when it was asked
 * @param derivedNow what the evidence of a posted entry comes to by the rules of now
 */
record Ingestion(Known known, Instant asked, Function<PostedEntry, List<JournalEntry>> derivedNow) {

    /** What is to be kept, and how its drafts compare with those that were there. */
    record Result(Keep keep, long drafted, long unchanged, long posted) { }

    /** Its source did not vouch for it: what was verified before stays as it was. */
    Result unverified(String invoice, Reason reason) {
        Optional<IngestedInvoice> before = known.record();
        if (isOutdated(asked)) {
            return asBefore();
        }
        var record = new IngestedInvoice(invoice, Outcome.UNVERIFIED, Optional.of(reason), false,
                before.flatMap(IngestedInvoice::document), before.flatMap(IngestedInvoice::evidence),
                before.map(IngestedInvoice::unmatched).orElse(List.of()),
                before.map(IngestedInvoice::changed).orElse(List.of()),
                before.flatMap(IngestedInvoice::verifiedAt), asked);
        return new Result(new Keep(record, known.drafts(), Optional.empty()), 0, known.drafts().size(), 0);
    }

    /** Its source answered something that cannot be read. */
    Result unreadable(Evidence evidence, Reason reason) {
        return of(evidence, known.record().flatMap(IngestedInvoice::document), new Held(reason));
    }

    Result verified(Evidence evidence, Document document, Booking booking) {
        return of(evidence, Optional.of(document), booking);
    }

    private Result of(Evidence evidence, Optional<Document> document, Booking booking) {
        return isOutdated(evidence.fetchedAt()) ? asBefore() : fresh(evidence, document, booking);
    }

    /** Another run has heard from the source since. */
    private boolean isOutdated(Instant at) {
        return known.record().flatMap(IngestedInvoice::verifiedAt).filter(at.truncatedTo(ChronoUnit.MICROS)::isBefore)
                .isPresent();
    }

    private Result asBefore() {
        return new Result(new Keep(known.record().orElseThrow(), known.drafts(), Optional.empty()), 0, known.drafts().size(),
                0);
    }

    private Result fresh(Evidence evidence, Optional<Document> document, Booking booking) {
        List<JournalEntry> derived = booking instanceof Booked booked ? booked.entries() : List.of();
        List<JournalEntry> open = derived.stream().filter(entry -> standing(entry).isEmpty()).map(this::revised).toList();
        boolean same = open.equals(known.drafts().stream().map(Draft::entry).toList());
        List<Draft> drafts = same ? known.drafts()
                : open.stream().map(entry -> new Draft(entry, evidence.sha256())).toList();
        var record = new IngestedInvoice(evidence.invoice(), outcome(booking), reason(booking), isSettled(booking), document,
                Optional.of(evidence.sha256()), booking instanceof Booked booked ? booked.unmatched() : List.of(),
                changes(booking, derived), Optional.of(evidence.fetchedAt()), asked);
        long drafted = same ? 0 : drafts.size();
        return new Result(same ? withoutNews(record, drafts, evidence) : new Keep(record, drafts, Optional.of(evidence)),
                drafted, drafts.size() - drafted,
                known.standing().stream().filter(posted -> isSaid(posted, derived) || isOfOtherRules(posted, derived)).count());
    }

    /** What led to the same before stays its evidence: what is kept does not grow with how often one asks. */
    private Keep withoutNews(IngestedInvoice record, List<Draft> drafts, Evidence evidence) {
        return known.record().filter(before -> before.evidence().isPresent() && before.comesToTheSameAs(record))
                .map(before -> new Keep(record.withEvidenceOf(before), drafts, Optional.empty()))
                .orElseGet(() -> new Keep(record, drafts, Optional.of(evidence)));
    }

    /** How the source differs from what is posted. Of what is held, we do not know. */
    private List<String> changes(Booking booking, List<JournalEntry> derived) {
        if (booking instanceof Held) {
            return known.record().map(IngestedInvoice::changed).orElse(List.of());
        }
        Stream<String> differ = known.standing().stream().filter(posted -> !isSaid(posted, derived))
                .filter(posted -> !isOfOtherRules(posted, derived)).map(posted ->
                derived.stream().filter(entry -> entry.key().isOfSameFact(posted.entry().key())).findFirst()
                        .map(entry -> posted.entry().key() + ": posted is " + said(posted.entry()) + ", the source says "
                                + said(entry))
                        .orElse(posted.entry().key() + ": posted is " + said(posted.entry())
                                + ", the source says there is no such thing"));
        return differ.toList();
    }

    private static String said(JournalEntry entry) {
        var legs = new ArrayList<String>();
        entry.postings().forEach(posting -> legs.add(posting.account() + " " + posting.amount()));
        return entry.date() + " " + legs;
    }

    private static boolean isSaid(PostedEntry posted, List<JournalEntry> derived) {
        return derived.stream().anyMatch(entry -> entry.saysTheSameAs(posted.entry()));
    }

    /** Whether the source says what it said, and only our family rules have changed: what is posted stays as it is. */
    private boolean isOfOtherRules(PostedEntry posted, List<JournalEntry> derived) {
        return derived.stream().filter(entry -> entry.saysTheSameButForFamiliesAs(posted.entry()))
                .anyMatch(entry -> derivedNow.apply(posted).stream().anyMatch(entry::saysTheSameAs));
    }

    private Optional<PostedEntry> standing(JournalEntry entry) {
        return known.standing().stream().filter(posted -> posted.entry().key().isOfSameFact(entry.key())).findFirst();
    }

    /** After its entry was reversed, a fact is booked under the next revision. */
    private JournalEntry revised(JournalEntry entry) {
        int last = known.posted().stream().map(posted -> posted.entry().key()).filter(key -> key.isOfSameFact(entry.key()))
                .mapToInt(EntryKey::revision).max().orElse(0);
        return entry.withRevision(last + 1);
    }

    private static Outcome outcome(Booking booking) {
        if (booking instanceof Booked) {
            return Outcome.BOOKED;
        }
        return booking instanceof Skipped ? Outcome.SKIPPED : Outcome.HELD;
    }

    private static Optional<Reason> reason(Booking booking) {
        if (booking instanceof Skipped skipped) {
            return Optional.of(skipped.reason());
        }
        return booking instanceof Held held ? Optional.of(held.reason()) : Optional.empty();
    }

    private boolean isSettled(Booking booking) {
        return booking instanceof Booked booked && booked.settled() || booking instanceof Skipped skipped && skipped.settled();
    }
}
