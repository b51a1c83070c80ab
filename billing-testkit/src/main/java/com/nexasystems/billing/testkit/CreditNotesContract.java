package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.CreditNote.Reason;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.CreditNotes.Draw;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link CreditNotes}. */
public abstract class CreditNotesContract extends PortContract {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final InvoiceId INVOICE = new InvoiceId(Samples.id("invoice"));
    private static final InvoiceId OTHER = new InvoiceId(Samples.id("other invoice"));
    private static final Money ZERO = Money.zero(Samples.CAD);

    private World world;
    private ServiceCustomer zoe;

    protected CreditNotesContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
        zoe = holder(world.hosting, "Zoë");
    }

    @Test
    @DisplayName("CN-1 a note that was added is found exactly as it was")
    void a_note_is_found_exactly_as_it_was() {
        CreditNote rich = richNote();
        CreditNote plain = note("plain", zoe, 1, "7.00");
        assertThat(add(rich, plain)).containsExactly(rich.id(), plain.id());
        assertThat(ports.creditNotes().find(rich.id())).contains(rich);
        assertThat(ports.creditNotes().find(plain.id())).contains(plain);
        assertThat(ports.creditNotes().of(INVOICE)).containsExactly(rich, plain);
        assertThat(ports.creditNotes().of(OTHER)).isEmpty();
        assertThat(ports.creditNotes().ofAll(List.of(OTHER, INVOICE))).isEqualTo(Map.of(INVOICE, List.of(rich, plain)));
        assertThat(ports.creditNotes().ofAll(List.of())).isEmpty();
        assertThat(ports.creditNotes().find(new CreditNoteId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("CN-2 an id is taken once")
    void an_id_is_taken_once() {
        CreditNote first = note("one", zoe, 0, "7.00");
        CreditNote again = note("one", zoe, 1, "8.00");
        CreditNote other = note("two", zoe, 2, "9.00");
        add(first);
        assertThat(add(again, other)).containsExactly(other.id());
        assertThat(ports.creditNotes().find(first.id())).contains(first);
    }

    @Test
    @DisplayName("CN-2 of concurrent notes with one id, one is kept")
    void of_concurrent_notes_with_one_id_one_is_kept() {
        List<CreditNote> rivals = IntStream.range(1, 6).mapToObj(i -> note("one", zoe, i, i + ".00")).toList();
        assertThat(OtherThread.together(rivals.size(), i -> add(rivals.get(i))).stream().flatMap(List::stream))
                .containsExactly(rivals.get(0).id());
        assertThat(ports.creditNotes().of(INVOICE)).hasSize(1).isSubsetOf(rivals);
    }

    @Test
    @DisplayName("CN-3 a claim gives what these holders can use, the oldest first")
    void a_claim_gives_what_these_holders_can_use() {
        CreditNote newer = note("a", zoe, 9, "7.00");
        CreditNote older = note("b", zoe, 3, "7.00");
        CreditNote used = left(note("c", zoe, 1, "7.00"), "0.00", "0.00");
        CreditNote ofChat = note("d", holder(world.chat, "Zoë"), 2, "7.00");
        CreditNote ofMax = note("e", holder(world.hosting, "Max"), 2, "7.00");
        add(newer, older, used, ofChat, ofMax);
        assertThat(claim(zoe)).containsExactly(older, newer);
        assertThat(claim(zoe, ofMax.holder())).containsExactly(ofMax, older, newer);
        assertThat(claim()).isEmpty();
        assertThat(kept(() -> ports.creditNotes().claimAll(List.of(used.id(), newer.id())))).containsExactly(used, newer);
    }

    @Test
    @DisplayName("CN-4 what was claimed is claimed by nobody else, and then as it is")
    void what_was_claimed_is_claimed_by_nobody_else() {
        CreditNote one = note("one", zoe, 1, "7.00");
        CreditNote two = note("two", zoe, 2, "5.00");
        add(one, two);
        OtherThread<List<CreditNote>> other = kept(() -> {
            claim(zoe);
            var waiting = OtherThread.doing(() -> claim(zoe));
            assertThat(waiting.answerMeanwhile()).isEmpty();
            ports.creditNotes().update(List.of(left(one, "0.00", "0.00"), left(two, "4.99", "0.00")));
            return waiting;
        });
        assertThat(other.answer()).containsExactly(left(two, "4.99", "0.00"));
    }

    @Test
    @DisplayName("CN-4 those who add up what they claim lose nothing")
    void those_who_draw_at_once_lose_nothing() {
        CreditNote note = note("one", zoe, 1, "100.00");
        add(note);
        OtherThread.together(5, thread -> {
            for (int i = 0; i < 4; i++) {
                keep(() -> {
                    CreditNote now = claim(zoe).get(0);
                    ports.creditNotes().update(List.of(
                            left(now, now.balance().minus(Money.of(Samples.CAD, "1.00")).amount().toPlainString(), "0.00")));
                });
            }
            return thread;
        });
        assertThat(ports.creditNotes().find(note.id()).orElseThrow().balance()).isEqualTo(Money.of(Samples.CAD, "80.00"));
    }

    @Test
    @DisplayName("CN-5 an update replaces what is left, and how the refund went")
    void an_update_replaces_what_is_left() {
        CreditNote rich = richNote();
        CreditNote other = note("other", zoe, 1, "7.00");
        add(rich, other);
        CreditNote now = new CreditNote(rich.id(), rich.invoice(), rich.holder(), rich.number(), rich.reason(),
                rich.description(), rich.issueDate(), rich.issuedAt(), rich.items(), rich.discount(), rich.taxes(),
                rich.given(), Money.of(Samples.CAD, "0.01"), Money.of(Samples.CAD, "0.02"),
                Optional.of(RefundStatus.SUCCEEDED));
        keep(() -> ports.creditNotes().update(List.of(now, note("unknown", zoe, 0, "1.00"))));
        assertThat(ports.creditNotes().of(INVOICE)).containsExactly(now, other);
    }

    @Test
    @DisplayName("CN-6 the draws of an invoice and of a note come back as they were")
    void draws_come_back_as_they_were() {
        CreditNote one = note("one", zoe, 1, "7.00");
        CreditNote two = note("two", zoe, 2, "5.00");
        add(one, two);
        Draw later = draw(INVOICE, one, "1.23", 5);
        Draw first = draw(INVOICE, two, "0.01", 4);
        Draw elsewhere = draw(OTHER, one, "2.00", 6);
        keep(() -> ports.creditNotes().record(List.of(later, first, elsewhere)));
        assertThat(ports.creditNotes().draws(INVOICE)).containsExactly(first, later);
        assertThat(ports.creditNotes().drawsOf(one.id())).containsExactly(later, elsewhere);
    }

    @Test
    @DisplayName("CN-6 a note pays an invoice once")
    void a_note_pays_an_invoice_once() {
        CreditNote one = note("one", zoe, 1, "7.00");
        add(one);
        Draw draw = draw(INVOICE, one, "1.00", 5);
        Draw other = draw(OTHER, one, "1.00", 5);
        keep(() -> ports.creditNotes().record(List.of(draw)));
        assertThatThrownBy(() -> keep(() -> ports.creditNotes().record(List.of(other, draw(INVOICE, one, "2.00", 6)))))
                .isInstanceOf(RuntimeException.class);
        assertThat(ports.creditNotes().drawsOf(one.id())).containsExactly(draw);
    }

    @Test
    @DisplayName("CN-7 taking back answers the draws once")
    void taking_back_answers_the_draws_once() {
        CreditNote one = note("one", zoe, 1, "7.00");
        add(one);
        Draw draw = draw(INVOICE, one, "1.00", 5);
        Draw other = draw(OTHER, one, "1.00", 5);
        keep(() -> ports.creditNotes().record(List.of(draw, other)));
        List<Draw> taken = OtherThread.together(4, thread -> kept(() -> ports.creditNotes().takeBack(INVOICE))).stream()
                .flatMap(List::stream).toList();
        assertThat(taken).containsExactly(draw);
        assertThat(ports.creditNotes().draws(INVOICE)).isEmpty();
        assertThat(ports.creditNotes().drawsOf(one.id())).containsExactly(other);
    }

    @Test
    @DisplayName("CN-8 pages of a service's notes follow each other, the newest first")
    void pages_follow_each_other() {
        var all = new ArrayList<CreditNote>();
        for (int i = 0; i < 7; i++) {
            all.add(0, note("n" + i, i % 2 == 0 ? zoe : holder(world.hosting, "Max"), i, "1.00"));
        }
        add(all.toArray(CreditNote[]::new));
        add(note("chat", holder(world.chat, "Zoë"), 3, "1.00"));
        List<CreditNote> ofZoe = all.stream().filter(note -> note.holder().equals(zoe)).toList();
        for (int size : List.of(1, 2, 3, 100)) {
            assertThat(listed(Optional.empty(), size, all.size())).as("pages of " + size).isEqualTo(all);
            assertThat(listed(Optional.of(zoe.customer()), size, ofZoe.size())).as("pages of " + size).isEqualTo(ofZoe);
        }
    }

    private List<CreditNote> listed(Optional<CustomerId> customer, int size, int expected) {
        List<CreditNote> listed = pages(size, expected, (Optional<CreditNote> last) ->
                ports.creditNotes().list(world.hosting.id(), customer, last, size));
        int first = Math.min(size, listed.size());
        assertThat(ports.creditNotes().list(world.hosting.id(), customer, PageRequest.first(size)))
                .isEqualTo(new Page<>(listed.subList(0, first), listed.size()));
        return listed;
    }

    private static ServiceCustomer holder(Service service, String customer) {
        return new ServiceCustomer(service.id(), Samples.customer(customer).id());
    }

    private static CreditNote note(String name, ServiceCustomer holder, int second, String credit) {
        Money amount = Money.of(Samples.CAD, credit);
        return new CreditNote(new CreditNoteId(Samples.id(name)), INVOICE, holder, "CN-" + name + second, Reason.OTHER, "",
                LocalDate.of(2026, 3, 4), NOW.plusSeconds(second), List.of(), ZERO, List.of(), Given.credit(amount), amount,
                ZERO, Optional.empty());
    }

    private static CreditNote left(CreditNote note, String balance, String withdrawn) {
        return new CreditNote(note.id(), note.invoice(), note.holder(), note.number(), note.reason(), note.description(),
                note.issueDate(), note.issuedAt(), note.items(), note.discount(), note.taxes(), note.given(),
                Money.of(Samples.CAD, balance), Money.of(Samples.CAD, withdrawn), note.refund());
    }

    private CreditNote richNote() {
        var taxes = List.of(
                new TaxAmount("QST-QC", new BigDecimal("9.975"), Money.of(Samples.CAD, "4.99"),
                        Money.of(Samples.CAD, "0.50")),
                new TaxAmount("GST", new BigDecimal("5"), Money.of(Samples.CAD, "5.00"), Money.of(Samples.CAD, "0.25"),
                        List.of(0, 2)));
        var given = new Given(Money.of(Samples.CAD, "4.74"), Money.of(Samples.CAD, "0.90"), Money.of(Samples.CAD, "0.10"));
        return new CreditNote(new CreditNoteId(Samples.id("rich")), INVOICE, zoe, "HOSTING-CN-000001",
                Reason.PRODUCT_UNSATISFACTORY, "«Größe» 🚀", LocalDate.of(2026, 3, 3), NOW,
                List.of(new Item(2, Money.of(Samples.CAD, "6.00")), new Item(0, Money.of(Samples.CAD, "-0.01"))),
                Money.of(Samples.CAD, "1.00"), taxes, given, Money.of(Samples.CAD, "4.00"), Money.of(Samples.CAD, "0.04"),
                Optional.of(RefundStatus.FAILED));
    }

    private static Draw draw(InvoiceId invoice, CreditNote note, String amount, int second) {
        return new Draw(invoice, note.id(), Money.of(Samples.CAD, amount), NOW.plusSeconds(second));
    }

    private List<CreditNoteId> add(CreditNote... notes) {
        return kept(() -> ports.creditNotes().add(List.of(notes)));
    }

    private List<CreditNote> claim(ServiceCustomer... holders) {
        return kept(() -> ports.creditNotes().claim(List.of(holders)));
    }
}
