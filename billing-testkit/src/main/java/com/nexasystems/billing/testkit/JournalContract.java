package com.nexasystems.billing.testkit;

import static com.nexasystems.billing.testkit.JournalSample.ADA;
import static com.nexasystems.billing.testkit.JournalSample.DAY;
import static com.nexasystems.billing.testkit.JournalSample.NOW;
import static com.nexasystems.billing.testkit.JournalSample.booked;
import static com.nexasystems.billing.testkit.JournalSample.document;
import static com.nexasystems.billing.testkit.JournalSample.draft;
import static com.nexasystems.billing.testkit.JournalSample.entries;
import static com.nexasystems.billing.testkit.JournalSample.evidence;
import static com.nexasystems.billing.testkit.JournalSample.ingested;
import static com.nexasystems.billing.testkit.JournalSample.payment;
import static com.nexasystems.billing.testkit.JournalSample.posting;
import static com.nexasystems.billing.testkit.JournalSample.seal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.IngestedInvoice.UnmatchedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.End;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.OpenItem;
import com.nexasystems.billing.ledger.Journal.OutcomeCount;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PeriodLock.UnlockRequest;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.ledger.Seal;
import com.nexasystems.billing.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link Journal}. */
public abstract class JournalContract extends PortContract {

    private static final IngestedInvoice RICH = new IngestedInvoice("in_\"rich\" 🚀", Outcome.BOOKED, Optional.empty(), true,
            Optional.of(new IngestedInvoice.Document(Optional.of("№ 1"), new Party("cus_ü", "\\Zoë, \"Ltd\" {1}"),
                    Optional.of(LocalDate.of(1999, 12, 31)), Optional.of(LocalDate.of(2100, 2, 28)),
                    money("KWD", "-1.234"))), Optional.of("a".repeat(64)),
            List.of(new UnmatchedLine("il_1", "Something \"odd\", {really}\\", money("CAD", "12.30")),
                    new UnmatchedLine("il_2", "", money("JPY", "-7"))),
            List.of("the total was 1.00 CAD and is 2.00 CAD", "NULL"), Optional.of(NOW), NOW.plusNanos(1000));
    private static final IngestedInvoice POOR = new IngestedInvoice("lago:poor", Outcome.UNVERIFIED,
            Optional.of(new Reason("unreachable", "Lago did not answer: \"503\"")), false, Optional.empty(),
            Optional.empty(),
            List.of(), List.of(), Optional.empty(), Instant.parse("1999-12-31T23:59:59.999999Z"));
    private static final IngestedInvoice UNDATED = new IngestedInvoice("own:draft", Outcome.SKIPPED,
            Optional.of(new Reason("draft", "")), false,
            Optional.of(new IngestedInvoice.Document(Optional.empty(), new Party("cus_1", ""), Optional.empty(),
                    Optional.empty(), money("CAD", "0.00"))), Optional.empty(), List.of(), List.of(), Optional.of(NOW), NOW);

    private static final List<IngestedInvoice> SOME = List.of(
            invoice("in_a", Optional.empty(), Outcome.BOOKED, false, false),
            invoice("in_b", Optional.of("void"), Outcome.SKIPPED, false, false),
            invoice("in_c", Optional.empty(), Outcome.BOOKED, true, false),
            invoice("in_d", Optional.of("tax"), Outcome.HELD, false, true),
            invoice("in_e", Optional.empty(), Outcome.BOOKED, true, true),
            invoice("in_f", Optional.of("zero"), Outcome.SKIPPED, false, false),
            invoice("in_g", Optional.of("void"), Outcome.SKIPPED, false, false));

    protected JournalContract() {
    }

    private static Money money(String currency, String amount) {
        return Money.of(Currency.getInstance(currency), amount);
    }

    private Journal journal() {
        return ports.journal();
    }

    private void keepInvoices(Keep... invoices) {
        keep(() -> JournalSample.keep(journal(), invoices));
    }

    private List<PostedEntry> post(String... invoices) {
        return kept(() -> JournalSample.post(journal(), invoices));
    }

    private PostedEntry reverse(PostedEntry entry, LocalDate day) {
        return kept(() -> JournalSample.reverse(journal(), entry, day));
    }

    private static Keep without(IngestedInvoice record) {
        return new Keep(record, List.of(), Optional.empty());
    }

    // --- JR-1

    @Test
    @DisplayName("JR-1 what was kept of an invoice is found exactly as it was")
    void what_was_kept_is_found_exactly_as_it_was() {
        keepInvoices(without(RICH), without(POOR), without(UNDATED));
        assertThat(journal().find(List.of(RICH.invoice(), "in_unknown", POOR.invoice(), UNDATED.invoice(), POOR.invoice())))
                .isEqualTo(Map.of(RICH.invoice(), RICH, POOR.invoice(), POOR, UNDATED.invoice(), UNDATED));
        assertThat(journal().look(RICH.invoice())).isEqualTo(new Known(Optional.of(RICH), List.of(), List.of()));
        assertThat(journal().look("in_unknown")).isEqualTo(Known.NOTHING);
        assertThat(journal().find(List.of())).isEmpty();
    }

    @Test
    @DisplayName("JR-1 keeping an invoice again replaces it and all of its drafts")
    void keeping_again_replaces() {
        Evidence before = evidence("in_1", "before");
        keepInvoices(ingested(before, draft(before, DAY, "cus_1", "10.00"), payment(before, DAY, "cus_1", "4.00")),
                ingested("in_2", "20.00"));
        Evidence after = evidence("in_1", "after");
        Draft booked = draft(after, DAY.plusDays(1), "cus_2", "11.00");
        keepInvoices(ingested(after, booked));
        assertThat(journal().look("in_1").drafts()).containsExactly(booked);
        assertThat(journal().look("in_2").drafts()).hasSize(1);
        var held = new IngestedInvoice("in_1", Outcome.HELD, Optional.of(new Reason("tax", "no rate")), false,
                Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty(), NOW.plusSeconds(1));
        keepInvoices(without(held));
        assertThat(journal().look("in_1")).isEqualTo(new Known(Optional.of(held), List.of(), List.of()));
        assertThat(journal().drafts(Optional.empty(), 10)).extracting(draft -> draft.entry().key().invoice())
                .containsExactly("in_2");
    }

    // --- JR-2

    @Test
    @DisplayName("JR-2 a claim of an invoice that is not known waits, and gives what is there then")
    void a_claim_of_the_unknown_waits() {
        Keep kept = ingested("in_1", "10.00");
        OtherThread<Map<String, Known>> other = kept(() -> {
            assertThat(journal().claim(List.of("in_1", "in_2"))).isEqualTo(
                    Map.of("in_1", Known.NOTHING, "in_2", Known.NOTHING));
            var waits = OtherThread.doing(() -> kept(() -> journal().claim(List.of("in_3", "in_1", "in_1"))));
            waits.answerMeanwhile();
            journal().keep(List.of(kept));
            return waits;
        });
        assertThat(other.answer()).isEqualTo(Map.of("in_1",
                new Known(Optional.of(kept.record()), kept.drafts(), List.of()), "in_3", Known.NOTHING));
    }

    @Test
    @DisplayName("JR-2 a claim of an invoice that is known waits, and gives its drafts and entries by key and sequence")
    void a_claim_of_the_known_waits() {
        Evidence evidence = evidence("in_1", "answer");
        Draft booked = draft(evidence, DAY, "cus_1", "10.00");
        Draft paid = payment(evidence, DAY.minusDays(9), "cus_1", "10.00");
        keepInvoices(ingested(evidence, booked));
        OtherThread<Known> other = kept(() -> {
            List<PostedEntry> posted = JournalSample.post(journal(), "in_1");
            var waits = OtherThread.doing(() -> kept(() -> journal().claim(List.of("in_1")).get("in_1")));
            waits.answerMeanwhile();
            JournalSample.reverse(journal(), posted.get(0), DAY);
            journal().keep(List.of(ingested(evidence, paid, again(booked))));
            return waits;
        });
        assertThat(other.answer().posted()).extracting(PostedEntry::sequence).containsExactly(1L, 2L);
        assertThat(other.answer().drafts()).containsExactly(again(booked), paid);
        assertThat(other.answer().standing()).isEmpty();
    }

    private static Draft again(Draft draft) {
        JournalEntry entry = draft.entry();
        EntryKey key = entry.key();
        return new Draft(new JournalEntry(new EntryKey(key.invoice(), key.kind(), key.fact(), key.revision() + 1),
                entry.date(), entry.party(), entry.text(), entry.postings()), draft.evidence());
    }

    @Test
    @DisplayName("JR-2 claims of the same invoices in whatever order do not stop each other for good")
    void claims_do_not_stop_each_other() {
        List<String> ids = IntStream.range(0, 40).mapToObj(i -> "in_" + i).toList();
        var reversed = new ArrayList<>(ids);
        Collections.reverse(reversed);
        OtherThread.together(4, i -> kept(() -> journal().claim(i % 2 == 0 ? ids : reversed).size()));
    }

    @Test
    @DisplayName("JR-2 a claim of the journal's end waits, so that of many who post all do, one after the other")
    void of_many_who_post_all_do() {
        IntStream.range(0, 4).forEach(i -> keepInvoices(ingested("in_" + i, "1.00")));
        assertThat(kept(() -> journal().claimEnd())).isEqualTo(new End(0, EntryChain.START));
        OtherThread.together(4, i -> post("in_" + i));
        List<ChainRow> chain = journal().chain(0, 10);
        assertThat(chain).extracting(ChainRow::sequence).containsExactly(1L, 2L, 3L, 4L);
        assertThat(kept(() -> journal().claimEnd()))
                .isEqualTo(new End(4, chain.get(3).entry().orElseThrow().chain()));
    }

    @Test
    @DisplayName("JR-2 whoever claims the end gives way to nobody until his work has ended")
    void whoever_claims_the_end_has_it() {
        keepInvoices(ingested("in_1", "1.00"));
        OtherThread<End> other = kept(() -> {
            journal().claim(List.of("in_1"));
            End end = journal().claimEnd();
            var waits = OtherThread.doing(() -> kept(() -> journal().claimEnd()));
            waits.answerMeanwhile();
            List<PostedEntry> batch = entries(end, journal().look("in_1").drafts());
            journal().post(batch, seal(batch));
            return waits;
        });
        assertThat(other.answer().sequence()).isEqualTo(1);
    }

    // --- JR-3

    @Test
    @DisplayName("JR-3 a draft is given exactly as it was, with all postings")
    void a_draft_is_given_exactly_as_it_was() {
        Evidence evidence = evidence("in_1", "{}");
        Draft rich = rich(evidence);
        keepInvoices(ingested(evidence, rich));
        assertThat(journal().drafts(Optional.empty(), 10)).containsExactly(rich);
        assertThat(journal().look("in_1").drafts()).containsExactly(rich);
    }

    private static Draft rich(Evidence evidence) {
        return new Draft(new JournalEntry(new EntryKey("in_1", Kind.CREDIT_NOTE, "cn_\"ü\", {🚀}", 7),
                LocalDate.of(2000, 2, 29), "cus \\1", "Gutschrift \"NULL\", ü",
                List.of(posting(LedgerAccount.RECEIVABLE, "-99999999999999999999.99"),
                        posting(LedgerAccount.revenue("hosting, \"managed\""), "99999999999999999999.98"),
                        posting(LedgerAccount.tax("HST-ON"), "0.01"),
                        new Posting(LedgerAccount.clearing("stripe"), money("JPY", "1000")),
                        new Posting(LedgerAccount.BAD_DEBT, money("JPY", "-500")),
                        new Posting(LedgerAccount.BAD_DEBT, money("JPY", "-500")),
                        new Posting(LedgerAccount.CUSTOMER_BALANCE, money("KWD", "0.001")),
                        new Posting(LedgerAccount.PREPAID, money("KWD", "-0.001")))), evidence.sha256());
    }

    @Test
    @DisplayName("JR-3 drafts come by date and key, page by page")
    void drafts_come_by_date_and_key() {
        var all = new ArrayList<Draft>();
        for (String invoice : List.of("in_b", "lago:a", "in_B", "in_ä")) {
            Evidence evidence = evidence(invoice, "answer");
            List<Draft> drafts = Stream.of(Kind.values()).filter(kind -> kind != Kind.REVERSAL)
                    .flatMap(kind -> Stream.of(1, 2).map(revision -> of(evidence, kind, revision))).toList();
            all.addAll(drafts);
            keepInvoices(new Keep(booked(invoice), drafts, Optional.of(evidence)));
        }
        List<Draft> expected = all.stream()
                .sorted((one, other) -> JournalEntry.BY_DATE.compare(one.entry(), other.entry())).toList();
        assertThat(pages(7, all.size(), (Optional<Draft> after) -> journal().drafts(after.map(Draft::entry), 7)))
                .containsExactlyElementsOf(expected);
        assertThat(journal().drafts(Optional.empty(), 1000)).containsExactlyElementsOf(expected);
    }

    private static Draft of(Evidence evidence, Kind kind, int revision) {
        Draft draft = draft(evidence, DAY.plusDays(kind.ordinal() % 3), "cus_1", "1.00");
        return new Draft(new JournalEntry(new EntryKey(evidence.invoice(), kind,
                 kind.ordinal() % 2 == 0 ? "" : "x", revision),
                draft.entry().date(), "cus_1", "text", draft.entry().postings()), draft.evidence());
    }

    // --- JR-4

    @Test
    @DisplayName("JR-4 posting appends entries exactly as they are, and takes their drafts away")
    void posting_appends_entries_exactly_as_they_are() {
        Evidence evidence = evidence("in_1", "answer");
        Draft booked = draft(evidence, DAY, "cus_1", "10.00");
        Draft paid = payment(evidence, DAY.plusDays(1), "cus_1", "10.00");
        keepInvoices(ingested(evidence, booked, paid), ingested("in_2", "3.00"));
        List<PostedEntry> batch = kept(() -> {
            journal().claim(List.of("in_1"));
            List<PostedEntry> entries = entries(journal().claimEnd(), List.of(booked));
            journal().post(entries, seal(entries));
            return entries;
        });
        assertThat(journal().look("in_1").posted()).isEqualTo(batch);
        assertThat(journal().look("in_1").drafts()).containsExactly(paid);
        assertThat(journal().look("in_2").drafts()).hasSize(1);
        assertThat(journal().posted(booked.entry().key())).contains(batch.get(0));
        assertThat(journal().posted(paid.entry().key())).isEmpty();
        PostedEntry reversal = reverse(batch.get(0), DAY.plusDays(2));
        assertThat(journal().posted(reversal.entry().key())).contains(reversal);
        assertThat(journal().look("in_1").posted()).containsExactly(batch.get(0), reversal);
        assertThat(journal().look("in_1").standing()).isEmpty();
    }

    @Test
    @DisplayName("JR-4 an entry of whatever signs, currencies and amounts is posted as it is")
    void an_entry_of_whatever_signs_is_posted_as_it_is() {
        Evidence evidence = evidence("in_1", "{}");
        keepInvoices(ingested(evidence, rich(evidence)));
        PostedEntry posted = post("in_1").get(0);
        assertThat(posted.entry()).isEqualTo(rich(evidence).entry());
        assertThat(journal().chain(0, 10)).containsExactly(new ChainRow(1, Optional.of(posted), Optional.empty()));
        assertThat(journal().posted(reverse(posted, DAY).entry().key())).isPresent();
    }

    @Test
    @DisplayName("JR-4 posting fails if the sequence or the chain does not continue the journal's, and nothing is kept")
    void posting_fails_if_it_does_not_continue() {
        keepInvoices(ingested("in_1", "10.00"), ingested("in_2", "20.00"));
        List<Draft> second = journal().look("in_2").drafts();
        List<PostedEntry> first = post("in_1");
        String chain = first.get(0).chain();
        refused(entries(new End(2, chain), second));
        refused(entries(new End(0, EntryChain.START), second));
        refused(entries(new End(1, EntryChain.START), second));
        List<PostedEntry> right = entries(new End(1, chain), second);
        refused(right, new Seal(1, 2, right.get(0).chain(), ADA, NOW));
        refused(right, new Seal(2, 2, chain, ADA, NOW));
        assertThat(journal().seals(0, 10)).containsExactly(seal(first));
        assertThat(post("in_2")).isEqualTo(right);
    }

    @Test
    @DisplayName("JR-4 a fact is not posted twice under one revision, but is under the next")
    void a_fact_is_not_posted_twice() {
        keepInvoices(ingested("in_1", "10.00"));
        Draft draft = journal().look("in_1").drafts().get(0);
        PostedEntry posted = post("in_1").get(0);
        refused(entries(new End(1, posted.chain()), List.of(draft)));
        PostedEntry reversal = reverse(posted, DAY);
        refused(entries(new End(2, reversal.chain()), List.of(draft)));
        keep(() -> {
            journal().claim(List.of("in_1"));
            List<PostedEntry> batch = entries(journal().claimEnd(), List.of(again(draft)));
            journal().post(batch, seal(batch));
        });
        assertThat(journal().look("in_1").standing()).extracting(PostedEntry::sequence).containsExactly(3L);
    }

    @Test
    @DisplayName("JR-4 an entry is not reversed twice")
    void an_entry_is_not_reversed_twice() {
        keepInvoices(ingested("in_1", "10.00"));
        PostedEntry posted = post("in_1").get(0);
        PostedEntry reversal = reverse(posted, DAY);
        refused(List.of(JournalSample.reversal(new End(2, reversal.chain()), posted, DAY.plusDays(1))));
        assertThat(journal().chain(0, 10)).hasSize(2);
    }

    @Test
    @DisplayName("JR-4 nothing is posted on a day that is locked")
    void nothing_is_posted_on_a_locked_day() {
        Evidence evidence = evidence("in_2", "answer");
        keepInvoices(ingested("in_1", "10.00"), ingested(evidence, draft(evidence, DAY.plusDays(1), "cus_1", "10.00")));
        keep(() -> {
            journal().claimEnd();
            journal().setLock(new PeriodLock(Optional.of(DAY), Optional.empty()));
        });
        refused(entries(new End(0, EntryChain.START), journal().look("in_1").drafts()));
        assertThat(post("in_2")).hasSize(1);
    }

    private void refused(List<PostedEntry> batch) {
        refused(batch, seal(batch));
    }

    private void refused(List<PostedEntry> batch, Seal seal) {
        List<ChainRow> before = journal().chain(0, 1000);
        Known other = journal().look("in_other");
        assertThatThrownBy(() -> keep(() -> {
            journal().claim(List.of(batch.get(0).entry().key().invoice(), "in_other"));
            journal().claimEnd();
            journal().keep(List.of(ingested("in_other", "7.00")));
            journal().post(batch, seal);
        })).isInstanceOf(RuntimeException.class);
        assertThat(journal().chain(0, 1000)).isEqualTo(before);
        assertThat(journal().look("in_other")).isEqualTo(other);
    }

    // --- JR-5 and JR-6

    @Test
    @DisplayName("JR-5 whatever is kept later, a posted entry stays, and the evidence it was derived from")
    void a_posted_entry_stays() {
        Evidence before = evidence("in_1", "before");
        keepInvoices(ingested(before, draft(before, DAY, "cus_1", "10.00"), payment(before, DAY, "cus_1", "10.00")));
        List<PostedEntry> posted = post("in_1");
        Evidence after = evidence("in_1", "after");
        keepInvoices(ingested(after, again(draft(after, DAY, "cus_2", "12.00"))));
        keepInvoices(without(booked("in_1")));
        assertThat(journal().look("in_1")).isEqualTo(new Known(Optional.of(booked("in_1")), List.of(), posted));
        assertThat(journal().chain(0, 10)).extracting(row -> row.entry().orElseThrow())
                .containsExactlyElementsOf(posted);
        assertThat(journal().evidence(before.sha256())).contains(before);
    }

    @Test
    @DisplayName("JR-6 evidence is found by its digest, byte by byte as it was")
    void evidence_is_found_as_it_was() {
        var bytes = new byte[1024];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = (byte) i);
        var rich = new Evidence("in_1", NOW, List.of(new Evidence.Document("invoice", bytes),
                new Evidence.Document("lines-2", new byte[0]),
                new Evidence.Document("ü \"quoted\"", "{\"a\": 1}".getBytes(StandardCharsets.UTF_8))));
        keepInvoices(ingested(rich, draft(rich, DAY, "cus_1", "1.00")));
        assertThat(journal().evidence(rich.sha256())).contains(rich);
        assertThat(journal().evidence("0".repeat(64))).isEmpty();
    }

    @Test
    @DisplayName("JR-6 evidence stays while a draft was derived from it")
    void evidence_stays_while_a_draft_was_derived_from_it() {
        Evidence first = evidence("in_1", "first");
        Evidence other = evidence("in_2", "other");
        Draft booked = draft(first, DAY, "cus_1", "10.00");
        keepInvoices(ingested(first, booked), ingested(other, draft(other, DAY, "cus_1", "1.00")));
        keepInvoices(new Keep(booked("in_1"), List.of(booked), Optional.of(first)));
        keepInvoices(new Keep(booked("in_2"), List.of(), Optional.empty()));
        assertThat(journal().evidence(first.sha256())).contains(first);
        keepInvoices(new Keep(booked("in_1"), List.of(booked), Optional.empty()));
        assertThat(journal().evidence(first.sha256())).contains(first);
    }

    // --- JR-7

    /** Posted: 10.00 on the day, 20.00 thirty days later, and the first taken back after sixty. Drafts: two more. */
    private void keepBooks() {
        Evidence later = evidence("in_2", "later");
        Evidence yen = evidence("in_3", "yen");
        LocalDate march = DAY.plusDays(30);
        keepInvoices(ingested("in_1", "10.00"), ingested(later, draft(later, march, "cus_2", "20.00")));
        reverse(post("in_1", "in_2").get(0), DAY.plusDays(60));
        var sale = new Draft(new JournalEntry(new EntryKey("in_3", Kind.INVOICE, "", 1), march, "cus_1", "Invoice",
                List.of(new Posting(LedgerAccount.RECEIVABLE, money("JPY", "300")),
                        new Posting(LedgerAccount.revenue("hosting"), money("JPY", "-200")),
                        new Posting(LedgerAccount.revenue("Maps"), money("JPY", "-100")))), yen.sha256());
        keepInvoices(new Keep(booked("in_3"), List.of(sale), Optional.of(yen)),
                ingested(later, payment(later, march.plusDays(1), "cus_2", "20.00")));
    }

    @Test
    @DisplayName("JR-7 balances add up debits and credits of each account and currency until a day")
    void balances_add_up() {
        keepBooks();
        assertThat(journal().balances(Optional.empty(), Scope.POSTED)).containsExactly(
                balance(LedgerAccount.RECEIVABLE, "CAD", "30.00", "10.00"),
                balance(LedgerAccount.revenue("hosting"), "CAD", "10.00", "30.00"));
        assertThat(journal().balances(Optional.of(DAY.plusDays(29)), Scope.POSTED)).containsExactly(
                balance(LedgerAccount.RECEIVABLE, "CAD", "10.00", "0.00"),
                balance(LedgerAccount.revenue("hosting"), "CAD", "0.00", "10.00"));
        assertThat(journal().balances(Optional.of(DAY.plusDays(30)), Scope.POSTED)).containsExactly(
                balance(LedgerAccount.RECEIVABLE, "CAD", "30.00", "0.00"),
                balance(LedgerAccount.revenue("hosting"), "CAD", "0.00", "30.00"));
        assertThat(journal().balances(Optional.of(DAY.minusDays(1)), Scope.BOTH)).isEmpty();
    }

    @Test
    @DisplayName("JR-7 balances are of what is posted, of drafts, or of both, by account and currency")
    void balances_are_of_what_is_asked_for() {
        keepBooks();
        assertThat(journal().balances(Optional.empty(), Scope.DRAFTS)).containsExactly(
                balance(LedgerAccount.clearing("stripe"), "CAD", "20.00", "0.00"),
                balance(LedgerAccount.RECEIVABLE, "CAD", "0.00", "20.00"),
                balance(LedgerAccount.RECEIVABLE, "JPY", "300", "0"),
                balance(LedgerAccount.revenue("Maps"), "JPY", "0", "100"),
                balance(LedgerAccount.revenue("hosting"), "JPY", "0", "200"));
        assertThat(journal().balances(Optional.empty(), Scope.BOTH)).containsExactly(
                balance(LedgerAccount.clearing("stripe"), "CAD", "20.00", "0.00"),
                balance(LedgerAccount.RECEIVABLE, "CAD", "30.00", "30.00"),
                balance(LedgerAccount.RECEIVABLE, "JPY", "300", "0"),
                balance(LedgerAccount.revenue("Maps"), "JPY", "0", "100"),
                balance(LedgerAccount.revenue("hosting"), "CAD", "10.00", "30.00"),
                balance(LedgerAccount.revenue("hosting"), "JPY", "0", "200"));
    }

    @Test
    @DisplayName("JR-7 monthly balances do so for each month, of the accounts of a type, both days included")
    void monthly_balances_add_up() {
        keepBooks();
        MonthlyBalance january = monthly(1, balance(LedgerAccount.revenue("hosting"), "CAD", "0.00", "10.00"));
        MonthlyBalance march = monthly(3, balance(LedgerAccount.revenue("hosting"), "CAD", "0.00", "20.00"));
        MonthlyBalance april = monthly(4, balance(LedgerAccount.revenue("hosting"), "CAD", "10.00", "0.00"));
        LocalDate last = DAY.plusDays(60);
        assertThat(revenue(DAY, last, Scope.POSTED)).containsExactly(january, march, april);
        assertThat(revenue(DAY.plusDays(1), last.minusDays(1), Scope.POSTED)).containsExactly(march);
        assertThat(revenue(DAY, last, Scope.DRAFTS)).containsExactly(
                monthly(3, balance(LedgerAccount.revenue("Maps"), "JPY", "0", "100")),
                monthly(3, balance(LedgerAccount.revenue("hosting"), "JPY", "0", "200")));
        assertThat(revenue(DAY, last, Scope.BOTH)).containsExactly(january,
                monthly(3, balance(LedgerAccount.revenue("Maps"), "JPY", "0", "100")), march,
                monthly(3, balance(LedgerAccount.revenue("hosting"), "JPY", "0", "200")), april);
    }

    private List<MonthlyBalance> revenue(LocalDate from, LocalDate until, Scope scope) {
        return journal().monthly(LedgerAccount.Type.REVENUE, from, until, scope);
    }

    private static MonthlyBalance monthly(int month, Balance balance) {
        return new MonthlyBalance(YearMonth.of(2026, month), balance);
    }

    private static Balance balance(LedgerAccount account, String currency, String debit, String credit) {
        return new Balance(account, money(currency, debit), money(currency, credit));
    }

    // --- JR-8

    @Test
    @DisplayName("JR-8 open items are the invoices whose receivable is not zero, by party and invoice")
    void open_items_are_those_that_are_not_zero() {
        Evidence documented = evidence("in_b", "b");
        IngestedInvoice known = new IngestedInvoice("in_b", Outcome.BOOKED, Optional.empty(), false,
                Optional.of(document("2026-1", "cus_B", "9.00")), Optional.of(documented.sha256()), List.of(), List.of(),
                Optional.of(NOW), NOW);
        Evidence settled = evidence("in_c", "c");
        Evidence overpaid = evidence("in_d", "d");
        keepInvoices(new Keep(known, List.of(draft(documented, DAY, "cus_B", "9.00")), Optional.of(documented)),
                ingested(settled, draft(settled, DAY, "cus_B", "5.00"), payment(settled, DAY.plusDays(1), "cus_B", "5.00")),
                ingested(overpaid, draft(overpaid, DAY, "cus_ä", "5.00"),
                        payment(overpaid, DAY.plusDays(1), "cus_ä", "6.00")),
                ingested("in_z", "3.00"));
        post("in_b", "in_c", "in_d");
        OpenItem b = open("in_b", known.document(), "cus_B", "9.00");
        OpenItem d = open("in_d", Optional.empty(), "cus_ä", "-1.00");
        OpenItem z = open("in_z", Optional.empty(), "cus_1", "3.00");
        assertThat(open(DAY.plusDays(1), Scope.POSTED)).containsExactly(b, d);
        assertThat(open(DAY.plusDays(1), Scope.BOTH)).containsExactly(z, b, d);
        assertThat(open(DAY.plusDays(1), Scope.DRAFTS)).containsExactly(z);
        assertThat(open(DAY, Scope.POSTED)).containsExactly(b, open("in_c", Optional.empty(), "cus_B", "5.00"),
                open("in_d", Optional.empty(), "cus_ä", "5.00"));
        assertThat(open(DAY.minusDays(1), Scope.BOTH)).isEmpty();
    }

    @Test
    @DisplayName("JR-8 open items come once each, however many pages there are")
    void open_items_come_once() {
        List<String> invoices = IntStream.range(0, 1100).mapToObj(i -> "in_" + (10_000 + i)).toList();
        keepInvoices(invoices.stream().map(invoice -> ingested(invoice, "1.00")).toArray(Keep[]::new));
        assertThat(open(DAY, Scope.DRAFTS)).extracting(OpenItem::invoice).containsExactlyElementsOf(invoices);
    }

    private List<OpenItem> open(LocalDate until, Scope scope) {
        var items = new ArrayList<OpenItem>();
        journal().openItems(until, scope, items::addAll);
        return items;
    }

    private static OpenItem open(String invoice, Optional<IngestedInvoice.Document> document, String party, String amount) {
        return new OpenItem(invoice, document, party, money("CAD", amount));
    }

    // --- JR-9

    private static IngestedInvoice invoice(String id, Optional<String> reason, Outcome outcome, boolean changed,
                                           boolean unmatched) {
        return new IngestedInvoice(id, outcome, reason.map(code -> new Reason(code, id)), false, Optional.empty(),
                Optional.empty(), unmatched ? List.of(new UnmatchedLine("il", "?", money("CAD", "1.00"))) : List.of(),
                changed ? List.of("the total") : List.of(), Optional.of(NOW), NOW);
    }

    @Test
    @DisplayName("JR-9 invoices are those that the filter says, by id")
    void invoices_are_those_that_the_filter_says() {
        keepInvoices(SOME.stream().map(JournalContract::without).toArray(Keep[]::new));
        assertThat(ids(InvoiceFilter.ALL)).isEqualTo("abcdefg");
        assertThat(ids(new InvoiceFilter(Optional.of(Outcome.SKIPPED), Optional.empty(), Optional.empty())))
                .isEqualTo("bfg");
        assertThat(ids(new InvoiceFilter(Optional.empty(), Optional.of(true), Optional.empty()))).isEqualTo("ce");
        assertThat(ids(new InvoiceFilter(Optional.empty(), Optional.of(false), Optional.empty()))).isEqualTo("abdfg");
        assertThat(ids(new InvoiceFilter(Optional.empty(), Optional.empty(), Optional.of(true)))).isEqualTo("de");
        assertThat(ids(new InvoiceFilter(Optional.of(Outcome.BOOKED), Optional.of(true), Optional.of(false))))
                .isEqualTo("c");
        assertThat(ids(new InvoiceFilter(Optional.of(Outcome.UNVERIFIED), Optional.empty(), Optional.of(false)))).isEmpty();
    }

    private String ids(InvoiceFilter filter) {
        return String.join("", journal().invoices(filter, PageRequest.first(100)).items().stream()
                .map(record -> record.invoice().substring(3)).toList());
    }

    @Test
    @DisplayName("JR-9 invoices come page by page, with the number of all")
    void invoices_come_page_by_page() {
        keepInvoices(SOME.stream().map(JournalContract::without).toArray(Keep[]::new));
        Page<IngestedInvoice> second = journal().invoices(InvoiceFilter.ALL, new PageRequest(2, 3));
        assertThat(second).isEqualTo(new Page<>(SOME.subList(3, 6), 7));
        var skipped = new InvoiceFilter(Optional.of(Outcome.SKIPPED), Optional.empty(), Optional.empty());
        assertThat(journal().invoices(skipped, new PageRequest(2, 2))).isEqualTo(new Page<>(List.of(SOME.get(6)), 3));
        assertThat(journal().invoices(skipped, new PageRequest(3, 2))).isEqualTo(new Page<>(List.of(), 3));
    }

    @Test
    @DisplayName("JR-9 counts count all, by outcome and reason")
    void counts_count_all() {
        keepInvoices(SOME.stream().map(JournalContract::without).toArray(Keep[]::new));
        assertThat(journal().counts()).containsExactly(new OutcomeCount(Outcome.BOOKED, Optional.empty(), 3),
                new OutcomeCount(Outcome.SKIPPED, Optional.of("void"), 2),
                new OutcomeCount(Outcome.SKIPPED, Optional.of("zero"), 1),
                new OutcomeCount(Outcome.HELD, Optional.of("tax"), 1));
    }

    // --- JR-10

    @Test
    @DisplayName("JR-10 the same seed gives the same drafts, each once")
    void the_same_seed_gives_the_same_drafts() {
        IntStream.range(0, 20).forEach(i -> keepInvoices(ingested("in_" + i, "1.00")));
        List<Draft> sample = journal().sample("seed", 7);
        assertThat(sample).hasSize(7).doesNotHaveDuplicates();
        keepInvoices(without(booked("in_without_draft")));
        assertThat(journal().sample("seed", 7)).isEqualTo(sample);
        assertThat(journal().sample("seed", 100)).containsExactlyInAnyOrderElementsOf(
                journal().drafts(Optional.empty(), 100));
    }

    @Test
    @DisplayName("JR-10 each draft is as likely to be given as another")
    void each_draft_is_as_likely() {
        keepInvoices(IntStream.range(0, 10).mapToObj(i -> ingested("in_" + i, "1.00")).toArray(Keep[]::new));
        var given = new int[10];
        IntStream.range(0, 200).forEach(seed -> journal().sample("seed " + seed, 3)
                .forEach(draft -> given[Integer.parseInt(draft.entry().key().invoice().substring(3))]++));
        // 60 of 600 are expected of each; 30 would be off by nearly five standard deviations.
        assertThat(IntStream.of(given).boxed()).allSatisfy(times -> assertThat(times).isBetween(30, 90));
    }

    // --- JR-11 and JR-12

    @Test
    @DisplayName("JR-11 the chain gives posted entries by sequence, page by page, and what each batch was sealed with")
    void the_chain_gives_posted_entries() {
        var posted = new ArrayList<PostedEntry>();
        var seals = new ArrayList<Seal>();
        for (int i = 0; i < 5; i++) {
            Evidence evidence = evidence("in_" + (9 - i), "answer");
            keepInvoices(ingested(evidence, draft(evidence, DAY.minusDays(i), "cus_1", "10.00"),
                    payment(evidence, DAY, "cus_1", "10.00")));
            List<PostedEntry> batch = post(evidence.invoice());
            posted.addAll(batch);
            seals.add(seal(batch));
        }
        List<ChainRow> rows = pages(3, 10, (Optional<ChainRow> after) ->
                journal().chain(after.map(ChainRow::sequence).orElse(0L), 3));
        assertThat(rows).containsExactlyElementsOf(posted.stream()
                .map(entry -> new ChainRow(entry.sequence(), Optional.of(entry), Optional.empty())).toList());
        assertThat(pages(2, 5, (Optional<Seal> after) -> journal().seals(after.map(Seal::last).orElse(0L), 2)))
                .containsExactlyElementsOf(seals);
        assertThat(posted.get(9).chain()).isEqualTo(EntryChain.next(posted.get(8).chain(), posted.get(9)));
        Set<String> links = new HashSet<>();
        assertThat(posted).allMatch(entry -> links.add(entry.chain()));
    }

    @Test
    @DisplayName("JR-12 the lock is as it was set last")
    void the_lock_is_as_it_was_set_last() {
        assertThat(journal().lock()).isEqualTo(PeriodLock.NONE);
        var asked = new UnlockRequest(Optional.of(DAY.minusDays(31)), Actor.service("hosting"), "Wrong \"family\", ü",
                NOW.plusNanos(2000));
        Stream.of(new PeriodLock(Optional.of(DAY), Optional.empty()), new PeriodLock(Optional.of(DAY), Optional.of(asked)),
                new PeriodLock(asked.until(), Optional.empty()),
                new PeriodLock(asked.until(), Optional.of(new UnlockRequest(Optional.empty(), ADA, "all", NOW))),
                PeriodLock.NONE).forEach(lock -> {
                    keep(() -> {
                        journal().claimEnd();
                        journal().setLock(lock);
                    });
                    assertThat(journal().lock()).isEqualTo(lock);
                });
    }
}
