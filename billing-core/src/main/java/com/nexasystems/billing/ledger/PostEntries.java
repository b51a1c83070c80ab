package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.End;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.PostReport.RefusedEntry;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Posts drafts, for good. Each entry by itself: one that is refused takes no other with it. May be killed and run again; what
 * was posted then is posted.
 */
public final class PostEntries {

    private static final int PAGE = 500;

    private final Journal journal;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;
    private final Gate<BulkPosting> bulkGate;

    @Inject
    public PostEntries(Journal journal, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this(journal, trail, clock, unitOfWork, PostingGate.BULK);
    }

    /** @param bulkGate of posting all drafts at once: {@link PostingGate#BULK}, and what an installation asks for besides */
    public PostEntries(Journal journal, AuditTrail trail, Clock clock, UnitOfWork unitOfWork, Gate<BulkPosting> bulkGate) {
        this.journal = journal;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
        this.bulkGate = bulkGate;
    }

    /**
     * What came of posting all drafts.
     *
     * @param gate if it refuses, nothing was posted
     */
    public record BulkOutcome(GateResult gate, PostReport report) { }

    /**
     * All drafts, by date.
     *
     * @param by       a person
     * @param bypass   to go on although the gate of bulk posting refuses
     * @param progress told what was posted so far, page by page
     * @throws InvalidValue if it, or who goes around the gate, is not a person
     */
    public BulkOutcome all(Actor by, Optional<Bypass> bypass, Consumer<PostReport> progress) {
        checkPerson(by);
        bypass.map(Bypass::actor).ifPresent(PostEntries::checkPerson);
        GateResult gate = unitOfWork.call(() -> bulkGate(by, bypass));
        return new BulkOutcome(gate, gate.opens() ? postAll(by, progress) : PostReport.NOTHING);
    }

    /** Whether the gate of bulk posting would open; posts nothing. */
    public GateResult check(Actor by) {
        return bulkGate.checkAll(bulk(by));
    }

    private GateResult bulkGate(Actor by, Optional<Bypass> bypass) {
        BulkPosting bulk = bulk(by);
        return bypass.map(reason -> bulkGate.bypass(bulk, all -> "ledger", reason, trail, clock.instant()))
                .orElseGet(() -> bulkGate.checkAll(bulk));
    }

    private BulkPosting bulk(Actor by) {
        List<Balance> drafts = journal.balances(Optional.empty(), Scope.DRAFTS);
        return new BulkPosting(by, drafts.isEmpty(), drafts.stream()
                .filter(balance -> balance.account().equals(LedgerAccount.revenue(FamilyRules.OTHER))).toList());
    }

    private PostReport postAll(Actor by, Consumer<PostReport> progress) {
        PostReport report = PostReport.NOTHING;
        List<Draft> page = journal.drafts(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            report = report.plus(post(page, by));
            progress.accept(report);
            page = journal.drafts(Optional.of(page.get(page.size() - 1).entry()), PAGE);
        }
        return report;
    }

    /**
     * One draft.
     *
     * @throws InvalidValue if there is no draft of that key, or it is not a person
     */
    public PostReport one(EntryKey key, Actor by) {
        checkPerson(by);
        // Looked up outside of the unit of work, which decides again: what fails in it is told, and not thrown.
        return post(List.of(draft(journal.look(key.invoice()), key)), by);
    }

    /**
     * Some drafts, by date, in one unit of work: for whoever does something else in it.
     *
     * @param keys at most some hundreds: their invoices are claimed together
     * @throws InvalidValue if there is no draft of one of the keys, or it is not a person; nothing is posted then
     * @throws PortFailure  if the journal failed; nothing is posted then
     */
    public PostReport some(List<EntryKey> keys, Actor by) {
        checkPerson(by);
        return unitOfWork.call(() -> {
            Map<String, Known> known = journal.claim(keys.stream().map(EntryKey::invoice).distinct().toList());
            return postTogether(keys.stream().distinct().map(key -> draft(known.get(key.invoice()), key))
                    .sorted(Comparator.comparing(Draft::entry, JournalEntry.BY_DATE)).toList(), by);
        });
    }

    private static Draft draft(Known known, EntryKey key) {
        return known.drafts().stream().filter(each -> each.entry().key().equals(key)).findFirst()
                .orElseThrow(() -> new InvalidValue("entry", "there is no draft " + key));
    }

    static void checkPerson(Actor by) {
        if (!by.equals(Actor.person(by.name())) || by.name().isBlank()) {
            throw new InvalidValue("by", "a person does this, and not " + by);
        }
    }

    /** Together if all goes well; else each by itself, so that the others are posted. */
    private PostReport post(List<Draft> drafts, Actor by) {
        try {
            return unitOfWork.call(() -> postTogether(drafts, by));
        } catch (PortFailure e) {
            if (drafts.size() == 1) {
                return refused(List.of(new RefusedEntry(drafts.get(0).entry().key(),
                        new Refusal("journal", e.getMessage(), "post it again"))));
            }
            return drafts.stream().map(draft -> post(List.of(draft), by)).reduce(PostReport.NOTHING, PostReport::plus);
        }
    }

    private PostReport postTogether(List<Draft> drafts, Actor by) {
        Map<String, Known> known = journal.claim(drafts.stream().map(draft -> draft.entry().key().invoice()).distinct()
                .toList());
        End end = journal.claimEnd();
        PeriodLock lock = journal.lock();
        var refused = new ArrayList<RefusedEntry>();
        var open = new ArrayList<Draft>();
        for (Draft draft : drafts) {
            Known invoice = known.get(draft.entry().key().invoice());
            // Gone, or another one, since the page was read: whoever changed it decides.
            if (invoice.drafts().contains(draft)) {
                refusal(new Postable(draft, invoice.record().orElseThrow(), lock)).ifPresentOrElse(refused::add,
                        () -> open.add(draft));
            }
        }
        return refused(refused).plus(append(open, end, by));
    }

    private static Optional<RefusedEntry> refusal(Postable postable) {
        return PostingGate.ENTRY.check(postable) instanceof Refused refused
                ? Optional.of(new RefusedEntry(postable.draft().entry().key(), refused.refusals().get(0))) : Optional.empty();
    }

    private static PostReport refused(List<RefusedEntry> refused) {
        return new PostReport(0, refused, refused.size(), Optional.empty());
    }

    private PostReport append(List<Draft> drafts, End end, Actor by) {
        if (drafts.isEmpty()) {
            return PostReport.NOTHING;
        }
        var batch = new PostedBatch(end, by, clock.instant());
        drafts.forEach(draft -> batch.add(draft.entry(), draft.evidence(), Optional.empty()));
        batch.postTo(journal, trail, "ledger.posted", Map.of());
        return new PostReport(drafts.size(), List.of(), 0, Optional.of(batch.chain()));
    }
}
