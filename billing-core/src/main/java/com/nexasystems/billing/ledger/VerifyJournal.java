package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Verification.Bad;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Walks the journal from its beginning: every entry has to follow the one before, to be linked to it by all that is known of
 * it, to have the evidence that it was derived from, byte by byte, and to be under a seal.
 */
public final class VerifyJournal {

    private static final int PAGE = 500;

    private final Journal journal;

    @Inject
    public VerifyJournal(Journal journal) {
        this.journal = journal;
    }

    /**
     * @param anchor   a link that was kept elsewhere: it has to be that of a posted entry; empty if there is none
     * @param progress told how many entries were looked at, page by page
     * @throws PortFailure if the journal cannot be read to its end
     */
    public Verification verify(Optional<String> anchor, LongConsumer progress) {
        var walk = new Walk(anchor);
        // Also what somebody may have put before the first entry: reports would count it.
        List<ChainRow> page = journal.chain(Long.MIN_VALUE, PAGE);
        while (!page.isEmpty() && page.stream().allMatch(walk::isGood)) {
            progress.accept(walk.sequence);
            page = journal.chain(page.get(page.size() - 1).sequence(), PAGE);
        }
        return walk.end();
    }

    private final class Walk {

        private final Optional<String> anchor;
        private final Deque<Seal> seals = new ArrayDeque<>();
        private long sequence;
        private long sealed;
        private String chain = EntryChain.START;
        private boolean anchored;
        private Optional<Bad> bad = Optional.empty();

        Walk(Optional<String> anchor) {
            this.anchor = anchor;
            this.anchored = anchor.filter(EntryChain.START::equals).isPresent();
        }

        boolean isGood(ChainRow row) {
            bad = row.sequence() > sequence + 1
                    ? Optional.of(new Bad(sequence + 1, Optional.empty(), "entry " + (sequence + 1) + " is missing"))
                    : problem(row).map(text -> new Bad(row.sequence(), row.entry().map(posted -> posted.entry().key()), text));
            if (bad.isEmpty()) {
                sequence = row.sequence();
                chain = row.entry().orElseThrow().chain();
                anchored |= anchor.filter(chain::equals).isPresent();
            }
            return bad.isEmpty();
        }

        private Optional<String> problem(ChainRow row) {
            if (row.sequence() <= sequence) {
                return Optional.of(row.sequence() < 1 ? "it is before the first entry" : "it is there twice");
            }
            if (row.entry().isEmpty()) {
                return row.problem().or(() -> Optional.of("it cannot be read"));
            }
            PostedEntry posted = row.entry().get();
            if (!EntryChain.next(chain, posted).equals(posted.chain())) {
                return Optional.of("it is not what was posted: its link is " + posted.chain() + ", and not that of what it says");
            }
            return evidence(posted).or(() -> seal(posted));
        }

        private Optional<String> evidence(PostedEntry posted) {
            Optional<Evidence> evidence = journal.evidence(posted.evidence());
            if (evidence.isEmpty()) {
                return Optional.of("its evidence " + posted.evidence() + " is gone");
            }
            return evidence.map(Evidence::sha256).filter(digest -> !digest.equals(posted.evidence()))
                    .map(digest -> "its evidence " + posted.evidence() + " is not what the source said");
        }

        /** A seal begins where the one before ended, and knows who posted its entries, when, and the link of the last. */
        private Optional<String> seal(PostedEntry posted) {
            if (seals.isEmpty()) {
                seals.addAll(journal.seals(sealed, PAGE));
            }
            Seal seal = seals.peek();
            if (seal == null || seal.first() > posted.sequence() || seal.first() != sealed + 1) {
                return Optional.of("it is under no seal");
            }
            if (!seal.by().equals(posted.by()) || !seal.at().equals(posted.at())) {
                return Optional.of("its seal is of another hand or time: " + seal.by() + " at " + seal.at());
            }
            if (seal.last() > posted.sequence()) {
                return Optional.empty();
            }
            sealed = seal.last();
            seals.remove();
            return seal.chain().equals(posted.chain()) ? Optional.empty() : Optional.of("its seal is of another entry");
        }

        Verification end() {
            return new Verification(sequence, chain, bad.or(this::cutOff).or(this::unanchored));
        }

        private Optional<Bad> cutOff() {
            return sequence == sealed && journal.seals(sealed, 1).isEmpty() ? Optional.empty()
                    : Optional.of(new Bad(sequence + 1, Optional.empty(), "entries are missing that were sealed"));
        }

        private Optional<Bad> unanchored() {
            return anchor.filter(link -> !anchored)
                    .map(link -> new Bad(sequence, Optional.empty(), "no entry has the link " + link));
        }
    }
}
