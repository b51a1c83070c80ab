package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.Fetched.Missing;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Extend, say how invoices come to be at your source, and JUnit runs the rules of {@link InvoiceSource}. */
@Timeout(60)
public abstract class InvoiceSourceContract {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Instant AT = Instant.parse("2026-03-01T23:30:00Z");
    private static final Instant LONG_BEFORE = Instant.parse("2025-03-01T00:00:00Z");

    private InvoiceSource source;

    /** For implementors in any package. */
    protected InvoiceSourceContract() {
    }

    /** Your adapter, over a source without invoices. Called once, at the beginning of each test. */
    protected abstract InvoiceSource source();

    /**
     * An invoice is made and issued there.
     *
     * @param at    a whole second
     * @param lines one amount for each line, without taxes and discounts; nothing is paid
     * @return its id
     */
    protected abstract String issue(Instant at, List<Money> lines);

    /** A draft is made there, of one line of 1.00 CAD. */
    protected abstract String draft(Instant at);

    /** An id as your source gives it, of no invoice. */
    protected abstract String unknown();

    /** From now on the source cannot be reached. */
    protected abstract void makeUnreachable();

    /** When the source says that what was issued at an instant was issued: that instant, unless it knows days only. */
    protected Instant stated(Instant issued) {
        return issued;
    }

    /** The lines of a large invoice: more than your source hands out at once. */
    protected int manyLines() {
        return 250;
    }

    @BeforeEach
    final void begin() {
        source = source();
    }

    @Test
    @DisplayName("IS-1 whose an id is says its prefix")
    void whose_an_id_is_says_its_prefix() {
        String id = issue(AT, amounts("20.00"));
        assertThat(source.name()).matches("[a-z][a-z0-9-]*");
        assertThat(source.accepts(id)).isTrue();
        assertThat(source.accepts(unknown())).isTrue();
        assertThat(source.accepts("nobody:1")).isFalse();
        assertThat(source.accepts("")).isFalse();
        assertThat(source.accepts("x" + id)).isFalse();
    }

    @Test
    @DisplayName("IS-1 whose an id is can be told without the source")
    void whose_an_id_is_can_be_told_without_the_source() {
        String id = issue(AT, amounts("20.00"));
        makeUnreachable();
        assertThat(source.accepts(id)).isTrue();
        assertThat(source.accepts("nobody:1")).isFalse();
    }

    @Test
    @DisplayName("IS-2 each id is answered once, in their order, whatever is missing")
    void each_id_is_answered_once_in_their_order() {
        String first = issue(AT, amounts("20.00"));
        String second = issue(AT.plusSeconds(1), amounts("30.00"));
        List<Fetched> answers = source.fetch(List.of(second, unknown(), first, second));
        assertThat(answers).extracting(Fetched::invoice).containsExactly(second, unknown(), first, second);
        assertThat(answers.get(1)).isInstanceOf(Missing.class);
        assertThat(List.of(answers.get(0), answers.get(2), answers.get(3))).hasOnlyElementsOfType(Found.class);
        assertThat(read(answers.get(0)).totals().total()).isEqualTo(money("30.00"));
        assertThat(read(answers.get(2)).totals().total()).isEqualTo(money("20.00"));
    }

    @Test
    @DisplayName("IS-2 a whole page is answered, and none for none")
    void a_whole_page_is_answered() {
        List<String> ids = IntStream.range(0, InvoiceSource.PAGE).mapToObj(i -> issue(AT.plusSeconds(i), amounts("1.00")))
                .toList();
        assertThat(source.fetch(ids)).hasOnlyElementsOfType(Found.class).extracting(Fetched::invoice)
                .containsExactlyElementsOf(ids);
        assertThat(source.fetch(List.of())).isEmpty();
    }

    @Test
    @DisplayName("IS-3 while the source is out of reach, all answers say so")
    void while_the_source_is_out_of_reach() {
        String first = issue(AT, amounts("20.00"));
        String second = issue(AT, amounts("30.00"));
        makeUnreachable();
        List<String> asked = List.of(first, unknown(), second);
        assertThat(source.fetch(asked)).hasOnlyElementsOfType(Unreachable.class).extracting(Fetched::invoice)
                .containsExactlyElementsOf(asked);
    }

    @Test
    @DisplayName("IS-4 the same evidence gives the same facts, without the source, wherever it is read")
    void the_same_evidence_gives_the_same_facts() {
        Evidence evidence = evidence(issue(AT, amounts("20.00", "0.05")));
        InvoiceFacts facts = source.read(evidence);
        makeUnreachable();
        var copy = new Evidence(evidence.invoice(), evidence.fetchedAt(), evidence.documents().stream()
                .map(document -> new Document(document.name(), document.bytes())).toList());
        assertThat(source.read(copy)).isEqualTo(facts);
        assertThat(elsewhere(copy)).isEqualTo(facts);
    }

    private InvoiceFacts elsewhere(Evidence evidence) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            return source.read(evidence);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    @DisplayName("IS-5 what is read is complete, to the cent")
    void what_is_read_is_complete() {
        List<Money> wanted = IntStream.range(0, manyLines()).mapToObj(i -> money((i % 7) + "." + (10 + i % 90))).toList();
        String id = issue(AT, wanted);
        InvoiceFacts facts = source.read(evidence(id));
        Money sum = wanted.stream().reduce(Money.zero(CAD), Money::plus);
        assertThat(facts.lines()).extracting(Line::net).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(facts.lines()).extracting(Line::id).doesNotHaveDuplicates();
        assertThat(facts.id()).isEqualTo(id);
        assertThat(facts.issuedAt()).contains(stated(AT));
        assertThat(facts.state()).isEqualTo(State.OPEN);
        assertThat(facts.unexplained()).isEmpty();
        assertThat(List.of(facts.totals().excludingTax(), facts.totals().total(), facts.totals().due(),
                facts.totals().remaining())).containsOnly(sum);
    }

    @Test
    @DisplayName("IS-5 what is cut off, or left out, is refused")
    void what_is_cut_off_is_refused() {
        String id = issue(AT, IntStream.range(0, manyLines()).mapToObj(i -> money("1.01")).toList());
        List<Document> whole = evidence(id).documents();
        for (int i = 0; i < whole.size(); i++) {
            var documents = new ArrayList<>(whole);
            byte[] bytes = whole.get(i).bytes();
            documents.set(i, new Document(whole.get(i).name(), Arrays.copyOf(bytes, bytes.length / 2)));
            assertRefused(id, documents);
            documents.set(i, new Document(whole.get(i).name(), new byte[0]));
            assertRefused(id, documents);
            documents.remove(i);
            assertRefused(id, documents);
        }
    }

    private void assertRefused(String id, List<Document> documents) {
        assertThatThrownBy(() -> source.read(new Evidence(id, AT, documents))).isInstanceOf(InvalidValue.class);
    }

    @Test
    @DisplayName("IS-6 every invoice but drafts is told, once, in pages")
    void every_invoice_but_drafts_is_told() {
        var wanted = new ArrayList<String>();
        for (int i = 0; i < InvoiceSource.PAGE + 5; i++) {
            wanted.add(issue(AT.plusSeconds(i), amounts("1.00")));
        }
        draft(AT);
        wanted.add(issue(LONG_BEFORE, amounts("1.00")));
        assertThat(ids(Optional.empty())).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    @DisplayName("IS-6 from an instant on is told what was made then, and not what is long before")
    void from_an_instant_on() {
        issue(LONG_BEFORE, amounts("1.00"));
        String then = issue(AT, amounts("1.00"));
        String later = issue(AT.plusSeconds(5), amounts("1.00"));
        assertThat(ids(Optional.of(AT))).containsExactlyInAnyOrder(then, later);
    }

    @Test
    @DisplayName("IS-6 what cannot be told to the end has failed")
    void what_cannot_be_told_to_the_end_has_failed() {
        issue(AT, amounts("1.00"));
        makeUnreachable();
        assertThatThrownBy(() -> ids(Optional.empty())).isInstanceOf(PortFailure.class);
    }

    private List<String> ids(Optional<Instant> since) {
        var all = new ArrayList<String>();
        source.ids(since, page -> {
            assertThat(page).hasSizeLessThanOrEqualTo(InvoiceSource.PAGE);
            all.addAll(page);
        });
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        return all;
    }

    private Evidence evidence(String id) {
        return ((Found) source.fetch(List.of(id)).get(0)).evidence();
    }

    private InvoiceFacts read(Fetched found) {
        return source.read(((Found) found).evidence());
    }

    private static List<Money> amounts(String... amounts) {
        return Arrays.stream(amounts).map(InvoiceSourceContract::money).toList();
    }

    private static Money money(String amount) {
        return Money.of(CAD, amount);
    }
}
