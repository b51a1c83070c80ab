package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.IngestReport.Problem;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.testing.Cases;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Taking real invoices into the books, as drafts. */
class IngestTest {

    private static final String INVOICED =
            "2026-03-02 invoice: receivable 113.00, tax:HST-ON -13.00, revenue:hosting -100.00";
    private static final String PAID = "2026-03-05 payment py_1: clearing:stripe 113.00, receivable -113.00";

    private final Desk desk = new Desk();

    // --- what comes of it

    @Test
    void the_report_counts_what_came_of_each_invoice_and_names_the_problems() {
        desk.put(FactsSample.hosting("in_1"), paid("in_2"), FactsSample.hosting("in_3").is(State.VOID),
                FactsSample.of("in_4").is(State.PAID), FactsSample.hosting("in_5").unexplained("a dispute"));
        IngestReport report = desk.ingest("in_1", "in_2", "in_3", "in_4", "in_5", "in_6", "py_1");
        assertThat(report.listed()).isEqualTo(7);
        assertThat(report.outcomes()).isEqualTo(Map.of("booked", 2L, "skipped: void", 1L, "skipped: zero", 1L,
                "held: unexplained", 1L, "unverified: missing", 2L));
        assertThat(report.of(Outcome.SKIPPED)).isEqualTo(2);
        assertThat(report.drafted()).isEqualTo(3);
        assertThat(report.problems()).containsExactlyInAnyOrder(new Problem("in_5", Outcome.HELD, "a dispute"),
                new Problem("in_6", Outcome.UNVERIFIED, "there is no such invoice"),
                new Problem("py_1", Outcome.UNVERIFIED, "no source that is configured issues such ids"));
    }

    @Test
    void the_record_keeps_the_document_and_when_its_source_vouched_for_it() {
        desk.put(FactsSample.hosting("in_1").due("2026-04-01"));
        desk.ingest("in_1");
        IngestedInvoice record = desk.record("in_1");
        assertThat(record.document().orElseThrow()).isEqualTo(new IngestedInvoice.Document(Optional.of("N-in_1"),
                new InvoiceFacts.Party("cus_1", "Maple Inc."), Optional.of(LocalDate.of(2026, 3, 2)),
                Optional.of(LocalDate.of(2026, 4, 1)), FactsSample.of("x").money("113.00")));
        assertThat(record.verifiedAt()).contains(desk.clock.instant());
        assertThat(record.triedAt()).isEqualTo(desk.clock.instant());
    }

    @Test
    void what_a_draft_and_a_record_were_derived_from_is_kept() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.hosting("in_2").unexplained("a dispute"),
                FactsSample.hosting("in_3").is(State.VOID));
        desk.ingest("in_1", "in_2", "in_3");
        for (String invoice : List.of("in_1", "in_2", "in_3")) {
            Evidence evidence = desk.journal.evidence(desk.record(invoice).evidence().orElseThrow()).orElseThrow();
            assertThat(desk.stripe.read(evidence).id()).isEqualTo(invoice);
        }
        Draft draft = desk.journal.drafts(Optional.empty(), 1).get(0);
        InvoiceFacts facts = desk.stripe.read(desk.journal.evidence(draft.evidence()).orElseThrow());
        assertThat(((Booking.Booked) desk.book(facts, Desk.POLICY)).entries()).containsExactly(draft.entry());
    }

    // --- again, and in any order

    @Test
    void twice_gives_the_same_books_byte_for_byte() {
        List<String> ids = world();
        desk.ingest(IngestOptions.ALL, ids);
        String once = desk.dump();
        IngestReport again = desk.ingest(IngestOptions.ALL, ids);
        assertThat(desk.dump()).isEqualTo(once);
        assertThat(again.drafted()).isZero();
        assertThat(again.unchanged()).isEqualTo(desk.drafts().size());
        desk.postAll();
        String posted = desk.dump();
        assertThat(desk.ingest(IngestOptions.ALL, ids).posted()).isEqualTo(desk.posted().size());
        assertThat(desk.dump()).isEqualTo(posted);
    }

    @Test
    void any_order_and_any_pages_give_the_same_books_byte_for_byte() {
        desk.ingest(IngestOptions.ALL, world());
        desk.postAll();
        Cases.check(20, random -> {
            var other = new IngestTest();
            List<String> ids = Cases.shuffled(random, other.world());
            int cut = random.nextInt(ids.size());
            other.desk.ingest(IngestOptions.ALL, ids.subList(cut, ids.size()));
            other.desk.ingest(IngestOptions.ALL, ids.subList(0, cut));
            other.desk.clock.set(desk.clock.instant());
            other.desk.postAll();
            assertThat(other.desk.dump()).isEqualTo(desk.dump());
        });
    }

    @Test
    void an_id_that_is_there_twice_is_looked_at_once() {
        desk.put(FactsSample.hosting("in_1"));
        IngestReport report = desk.ingest("in_1", "in_1");
        assertThat(report.listed()).isEqualTo(1);
        assertThat(desk.drafts()).containsExactly(INVOICED);
    }

    @Test
    void more_than_a_page_is_taken_page_by_page() {
        List<String> ids = IntStream.range(0, 250).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> desk.put(FactsSample.hosting(id)));
        var pages = new ArrayList<Integer>();
        InvoiceSource source = new Watched(desk.stripe, asked -> {
            pages.add(asked.size());
            return desk.stripe.fetch(asked);
        });
        IngestRun run = desk.ingest().begin(List.of(source), Desk.POLICY, IngestOptions.ALL);
        run.take(ids);
        assertThat(pages).containsExactly(100, 100, 50);
        assertThat(run.report().drafted()).isEqualTo(250);
    }

    // --- the source changes

    @Test
    void drafts_are_replaced_when_the_source_changes() {
        desk.put(FactsSample.hosting("in_1").line("Consulting", "10.00"));
        desk.ingest("in_1");
        assertThat(desk.record("in_1").unmatched()).hasSize(1);
        desk.put(paid("in_1"));
        assertThat(desk.ingest("in_1").drafted()).isEqualTo(2);
        assertThat(desk.drafts()).containsExactly(INVOICED, PAID);
        assertThat(desk.record("in_1").unmatched()).isEmpty();
        assertThat(desk.record("in_1").settled()).isTrue();
    }

    @Test
    void drafts_are_gone_when_it_is_voided_or_held() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.hosting("in_2"));
        desk.ingest("in_1", "in_2");
        desk.put(FactsSample.hosting("in_1").is(State.VOID), FactsSample.hosting("in_2").unexplained("a dispute"));
        desk.ingest("in_1", "in_2");
        assertThat(desk.drafts()).isEmpty();
        assertThat(desk.record("in_1").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(desk.record("in_2").outcome()).isEqualTo(Outcome.HELD);
    }

    @Test
    void a_payment_that_comes_after_posting_adds_a_draft_and_changes_nothing() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        List<PostedEntry> before = desk.posted();
        desk.put(paid("in_1"));
        IngestReport report = desk.ingest("in_1");
        assertThat(report.posted()).isEqualTo(1);
        assertThat(report.changed()).isZero();
        assertThat(desk.drafts()).containsExactly(PAID);
        desk.postAll();
        assertThat(desk.posted()).startsWith(before.get(0)).hasSize(2);
    }

    @Test
    void what_cannot_be_an_id_is_reported_and_takes_nothing_from_the_others() {
        desk.put(FactsSample.hosting("in_1"));

        IngestReport report = desk.ingest("in_\u0000", " ", "in_" + "9".repeat(300), "in#1", "in_1");

        assertThat(report.of(Outcome.UNVERIFIED)).isEqualTo(4);
        assertThat(report.problems()).hasSize(4).allSatisfy(problem ->
                assertThat(problem.reason()).startsWith("is not the id of an invoice"));
        assertThat(report.drafted()).isEqualTo(1);
    }

    @Test
    void a_rule_that_comes_after_posting_is_no_change_of_the_source() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        var nothingMatches = new LedgerPolicy(Desk.POLICY.zone(), new FamilyRules(List.of()), Desk.CANADA,
                LedgerPolicy.ALL_TAX_POLICIES);

        IngestRun run = desk.ingest().begin(List.of(desk.stripe), nothingMatches, IngestOptions.ALL);
        run.take(List.of("in_1"));

        assertThat(run.report().changed()).isZero();
        assertThat(run.report().posted()).isEqualTo(1);
        assertThat(desk.record("in_1").changed()).isEmpty();
    }

    @Test
    void what_changes_after_posting_is_reported_and_put_right_by_a_reversal() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        desk.put(FactsSample.of("in_1").line("Managed plan", "100.00").tax("HST", "13", "13.00"));
        IngestReport report = desk.ingest("in_1");
        assertThat(report.changed()).isEqualTo(1);
        assertThat(desk.drafts()).isEmpty();
        assertThat(desk.posted()).extracting(posted -> Desk.said(posted.entry())).containsExactly(INVOICED);
        assertThat(desk.record("in_1").changed()).singleElement().asString()
                .contains("in_1#invoice##1", "revenue:hosting -100.00", "revenue:managed -100.00");
        desk.reverse("in_1#invoice##1");
        desk.ingest("in_1");
        assertThat(desk.record("in_1").changed()).isEmpty();
        assertThat(desk.drafts()).containsExactly(
                "2026-03-02 invoice again: receivable 113.00, tax:HST-ON -13.00, revenue:managed -100.00");
        desk.postAll();
        desk.reverse("in_1#invoice##2");
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        assertThat(desk.journal.drafts(Optional.empty(), 9)).singleElement()
                .extracting(draft -> draft.entry().key().revision()).isEqualTo(3);
    }

    @Test
    void what_is_voided_after_posting_is_reported_and_reversed_for_good() {
        desk.put(paid("in_1"));
        desk.ingest("in_1");
        desk.posting().one(EntryKey.parse("in_1#invoice##1"), Desk.ADA);
        desk.put(FactsSample.hosting("in_1").is(State.VOID));
        desk.ingest("in_1");
        assertThat(desk.record("in_1").changed()).singleElement().asString()
                .endsWith("the source says there is no such thing");
        assertThat(desk.drafts()).isEmpty();
        desk.reverse("in_1#invoice##1");
        desk.ingest("in_1");
        assertThat(desk.record("in_1").changed()).isEmpty();
        assertThat(desk.drafts()).isEmpty();
        assertThat(desk.record("in_1").settled()).isTrue();
    }

    @Test
    void of_what_is_held_nobody_says_that_it_differs() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        desk.put(FactsSample.hosting("in_1").unexplained("a dispute"));
        assertThat(desk.ingest("in_1").changed()).isZero();
        assertThat(desk.record("in_1").outcome()).isEqualTo(Outcome.HELD);
    }

    @Test
    void what_was_changed_and_changed_back_is_as_it_was() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        desk.put(FactsSample.hosting("in_1").issued("2026-03-03"));
        desk.ingest("in_1");
        assertThat(desk.record("in_1").changed()).hasSize(1);
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        assertThat(desk.record("in_1").changed()).isEmpty();
    }

    // --- the source does not answer

    @Test
    void what_cannot_be_verified_any_more_keeps_its_drafts_until_it_can() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        IngestedInvoice before = desk.record("in_1");
        desk.stripe.reachable(false);
        desk.ingest("in_1");
        assertThat(desk.record("in_1").outcome()).isEqualTo(Outcome.UNVERIFIED);
        assertThat(desk.record("in_1").reason().orElseThrow().code()).isEqualTo("unreachable");
        assertThat(desk.record("in_1").document()).isEqualTo(before.document());
        assertThat(desk.record("in_1").verifiedAt()).isEqualTo(before.verifiedAt());
        assertThat(desk.drafts()).containsExactly(INVOICED);
        desk.stripe.reachable(true);
        desk.ingest("in_1");
        assertThat(desk.record("in_1").outcome()).isEqualTo(Outcome.BOOKED);
        assertThat(desk.drafts()).containsExactly(INVOICED);
    }

    @Test
    void a_source_that_is_down_is_not_asked_any_more_and_takes_nothing_from_the_others() {
        List<String> ids = IntStream.range(0, 300).mapToObj(i -> (i % 2 == 0 ? "in_" : "lago:") + i).toList();
        ids.forEach(id -> desk.put(FactsSample.hosting(id)));
        desk.stripe.reachable(false);
        var asked = new ArrayList<String>();
        InvoiceSource stripe = new Watched(desk.stripe, some -> {
            asked.addAll(some);
            return desk.stripe.fetch(some);
        });
        IngestRun run = desk.ingest().begin(List.of(stripe, desk.lago), Desk.POLICY, IngestOptions.ALL);
        run.take(ids);
        assertThat(asked).hasSize(50);
        assertThat(run.report().outcomes()).isEqualTo(Map.of("booked", 150L, "unverified: unreachable", 150L));
        desk.stripe.reachable(true);
        assertThat(desk.ingest(IngestOptions.ALL, ids).outcomes()).isEqualTo(Map.of("booked", 300L));
    }

    @Test
    void one_invoice_that_a_source_fails_on_is_no_outage() {
        List<String> ids = IntStream.range(0, 30).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> desk.put(FactsSample.hosting(id)));
        InvoiceSource source = new Watched(desk.stripe, some -> some.contains("in_0")
                ? List.of(new Fetched.Unreachable("in_0", "500")) : desk.stripe.fetch(some));
        IngestRun run = desk.ingest().begin(List.of(source), Desk.POLICY, IngestOptions.ALL);
        ids.forEach(id -> run.take(List.of(id)));
        assertThat(run.report().outcomes()).isEqualTo(Map.of("booked", 29L, "unverified: unreachable", 1L));
    }

    @Test
    void what_is_missing_is_asked_for_again() {
        desk.ingest("in_1");
        desk.put(FactsSample.hosting("in_1"));
        assertThat(desk.ingest(since("2026-12-31"), List.of("in_1")).outcomes()).isEqualTo(Map.of("booked", 1L));
    }

    @Test
    void what_cannot_be_read_takes_nothing_from_the_others() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.hosting("in_2"), FactsSample.hosting("in_3"),
                FactsSample.hosting("in_4"));
        InvoiceSource source = new Watched(desk.stripe, desk.stripe::fetch) {
            @Override
            public InvoiceFacts read(Evidence evidence) {
                return switch (evidence.invoice()) {
                    case "in_1" -> throw new ArithmeticException("Rounding necessary");
                    case "in_2" -> FactsSample.hosting("in_4").facts();
                    case "in_3" -> FactsSample.hosting("in_3").saying(t -> new InvoiceFacts.Totals(t.excludingTax(),
                            t.total(), t.toBalance(), t.prepaid(), t.offset(), t.due(), t.paid(), t.remaining(),
                            FactsSample.of("x").in("JPY").money("0"))).facts();
                    default -> super.read(evidence);
                };
            }
        };
        IngestRun run = desk.ingest().begin(List.of(source), Desk.POLICY, IngestOptions.ALL);
        run.take(List.of("in_1", "in_2", "in_3", "in_4"));
        assertThat(run.report().outcomes()).isEqualTo(Map.of("booked", 1L, "held: unreadable", 3L));
        assertThat(run.report().problems()).extracting(Problem::reason).containsExactly("Rounding necessary",
                "id: is that of another invoice: in_4", "expected an amount in CAD, found one in JPY");
    }

    @Test
    void of_two_sources_that_accept_an_id_the_first_is_asked() {
        desk.put(FactsSample.hosting("in_1"));
        IngestRun run = desk.ingest().begin(List.of(desk.stripe, new Watched(desk.stripe, some -> {
            throw new AssertionError("asked for " + some);
        })), Desk.POLICY, IngestOptions.ALL);
        run.take(List.of("in_1"));
        assertThat(run.report().outcomes()).isEqualTo(Map.of("booked", 1L));
    }

    // --- two runs at once

    @Test
    void older_evidence_never_overwrites_newer() {
        desk.put(FactsSample.hosting("in_1"));
        IngestRun slow = slowRun(() -> {
            desk.put(paid("in_1"));
            desk.ingest("in_1");
        });
        slow.take(List.of("in_1"));
        assertThat(desk.drafts()).containsExactly(INVOICED, PAID);
        assertThat(desk.record("in_1").settled()).isTrue();
    }

    @Test
    void nor_does_an_older_silence() {
        desk.put(FactsSample.hosting("in_1"));
        desk.stripe.reachable(false);
        IngestRun slow = slowRun(() -> {
            desk.stripe.reachable(true);
            desk.ingest("in_1");
        });
        slow.take(List.of("in_1"));
        assertThat(desk.record("in_1").outcome()).isEqualTo(Outcome.BOOKED);
    }

    /** Its source answers, and before the answer is heard, something happens. */
    private IngestRun slowRun(Runnable meanwhile) {
        InvoiceSource source = new Watched(desk.stripe, asked -> {
            List<Fetched> answers = desk.stripe.fetch(asked);
            desk.clock.advance(Duration.ofMinutes(1));
            meanwhile.run();
            return answers;
        });
        return desk.ingest().begin(List.of(source), Desk.POLICY, IngestOptions.ALL);
    }

    // --- which are asked for, and what is kept

    @Test
    void since_leaves_out_what_is_settled_and_older() {
        desk.put(paid("in_1"), paid("in_2").issued("2026-03-05"), FactsSample.hosting("in_3"),
                FactsSample.hosting("in_4").is(State.VOID), FactsSample.hosting("in_5").unexplained("a dispute"));
        List<String> ids = List.of("in_1", "in_2", "in_3", "in_4", "in_5", "in_6");
        assertThat(desk.ingest(since("2026-03-05"), ids).known()).isZero();
        IngestReport again = desk.ingest(since("2026-03-05"), ids);
        assertThat(again.known()).isEqualTo(2);
        assertThat(again.outcomes()).isEqualTo(Map.of("booked", 2L, "held: unexplained", 1L, "unverified: missing", 1L));
        assertThat(desk.ingest(IngestOptions.ALL, ids).known()).isZero();
    }

    @Test
    void what_was_reversed_is_asked_for_again() {
        desk.put(paid("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        desk.reverse("in_1#payment#py_1#1");
        assertThat(desk.ingest(since("2026-12-31"), List.of("in_1")).drafted()).isEqualTo(1);
    }

    @Test
    void a_dry_run_reports_the_same_and_keeps_nothing() {
        List<String> ids = world();
        IngestReport dry = desk.ingest(new IngestOptions(Optional.empty(), true), ids);
        assertThat(desk.dump()).isEmpty();
        assertThat(desk.ingest(IngestOptions.ALL, ids)).isEqualTo(dry);
        desk.put(FactsSample.hosting("in_1").is(State.VOID));
        String before = desk.dump();
        assertThat(desk.ingest(new IngestOptions(Optional.empty(), true), ids).outcomes()).isNotEqualTo(dry.outcomes());
        assertThat(desk.dump()).isEqualTo(before);
    }

    @Test
    void all_that_a_source_lists_can_be_taken() {
        desk.put(paid("in_1"), FactsSample.hosting("in_2"));
        desk.clock.advance(Duration.ofDays(30));
        desk.put(FactsSample.hosting("in_3"));
        assertThat(desk.ingest().all(desk.stripe, Desk.POLICY, since("2026-06-20")).listed()).isEqualTo(1);
        assertThat(desk.ingest().all(desk.stripe, Desk.POLICY, IngestOptions.ALL).listed()).isEqualTo(3);
        desk.stripe.reachable(false);
        assertThatThrownBy(() -> desk.ingest().all(desk.stripe, Desk.POLICY, IngestOptions.ALL))
                .isInstanceOf(PortFailure.class);
    }

    @Test
    void what_is_open_is_asked_for_again_although_the_list_does_not_name_it_any_more() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest().all(desk.stripe, Desk.POLICY, IngestOptions.ALL);
        desk.clock.advance(Duration.ofDays(30));
        desk.put(FactsSample.hosting("in_2"));

        assertThat(desk.ingest().all(desk.stripe, Desk.POLICY, since("2026-06-20")).listed()).isEqualTo(2);
    }

    private static IngestOptions since(String day) {
        return new IngestOptions(Optional.of(LocalDate.parse(day)), false);
    }

    private static FactsSample paid(String id) {
        return FactsSample.hosting(id).is(State.PAID).pays("py_1", "113.00", "2026-03-05");
    }

    /** One of each kind; gives all ids, and those of two that are not there. */
    private List<String> world() {
        desk.put(FactsSample.hosting("in_1"), paid("in_2"), FactsSample.hosting("in_3").is(State.VOID),
                FactsSample.of("in_4").is(State.PAID), FactsSample.hosting("in_5").unexplained("a dispute"),
                paid("in_6").overpaid("0").note("cn_1", "2026-03-09", "50.00", "6.50", uses -> uses.refunds("56.50"))
                        .refund("re_1", "56.50", "2026-03-10"),
                FactsSample.hosting("lago:7").is(State.UNCOLLECTIBLE).writtenOff("2026-05-01"),
                FactsSample.of("lago:8").line("Consulting", "5.00"));
        return Stream.of("in_1", "in_2", "in_3", "in_4", "in_5", "in_6", "lago:7", "lago:8", "in_9", "x").toList();
    }

    /** A source whose answers a test decides on. */
    private static class Watched implements InvoiceSource {

        private final InvoiceSource real;
        private final Function<List<String>, List<Fetched>> fetch;

        Watched(InvoiceSource real, Function<List<String>, List<Fetched>> fetch) {
            this.real = real;
            this.fetch = fetch;
        }

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public boolean accepts(String invoice) {
            return real.accepts(invoice);
        }

        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return fetch.apply(invoices);
        }

        @Override
        public InvoiceFacts read(Evidence evidence) {
            return real.read(evidence);
        }

        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            real.ids(since, page);
        }
    }
}
