package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.money.Money;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever changes what was posted is found out, and where. */
class VerifyJournalTest {

    private static final Money CENT = FactsSample.of("x").money("0.01");

    private final Desk desk = new Desk();
    private List<ChainRow> rows;
    private List<Seal> seals;
    private final Map<String, Optional<Evidence>> evidence = new HashMap<>();

    /** Three batches: two invoices with payments, a reversal, and what was booked instead. */
    @BeforeEach
    void threeBatches() {
        desk.put(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "113.00", "2026-03-05"),
                FactsSample.hosting("in_2").pays("py_2", "13.00", "2026-03-06"));
        desk.ingest("in_1", "in_2");
        desk.postAll();
        desk.clock.advance(Duration.ofHours(1));
        desk.reverse("in_2#invoice##1");
        desk.clock.advance(Duration.ofHours(1));
        desk.ingest("in_2");
        desk.postAll();
        rows = new ArrayList<>(desk.journal.chain(0, 100));
        seals = new ArrayList<>(desk.journal.seals(0, 100));
        assertThat(rows).hasSize(6);
        assertThat(seals).extracting(Seal::last).containsExactly(4L, 5L, 6L);
    }

    @Test
    void what_was_posted_is_good() {
        assertThat(verify()).isEqualTo(new Verification(6, entry(6).chain(), Optional.empty()));
        assertThat(desk.verify()).isEqualTo(verify());
    }

    @Test
    void an_empty_journal_is_good_and_its_link_is_an_anchor() {
        var empty = new Desk();
        Verification verification = empty.verify();
        assertThat(verification).isEqualTo(new Verification(0, EntryChain.START, Optional.empty()));
        assertThat(verify(desk.journal, Optional.of(verification.chain())).bad()).isEmpty();
        assertThat(verify(empty.journal, Optional.of(verification.chain())).bad()).isEmpty();
    }

    @Test
    void any_changed_field_of_any_entry_is_found_there() {
        int tried = 0;
        for (int sequence = 1; sequence <= 6; sequence++) {
            PostedEntry real = entry(sequence);
            for (Map.Entry<String, PostedEntry> forged : forgeries(real).entrySet()) {
                set(sequence, forged.getValue());
                assertBad(sequence, forged.getKey());
                tried++;
            }
            set(sequence, real);
        }
        assertThat(tried).isGreaterThan(90);
        assertThat(verify().bad()).isEmpty();
    }

    /** All but the sequence, which the row has. */
    private static Map<String, PostedEntry> forgeries(PostedEntry real) {
        JournalEntry entry = real.entry();
        EntryKey key = entry.key();
        var forged = new LinkedHashMap<String, PostedEntry>();
        forged.put("invoice", with(real, keyed(entry, new EntryKey("in_9", key.kind(), key.fact(), key.revision()))));
        forged.put("kind", with(real, keyed(entry, new EntryKey(key.invoice(),
                key.kind() == Kind.REVERSAL ? Kind.REVERSAL : Kind.BALANCE, key.fact() + "/x", key.revision()))));
        forged.put("fact", with(real, keyed(entry, new EntryKey(key.invoice(), key.kind(), "x", key.revision()))));
        forged.put("revision", with(real, entry.withRevision(9)));
        forged.put("date", with(real, new JournalEntry(key, entry.date().plusDays(1), entry.party(), entry.text(),
                entry.postings())));
        forged.put("party", with(real, new JournalEntry(key, entry.date(), "cus_9", entry.text(), entry.postings())));
        forged.put("text", with(real, new JournalEntry(key, entry.date(), entry.party(), entry.text() + " ",
                entry.postings())));
        for (int i = 0; i < entry.postings().size(); i++) {
            int leg = i;
            forged.put("account " + i, with(real, legs(entry, legs -> legs.set(leg,
                    new Posting(LedgerAccount.BAD_DEBT, legs.get(leg).amount())))));
            int other = (i + 1) % entry.postings().size();
            forged.put("amounts " + i, with(real, legs(entry, legs -> {
                legs.set(leg, new Posting(legs.get(leg).account(), legs.get(leg).amount().plus(CENT)));
                legs.set(other, new Posting(legs.get(other).account(), legs.get(other).amount().minus(CENT)));
            })));
        }
        forged.put("sides", with(real, legs(entry, legs -> legs.replaceAll(Posting::negated))));
        forged.put("currency", with(real, legs(entry, legs -> legs.replaceAll(leg -> new Posting(leg.account(),
                Money.of(Currency.getInstance("USD"), leg.amount().amount().toPlainString()))))));
        forged.put("another leg", with(real, legs(entry, legs -> legs.addAll(List.of(
                new Posting(LedgerAccount.BAD_DEBT, CENT), new Posting(LedgerAccount.PREPAID, CENT.negated()))))));
        forged.put("evidence", new PostedEntry(real.sequence(), entry, "0".repeat(64), real.reverses(), real.by(), real.at(),
                real.chain()));
        forged.put("hand", new PostedEntry(real.sequence(), entry, real.evidence(), real.reverses(), Desk.BOB, real.at(),
                real.chain()));
        forged.put("kind of hand", new PostedEntry(real.sequence(), entry, real.evidence(), real.reverses(),
                Actor.service(real.by().name()), real.at(), real.chain()));
        forged.put("time", new PostedEntry(real.sequence(), entry, real.evidence(), real.reverses(), real.by(),
                real.at().plusNanos(1000), real.chain()));
        forged.put("link", new PostedEntry(real.sequence(), entry, real.evidence(), real.reverses(), real.by(), real.at(),
                "f" + real.chain().substring(1).replace('0', '1')));
        real.reverses().ifPresent(reversed -> forged.put("reversed", new PostedEntry(real.sequence(), entry, real.evidence(),
                Optional.of(reversed + 1), real.by(), real.at(), real.chain())));
        return forged;
    }

    private static JournalEntry keyed(JournalEntry entry, EntryKey key) {
        return new JournalEntry(key, entry.date(), entry.party(), entry.text(), entry.postings());
    }

    private static JournalEntry legs(JournalEntry entry, Consumer<List<Posting>> change) {
        var legs = new ArrayList<>(entry.postings());
        change.accept(legs);
        return new JournalEntry(entry.key(), entry.date(), entry.party(), entry.text(), legs);
    }

    private static PostedEntry with(PostedEntry real, JournalEntry entry) {
        return new PostedEntry(real.sequence(), entry, real.evidence(), real.reverses(), real.by(), real.at(), real.chain());
    }

    // --- rows

    @Test
    void a_row_that_is_gone_is_missed_where_it_was() {
        for (int sequence = 1; sequence < 6; sequence++) {
            ChainRow row = rows.remove(sequence - 1);
            assertThat(verify().bad()).contains(new Verification.Bad(sequence, Optional.empty(),
                    "entry " + sequence + " is missing"));
            assertThat(verify().entries()).isEqualTo(sequence - 1);
            rows.add(sequence - 1, row);
        }
    }

    @Test
    void a_tail_that_is_gone_is_missed_by_its_seal() {
        rows.remove(5);
        assertCutOff(6);
        rows.subList(2, 5).clear();
        assertCutOff(3);
        rows.clear();
        assertCutOff(1);
    }

    private void assertCutOff(int sequence) {
        assertThat(verify().bad()).contains(new Verification.Bad(sequence, Optional.empty(),
                "entries are missing that were sealed"));
    }

    @Test
    void a_tail_that_is_gone_with_its_seal_is_missed_by_whoever_kept_its_link() {
        String link = entry(6).chain();
        rows.remove(5);
        seals.remove(2);
        assertThat(verify().bad()).isEmpty();
        assertThat(verify(lying(), Optional.of(link)).bad()).contains(
                new Verification.Bad(5, Optional.empty(), "no entry has the link " + link));
        assertThat(verify(lying(), Optional.of(entry(3).chain())).bad()).isEmpty();
    }

    @Test
    void rows_that_were_swapped_are_found_at_the_first() {
        Collections.swap(rows, 1, 2);
        assertBad(2, "swapped as they are");
        renumber();
        assertBad(2, "swapped, and numbered anew");
    }

    @Test
    void a_row_that_was_put_in_between_is_found() {
        rows.add(2, rows.get(1));
        assertThat(verify().bad()).contains(new Verification.Bad(2, Optional.of(entry(2).entry().key()),
                "it is there twice"));
        renumber();
        assertBad(3, "twice, and numbered anew");
    }

    @Test
    void a_row_that_was_put_before_the_first_is_found() {
        for (long sequence : List.of(0L, -5L)) {
            rows.add(0, new ChainRow(sequence, Optional.empty(), Optional.of("entries are counted from 1")));
            assertThat(verify().bad()).contains(new Verification.Bad(sequence, Optional.empty(),
                    "it is before the first entry"));
            rows.remove(0);
        }
    }

    @Test
    void a_row_that_was_appended_is_under_no_seal() {
        append();
        assertThat(verify().bad()).contains(new Verification.Bad(7, Optional.of(entry(7).entry().key()),
                "it is under no seal"));
    }

    @Test
    void a_tail_that_was_written_anew_is_found_by_whoever_kept_a_link_of_it() {
        String link = entry(6).chain();
        rows.remove(5);
        seals.remove(2);
        append();
        PostedEntry forged = entry(6);
        seals.add(new Seal(6, 6, forged.chain(), forged.by(), forged.at()));
        assertThat(verify().bad()).as("a whole chain is as good as another").isEmpty();
        assertThat(verify(lying(), Optional.of(link)).bad().orElseThrow().problem())
                .isEqualTo("no entry has the link " + link);
        assertThat(verify(lying(), Optional.of(entry(5).chain())).bad()).isEmpty();
    }

    @Test
    void a_row_that_cannot_be_read_is_bad() {
        rows.set(2, new ChainRow(3, Optional.empty(), Optional.of("debits and credits differ by 0.01 CAD")));
        assertThat(verify().bad()).contains(new Verification.Bad(3, Optional.empty(),
                "debits and credits differ by 0.01 CAD"));
        rows.set(2, new ChainRow(3, Optional.empty(), Optional.empty()));
        assertThat(verify().bad().orElseThrow().problem()).isEqualTo("it cannot be read");
    }

    // --- evidence

    @Test
    void evidence_that_is_gone_or_another_is_found_at_the_first_entry_that_it_is_of() {
        for (int sequence : List.of(1, 2)) {
            String digest = entry(sequence).evidence();
            int first = 1 + IntStream.range(0, 6).filter(i -> entry(i + 1).evidence().equals(digest))
                    .findFirst().orElseThrow();
            Evidence real = desk.journal.evidence(digest).orElseThrow();
            evidence.put(digest, Optional.empty());
            assertBad(first, "gone");
            byte[] bytes = real.documents().get(0).bytes();
            for (int at : List.of(0, bytes.length / 2, bytes.length - 1)) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                evidence.put(digest, Optional.of(new Evidence(real.invoice(), real.fetchedAt(),
                        List.of(new Evidence.Document("facts", flipped)))));
                assertBad(first, "byte " + at);
            }
            evidence.put(digest, Optional.of(new Evidence("in_9", real.fetchedAt(), real.documents())));
            assertBad(first, "of another invoice");
            evidence.put(digest, Optional.of(new Evidence(real.invoice(), real.fetchedAt(),
                    List.of(new Evidence.Document("fact", bytes)))));
            assertBad(first, "of another name");
            evidence.clear();
        }
    }

    // --- seals

    @Test
    void a_seal_that_was_changed_is_found() {
        List<Seal> real = List.copyOf(seals);
        assertSeal(5, 1, seal -> new Seal(5, 5, "0".repeat(64), seal.by(), seal.at()));
        assertSeal(5, 1, seal -> new Seal(5, 5, seal.chain(), Desk.BOB, seal.at()));
        assertSeal(5, 1, seal -> new Seal(5, 5, seal.chain(), seal.by(), seal.at().plusSeconds(1)));
        assertSeal(5, 1, seal -> new Seal(4, 5, seal.chain(), seal.by(), seal.at()));
        assertSeal(6, 1, seal -> new Seal(5, 6, seal.chain(), seal.by(), seal.at()));
        assertSeal(1, 0, seal -> new Seal(2, 4, seal.chain(), seal.by(), seal.at()));
        assertSeal(3, 0, seal -> new Seal(1, 3, seal.chain(), seal.by(), seal.at()));
        assertSeal(7, 2, seal -> new Seal(6, 7, seal.chain(), seal.by(), seal.at()));
        assertThat(seals).isEqualTo(real);
    }

    private void assertSeal(int bad, int index, UnaryOperator<Seal> change) {
        Seal real = seals.get(index);
        seals.set(index, change.apply(real));
        assertBad(bad, "seal " + seals.get(index));
        seals.set(index, real);
    }

    @Test
    void a_seal_that_is_gone_or_too_many_is_found() {
        Seal second = seals.remove(1);
        assertBad(5, "the second is gone");
        seals.add(1, second);
        Seal last = seals.remove(2);
        assertBad(6, "the last is gone");
        seals.add(last);
        seals.add(last);
        assertThat(verify().bad()).as("told twice, it is the same").isEmpty();
        seals.set(3, new Seal(7, 9, last.chain(), last.by(), last.at()));
        assertBad(7, "one of nothing");
    }

    // --- many

    @Test
    void the_bad_row_is_found_on_any_page() {
        var many = new Desk();
        List<String> ids = IntStream.range(0, 1203).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> many.put(FactsSample.hosting(id)));
        many.ingest(IngestOptions.ALL, ids);
        many.postAll();
        rows = new ArrayList<>(many.journal.chain(0, 2000));
        seals = new ArrayList<>(many.journal.seals(0, 100));
        for (int sequence : List.of(1, 500, 501, 1000, 1203)) {
            ChainRow real = rows.get(sequence - 1);
            set(sequence, with(entry(sequence), entry(sequence).entry().withRevision(2)));
            var told = new ArrayList<Long>();
            Verification found = new VerifyJournal(lying(many.journal)).verify(Optional.empty(), told::add);
            assertThat(found.bad().orElseThrow().sequence()).isEqualTo(sequence);
            assertThat(found.entries()).isEqualTo(sequence - 1);
            assertThat(told).hasSize((sequence - 1) / 500);
            rows.set(sequence - 1, real);
        }
    }

    private PostedEntry entry(int sequence) {
        return rows.get(sequence - 1).entry().orElseThrow();
    }

    private void set(int sequence, PostedEntry entry) {
        rows.set(sequence - 1, new ChainRow(sequence, Optional.of(entry), Optional.empty()));
    }

    /** As one who knows how links are made would. */
    private void append() {
        PostedEntry last = entry(rows.size());
        var batch = new PostedBatch(new Journal.End(last.sequence(), last.chain()), Desk.BOB, desk.clock.instant());
        batch.add(entry(1).entry().withRevision(7), last.evidence(), Optional.empty());
        rows.add(new ChainRow(batch.last().sequence(), Optional.of(batch.last()), Optional.empty()));
    }

    private void renumber() {
        for (int i = 0; i < rows.size(); i++) {
            PostedEntry real = rows.get(i).entry().orElseThrow();
            set(i + 1, new PostedEntry(i + 1, real.entry(), real.evidence(), real.reverses(), real.by(), real.at(),
                    real.chain()));
        }
    }

    private void assertBad(int sequence, String what) {
        assertThat(verify().bad()).as(what + " at " + sequence)
                .hasValueSatisfying(bad -> assertThat(bad.sequence()).as(what + ": " + bad).isEqualTo(sequence));
    }

    private Verification verify() {
        return verify(lying(), Optional.empty());
    }

    private static Verification verify(Journal journal, Optional<String> anchor) {
        return new VerifyJournal(journal).verify(anchor, entries -> { });
    }

    private Journal lying() {
        return lying(desk.journal);
    }

    /** The journal, but with what this test says of rows, seals and evidence. */
    private Journal lying(Journal real) {
        Map<String, Function<Object[], Object>> lies = Map.of(
                "chain", asked -> rows.stream().filter(row -> row.sequence() > (long) asked[0]).limit((int) asked[1])
                        .toList(),
                "seals", asked -> seals.stream().filter(seal -> seal.last() > (long) asked[0]).limit((int) asked[1])
                        .toList(),
                "evidence", asked -> evidence.containsKey(asked[0]) ? evidence.get(asked[0])
                        : real.evidence((String) asked[0]));
        return (Journal) Proxy.newProxyInstance(Journal.class.getClassLoader(), new Class<?>[] {Journal.class},
                (proxy, method, asked) -> {
                    try {
                        return lies.containsKey(method.getName()) ? lies.get(method.getName()).apply(asked)
                                : method.invoke(real, asked);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
