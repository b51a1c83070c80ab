package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.ledger.PostReport.RefusedEntry;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulation.CrashingPorts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A person posts drafts, for good. */
class PostEntriesTest {

    private final Desk desk = new Desk();

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    // --- all

    @Test
    void drafts_are_posted_by_date_without_gaps_and_are_drafts_no_more() {
        desk.put(FactsSample.hosting("in_1").issued("2026-03-09"), FactsSample.hosting("in_2").issued("2026-03-01"),
                FactsSample.hosting("in_3").issued("2026-03-05"));
        desk.ingest("in_1", "in_2", "in_3");
        List<Draft> drafts = desk.journal.drafts(Optional.empty(), 9);
        BulkOutcome outcome = desk.postAll();
        assertThat(outcome.gate()).isInstanceOf(GateResult.Passed.class);
        assertThat(outcome.report().posted()).isEqualTo(3);
        assertThat(desk.posted()).extracting(posted -> posted.entry().key().invoice())
                .containsExactly("in_2", "in_3", "in_1");
        assertThat(desk.posted()).extracting(PostedEntry::sequence).containsExactly(1L, 2L, 3L);
        assertThat(desk.posted()).extracting(PostedEntry::entry).isEqualTo(drafts.stream().map(Draft::entry).toList());
        assertThat(desk.posted()).extracting(PostedEntry::evidence).isEqualTo(drafts.stream().map(Draft::evidence).toList());
        assertThat(desk.posted()).allMatch(posted -> posted.by().equals(Desk.ADA));
        assertThat(outcome.report().chain()).contains(desk.posted().get(2).chain());
        assertThat(desk.drafts()).isEmpty();
        assertThat(desk.verify().bad()).isEmpty();
    }

    @Test
    void what_was_posted_is_on_the_audit_trail() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
        assertThat(desk.ports.auditTrail().of("ledger")).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("ledger.posted");
            assertThat(entry.actor()).isEqualTo(Desk.ADA);
            assertThat(entry.details()).containsEntry("first", "1").containsEntry("last", "1")
                    .containsEntry("chain", desk.posted().get(0).chain());
        });
    }

    @Test
    void more_than_a_page_is_posted_page_by_page_and_told() {
        many(1100);
        var told = new ArrayList<Long>();
        PostReport report = desk.posting().all(Desk.ADA, Optional.empty(), so -> told.add(so.posted())).report();
        assertThat(report.posted()).isEqualTo(1100);
        assertThat(told).containsExactly(500L, 1000L, 1100L);
        assertThat(desk.journal.seals(0, 9)).extracting(Seal::first).containsExactly(1L, 501L, 1001L);
        assertThat(desk.verify()).isEqualTo(new Verification(1100, report.chain().orElseThrow(), Optional.empty()));
    }

    @Test
    void only_a_person_posts() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        for (Actor other : List.of(Actor.service("chat"), Actor.BILLING_RUN, Actor.person(" "))) {
            assertThatThrownBy(() -> desk.posting().all(other, Optional.empty(), report -> { }))
                    .isInstanceOf(InvalidValue.class).hasMessageContaining("a person does this");
            assertThatThrownBy(() -> desk.posting().one(EntryKey.parse("in_1#invoice##1"), other))
                    .isInstanceOf(InvalidValue.class);
            assertThatThrownBy(() -> desk.posting().all(Desk.ADA, Optional.of(new Bypass(other, "now")), report -> { }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(desk.posted()).isEmpty();
    }

    // --- gates

    @Test
    void nothing_is_posted_at_once_while_there_are_unmatched_lines() {
        desk.put(FactsSample.of("in_1").line("Consulting", "5.00"), FactsSample.hosting("in_2"));
        desk.ingest("in_1", "in_2");
        BulkOutcome outcome = desk.postAll();
        assertThat(((Refused) outcome.gate()).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.check()).isEqualTo("families");
            assertThat(refusal.missing()).startsWith("5.00 CAD of revenue are of lines that no family rule matches");
            assertThat(refusal.remedy()).contains("add rules");
        });
        assertThat(outcome.report()).isEqualTo(PostReport.NOTHING);
        assertThat(desk.posted()).isEmpty();
        assertThat(desk.posting().one(EntryKey.parse("in_1#invoice##1"), Desk.ADA).posted()).isEqualTo(1);
    }

    @Test
    void a_person_can_go_around_that_with_a_reason_which_is_on_the_audit_trail() {
        desk.put(FactsSample.of("in_1").line("Consulting", "5.00"));
        desk.ingest("in_1");
        BulkOutcome outcome = desk.posting().all(Desk.ADA, Optional.of(new Bypass(Desk.BOB, "it is consulting")),
                report -> { });
        assertThat(outcome.gate()).isInstanceOf(GateResult.Bypassed.class);
        assertThat(outcome.report().posted()).isEqualTo(1);
        assertThat(desk.ports.auditTrail().of("ledger")).extracting(AuditEntry::action)
                .containsExactly("gate.bypassed", "ledger.posted");
        assertThat(desk.ports.auditTrail().of("ledger").get(0).actor()).isEqualTo(Desk.BOB);
    }

    @Test
    void what_was_decided_once_is_not_asked_again() {
        desk.put(FactsSample.of("in_1").line("Consulting", "5.00"));
        desk.ingest("in_1");
        desk.posting().all(Desk.ADA, Optional.of(new Bypass(Desk.ADA, "it is consulting")), report -> { });
        desk.put(FactsSample.of("in_1").line("Consulting", "5.00").pays("pay_1", "5.00", "2026-03-05"),
                FactsSample.hosting("in_2"));
        desk.ingest("in_1", "in_2");
        BulkOutcome outcome = desk.postAll();
        assertThat(outcome.gate()).isInstanceOf(GateResult.Passed.class);
        assertThat(outcome.report().posted()).isEqualTo(2);
    }

    @Test
    void without_drafts_the_gate_says_so() {
        assertThat(((Refused) desk.postAll().gate()).refusals().get(0).missing()).isEqualTo("there is no draft");
    }

    @Test
    void what_is_refused_takes_no_other_with_it() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.hosting("in_2").issued("2026-03-01"),
                FactsSample.hosting("lago:3"), FactsSample.hosting("in_4"));
        desk.ingest("in_1", "in_2", "lago:3", "in_4");
        desk.posting().one(EntryKey.parse("in_4#invoice##1"), Desk.ADA);
        desk.put(FactsSample.hosting("in_4").issued("2026-03-03").pays("py_1", "5.00", "2026-03-05"));
        desk.lago.reachable(false);
        desk.locking().lock(LocalDate.of(2026, 2, 28), Desk.ADA);
        desk.ingest("lago:3", "in_4");
        desk.ports.unitOfWork().run(() -> desk.journal.setLock(
                new PeriodLock(Optional.of(LocalDate.of(2026, 3, 1)), Optional.empty())));
        PostReport report = desk.postAll().report();
        assertThat(report.posted()).isEqualTo(1);
        assertThat(report.refusals()).isEqualTo(3);
        assertThat(report.refused()).extracting(refused -> refused.key() + " " + refused.why().check())
                .containsExactlyInAnyOrder("in_2#invoice##1 period", "lago:3#invoice##1 verified",
                        "in_4#payment#py_1#1 unchanged");
        assertThat(report.refused()).extracting(RefusedEntry::why).allSatisfy(why -> {
            assertThat(why.missing()).isNotBlank();
            assertThat(why.remedy()).isNotBlank();
        });
        assertThat(desk.posted()).extracting(posted -> posted.entry().key().invoice()).containsExactly("in_4", "in_1");
        assertThat(desk.drafts()).hasSize(3);
    }

    @Test
    void nobody_goes_around_the_gate_of_an_entry() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.stripe.reachable(false);
        desk.ingest("in_1");
        PostReport report = desk.posting().all(Desk.ADA, Optional.of(new Bypass(Desk.ADA, "I insist")), so -> { }).report();
        assertThat(report.posted()).isZero();
        assertThat(report.refused().get(0).why().missing()).isEqualTo("in_1 is unverified: the source does not answer");
        assertThat(desk.posting().one(EntryKey.parse("in_1#invoice##1"), Desk.ADA).refusals()).isEqualTo(1);
    }

    // --- one

    @Test
    void one_draft_is_posted_by_itself() {
        desk.put(FactsSample.hosting("in_1").pays("py_1", "5.00", "2026-03-05"));
        desk.ingest("in_1");
        assertThat(desk.posting().one(EntryKey.parse("in_1#payment#py_1#1"), Desk.ADA).posted()).isEqualTo(1);
        assertThat(desk.drafts()).hasSize(1);
        for (String key : List.of("in_1#payment#py_1#1", "in_1#payment#py_2#1", "in_9#invoice##1")) {
            assertThatThrownBy(() -> desk.posting().one(EntryKey.parse(key), Desk.ADA)).isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("there is no draft " + key);
        }
    }

    @Test
    void a_draft_that_changes_meanwhile_is_not_posted_as_it_was() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        Ports real = desk.ports;
        var posting = new PostEntries(real.journal(), real.auditTrail(), desk.clock, new UnitOfWork() {
            @Override
            public <T> T call(Supplier<T> work) {
                desk.put(FactsSample.hosting("in_1").is(InvoiceFacts.State.VOID));
                desk.ingest("in_1");
                return real.unitOfWork().call(work);
            }
        });
        assertThat(posting.one(EntryKey.parse("in_1#invoice##1"), Desk.ADA)).isEqualTo(PostReport.NOTHING);
        assertThat(desk.posted()).isEmpty();
    }

    // --- crashes

    @Test
    void whatever_port_fails_whenever_all_is_posted_once_or_reported() {
        for (int calls = 1; calls < 60; calls++) {
            Ports real = Ports.inMemory();
            var ports = new CrashingPorts(real);
            var own = new Desk(real);
            put(own, 5);
            ports.crashAfter(calls);
            var posting = new PostEntries(ports.ports().journal(), ports.ports().auditTrail(), own.clock,
                    ports.ports().unitOfWork());
            try {
                PostReport one = posting.one(EntryKey.parse("in_3#invoice##1"), Desk.ADA);
                assertThat(one.posted() + one.refusals()).isLessThanOrEqualTo(1);
            } catch (PortFailure e) {
                assertThat(own.posted().size()).isLessThanOrEqualTo(1);
            }
            posted(own, 5);
        }
    }

    @Test
    void a_page_that_fails_is_posted_entry_by_entry() {
        for (int calls = 1; calls < 60; calls++) {
            Ports real = Ports.inMemory();
            var ports = new CrashingPorts(real);
            var own = new Desk(real);
            put(own, 5);
            ports.crashAfter(calls);
            try {
                PostReport report = new PostEntries(ports.ports().journal(), ports.ports().auditTrail(), own.clock,
                        ports.ports().unitOfWork()).all(Desk.ADA, Optional.empty(), so -> { }).report();
                assertThat(report.refusals()).isZero();
                assertThat(own.posted()).hasSize(5);
            } catch (PortFailure e) {
                assertThat(own.posted().size()).isIn(0, 5);
            }
            posted(own, 5);
        }
    }

    @Test
    void a_process_that_dies_anywhere_leaves_neither_a_gap_nor_a_duplicate() {
        int died = 0;
        for (int calls = 1; calls < 60; calls++) {
            Ports real = Ports.inMemory();
            var ports = new CrashingPorts(real, () -> {
                throw new Killed();
            });
            var own = new Desk(real);
            put(own, 5);
            ports.crashAfter(calls);
            try {
                new PostEntries(ports.ports().journal(), ports.ports().auditTrail(), own.clock, ports.ports().unitOfWork())
                        .all(Desk.ADA, Optional.empty(), report -> { });
            } catch (Killed e) {
                died++;
            }
            assertThat(own.posted().size()).isIn(0, 5);
            assertThat(own.ports.auditTrail().of("ledger")).hasSize(own.posted().isEmpty() ? 0 : 1);
            posted(own, 5);
        }
        assertThat(died).isGreaterThan(15);
    }

    @Test
    void an_ingestion_that_dies_anywhere_is_run_again() {
        var whole = new Desk();
        put(whole, 5);
        for (int calls = 1; calls < 30; calls++) {
            Ports real = Ports.inMemory();
            var ports = new CrashingPorts(real, () -> {
                throw new Killed();
            });
            var own = new Desk(real);
            IntStream.range(0, 5).forEach(i -> own.put(FactsSample.hosting("in_" + i)));
            ports.crashAfter(calls);
            try {
                new Ingest(ports.ports().journal(), real.taxRates(), real.serviceTaxes(), real.services(), own.clock,
                        ports.ports().unitOfWork()).all(own.stripe, Desk.POLICY, IngestOptions.ALL);
            } catch (Killed e) {
                assertThat(own.drafts().size()).isIn(0, 5);
            }
            own.ingest("in_0", "in_1", "in_2", "in_3", "in_4");
            assertThat(own.dump()).isEqualTo(whole.dump());
        }
    }

    private static void posted(Desk desk, int number) {
        desk.postAll();
        assertThat(desk.posted()).extracting(PostedEntry::sequence)
                .isEqualTo(IntStream.rangeClosed(1, number).mapToObj(i -> (long) i).toList());
        assertThat(desk.posted().stream().map(posted -> posted.entry().key()).distinct()).hasSize(number);
        assertThat(desk.drafts()).isEmpty();
        assertThat(desk.verify().bad()).isEmpty();
    }

    private void many(int number) {
        put(desk, number);
    }

    private static void put(Desk desk, int number) {
        List<String> ids = IntStream.range(0, number).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> desk.put(FactsSample.hosting(id)));
        desk.ingest(IngestOptions.ALL, ids);
    }
}
