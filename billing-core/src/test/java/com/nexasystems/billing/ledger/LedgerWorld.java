package com.nexasystems.billing.ledger;

import static com.nexasystems.billing.testing.Cases.chance;
import static com.nexasystems.billing.testing.Cases.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulation.CrashingPorts;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A company whose invoices live at their sources while somebody keeps the books: ingests, posts, reverses, locks and
 * unlocks, in any order, with sources that are down and processes that die. The books are held against {@link Story#books},
 * which knows no entries.
 */
final class LedgerWorld {

    private static final int STEPS = 24;
    private static final LocalDate FAR = LocalDate.of(2100, 1, 1);

    private final SplittableRandom random;
    private final Ports real = Ports.inMemory();
    private final CrashingPorts crashing = new CrashingPorts(real, () -> {
        throw new Killed();
    });
    private final Desk desk = new Desk(crashing.ports());
    private final List<Story> stories = new ArrayList<>();
    /** What the books have to say of invoices that were taken in. */
    private final Map<String, Map<String, BigDecimal>> taken = new HashMap<>();
    /** Those of which the books do not say it now: an entry was reversed since, or it is held after posting. */
    private final Set<String> waiting = new HashSet<>();
    private List<PostedEntry> posted = List.of();
    private LocalDate today = LocalDate.of(2026, 1, 1);

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    LedgerWorld(SplittableRandom random) {
        this.random = random;
    }

    Desk desk() {
        return desk;
    }

    /** To the end, when all is posted and put right. */
    void live() {
        for (int step = 0; step < STEPS; step++) {
            today = today.plusDays(random.nextInt(1, 4));
            happen();
            keepBooks();
            check();
        }
        finish();
        assertThat(sums(real.journal().balances(Optional.empty(), Scope.POSTED))).isEqualTo(model());
        assertThat(new VerifyJournal(real.journal()).verify(Optional.empty(), entries -> { }).bad()).isEmpty();
        derivedAgain();
    }

    // --- at the sources

    private void happen() {
        if (stories.size() < 6 || chance(random, 30)) {
            begin();
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            oneOf(random, stories).goOn(today);
        }
        if (chance(random, 5)) {
            Story old = oneOf(random, stories);
            if (old.withdraw("in_" + (stories.size() + 1))) {
                begin();
            }
        }
        stories.forEach(story -> desk.put(story.told()));
        desk.stripe.reachable(chance(random, 80));
        desk.lago.reachable(chance(random, 80));
    }

    private void begin() {
        stories.add(new Story(random, (chance(random, 75) ? "in_" : "lago:") + (stories.size() + 1), today));
    }

    // --- at the desk

    private void keepBooks() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> ingest(some());
            case 3, 4 -> surviving(this::postAll);
            case 5 -> surviving(this::postOne);
            case 6 -> surviving(this::reverse);
            default -> lockOrUnlock();
        }
    }

    private List<String> some() {
        List<String> ids = Cases.shuffled(random, stories.stream().map(story -> story.id).toList());
        return ids.subList(0, random.nextInt(1, ids.size() + 1));
    }

    private void ingest(List<String> ids) {
        surviving(() -> desk.ingest(IngestOptions.ALL, ids));
        stories.stream().filter(story -> ids.contains(story.id))
                .filter(story -> desk.record(story.id).outcome() != Outcome.UNVERIFIED).forEach(story -> {
                    taken.put(story.id, story.books());
                    Known known = real.journal().look(story.id);
                    if (known.record().orElseThrow().outcome() == Outcome.HELD && !known.posted().isEmpty()) {
                        waiting.add(story.id);
                    } else {
                        waiting.remove(story.id);
                    }
                });
    }

    /** The process may die, and is run again. */
    private void surviving(Runnable work) {
        if (chance(random, 30)) {
            crashing.crashAfter(random.nextInt(1, 25));
        }
        try {
            work.run();
        } catch (Killed e) {
            work.run();
        } finally {
            crashing.disarm();
        }
    }

    private void postAll() {
        desk.posting().all(Desk.ADA, Optional.of(new Bypass(Desk.ADA, "the families are known")), report -> { });
    }

    private void postOne() {
        List<Draft> drafts = real.journal().sample("a", 1);
        drafts.forEach(draft -> desk.posting().one(draft.entry().key(), Desk.ADA));
    }

    private void reverse() {
        List<PostedEntry> entries = desk.posted();
        if (!entries.isEmpty()) {
            reverse(oneOf(random, entries).entry());
        }
    }

    private void reverse(JournalEntry entry) {
        waiting.add(entry.key().invoice());
        LocalDate day = real.journal().lock().locks(entry.date()) ? today : entry.date();
        try {
            desk.reversing().reverse(entry.key(), Optional.of(day), "a mistake", Desk.ADA);
        } catch (InvalidValue e) {
            assertThat(e).hasMessageMatching(".*(reversed already|a reversal itself|is locked|is before that).*");
        }
    }

    private void lockOrUnlock() {
        try {
            if (real.journal().lock().until().isEmpty() || chance(random, 30)) {
                desk.locking().lock(today.minusDays(random.nextInt(10, 40)), Desk.ADA);
            } else {
                desk.locking().requestUnlock(Optional.empty(), "something is missing", Desk.ADA);
                desk.locking().approveUnlock(Desk.BOB);
            }
        } catch (InvalidValue e) {
            assertThat(e).hasMessageMatching("until: (there are drafts|everything until).*");
        }
    }

    // --- what always holds

    private void check() {
        for (Scope scope : Scope.values()) {
            Map<String, BigDecimal> currencies = new TreeMap<>();
            real.journal().balances(Optional.empty(), scope).forEach(balance -> currencies
                    .merge(balance.debit().currency().getCurrencyCode(), balance.net().amount(), BigDecimal::add));
            assertThat(currencies.values()).as("debits equal credits: " + scope).allMatch(sum -> sum.signum() == 0);
            assertThat(new LedgerReports(real.journal()).receivables(FAR, scope))
                    .allMatch(LedgerReports.Control::agrees);
        }
        var all = new TreeMap<String, BigDecimal>();
        stories.forEach(story -> add(all, checked(story)));
        assertThat(sums(real.journal().balances(Optional.empty(), Scope.BOTH))).isEqualTo(all);
        List<PostedEntry> now = desk.posted();
        assertThat(now.subList(0, Math.min(now.size(), posted.size()))).as("what is posted stays").isEqualTo(posted);
        posted = now;
    }

    /** What the books say of it, which is what its story says, unless it waits for somebody. */
    private Map<String, BigDecimal> checked(Story story) {
        Known known = real.journal().look(story.id);
        Map<String, BigDecimal> books = sums(known);
        boolean isChanged = known.record().filter(record -> !record.changed().isEmpty()).isPresent();
        if (!isChanged && !waiting.contains(story.id) && taken.containsKey(story.id)) {
            assertThat(books).as(story.id + " " + known.record()).isEqualTo(taken.get(story.id));
        }
        return books;
    }

    private static Map<String, BigDecimal> sums(Known known) {
        var sums = new TreeMap<String, BigDecimal>();
        Stream.concat(known.drafts().stream().map(Draft::entry), known.posted().stream().map(PostedEntry::entry))
                .flatMap(entry -> entry.postings().stream()).forEach(posting -> sums.merge(posting.account() + " "
                        + posting.amount().currency(), posting.amount().amount(), BigDecimal::add));
        return withoutNothing(sums);
    }

    static Map<String, BigDecimal> sums(List<Balance> balances) {
        var sums = new TreeMap<String, BigDecimal>();
        balances.forEach(balance -> sums.merge(balance.account() + " " + balance.debit().currency(), balance.net().amount(),
                BigDecimal::add));
        return withoutNothing(sums);
    }

    private static void add(Map<String, BigDecimal> sums, Map<String, BigDecimal> more) {
        more.forEach((account, amount) -> sums.merge(account, amount, BigDecimal::add));
        withoutNothing(sums);
    }

    private static Map<String, BigDecimal> withoutNothing(Map<String, BigDecimal> sums) {
        sums.values().removeIf(amount -> amount.signum() == 0);
        return sums;
    }

    // --- the end

    private void finish() {
        stories.forEach(Story::explain);
        stories.forEach(story -> desk.put(story.told()));
        desk.stripe.reachable(true);
        desk.lago.reachable(true);
        if (real.journal().lock().until().isPresent()) {
            desk.locking().requestUnlock(Optional.empty(), "the end", Desk.ADA);
            desk.locking().approveUnlock(Desk.BOB);
        }
        List<String> all = stories.stream().map(story -> story.id).toList();
        ingest(all);
        all.stream().flatMap(id -> desk.record(id).changed().stream())
                .forEach(change -> reverse(real.journal().posted(EntryKey.parse(change.substring(0, change.indexOf(": "))))
                        .orElseThrow().entry()));
        ingest(all);
        check();
        postAll();
        check();
        assertThat(desk.drafts()).isEmpty();
        assertThat(all).allMatch(id -> desk.record(id).changed().isEmpty());
    }

    Map<String, BigDecimal> model() {
        var sums = new TreeMap<String, BigDecimal>();
        stories.forEach(story -> add(sums, story.books()));
        return sums;
    }

    /** What an invoice comes to in the end. */
    List<JournalEntry> derived(String invoice) {
        Story told = stories.stream().filter(story -> story.id.equals(invoice)).findFirst().orElseThrow();
        return ((Booking.Booked) desk.book(told.told())).entries();
    }

    /** Each entry that stands is what its own evidence comes to. */
    private void derivedAgain() {
        stories.stream().flatMap(story -> real.journal().look(story.id).standing().stream()).forEach(entry -> {
            Evidence evidence = real.journal().evidence(entry.evidence()).orElseThrow();
            InvoiceSource source = desk.stripe.accepts(evidence.invoice()) ? desk.stripe : desk.lago;
            var booked = (Booking.Booked) desk.book(source.read(evidence), Desk.POLICY);
            assertThat(booked.entries()).anyMatch(derived -> derived.saysTheSameAs(entry.entry()));
        });
    }
}
