package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A posted entry is taken back by another one that says the opposite. */
class ReverseEntryTest {

    private static final EntryKey INVOICE = EntryKey.parse("in_1#invoice##1");

    private final Desk desk = new Desk();

    @BeforeEach
    void onePostedInvoice() {
        desk.put(FactsSample.hosting("in_1"));
        desk.ingest("in_1");
        desk.postAll();
    }

    @Test
    void it_says_the_opposite_on_the_same_day_and_names_what_it_reverses() {
        PostedEntry reversal = desk.reverse(INVOICE.toString());
        assertThat(Desk.said(reversal.entry())).isEqualTo("2026-03-02 reversal invoice//1: receivable -113.00,"
                + " tax:HST-ON 13.00, revenue:hosting 100.00");
        assertThat(reversal.reverses()).contains(1L);
        assertThat(reversal.sequence()).isEqualTo(2);
        assertThat(reversal.evidence()).isEqualTo(desk.posted().get(0).evidence());
        assertThat(reversal.entry().text()).isEqualTo("booked wrongly");
        assertThat(desk.posted()).hasSize(2).last().isEqualTo(reversal);
        assertThat(desk.journal.balances(Optional.empty(), Journal.Scope.POSTED))
                .allMatch(balance -> balance.net().isZero());
        assertThat(desk.verify().bad()).isEmpty();
    }

    @Test
    void it_is_on_the_audit_trail() {
        desk.reverse(INVOICE.toString());
        assertThat(desk.ports.auditTrail().of("ledger")).last().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("ledger.reversed");
            assertThat(entry.details()).containsEntry("entry", "in_1#invoice##1").containsEntry("reason", "booked wrongly");
        });
    }

    @Test
    void it_can_be_of_a_later_day_and_not_of_an_earlier_one() {
        assertRefused(INVOICE, "2026-03-01", "booked wrongly", Desk.ADA, "date: is before that of the entry, 2026-03-02");
        assertThat(desk.reversing().reverse(INVOICE, Optional.of(LocalDate.of(2026, 4, 1)), "booked wrongly", Desk.ADA)
                .entry().date()).isEqualTo(LocalDate.of(2026, 4, 1));
    }

    @Test
    void it_needs_a_later_day_when_its_own_is_locked() {
        desk.locking().lock(LocalDate.of(2026, 3, 31), Desk.ADA);
        assertThatThrownBy(() -> desk.reverse(INVOICE.toString())).isInstanceOf(InvalidValue.class)
                .hasMessage("date: 2026-03-02 is locked, as is everything until 2026-03-31; give a later day");
        assertRefused(INVOICE, "2026-03-31", "booked wrongly", Desk.ADA, "is locked");
        assertThat(desk.reversing().reverse(INVOICE, Optional.of(LocalDate.of(2026, 4, 1)), "booked wrongly", Desk.ADA)
                .sequence()).isEqualTo(2);
    }

    @Test
    void nothing_is_reversed_twice_nor_a_reversal() {
        PostedEntry reversal = desk.reverse(INVOICE.toString());
        assertRefused(INVOICE, "2026-04-01", "again", Desk.ADA, "is reversed already");
        assertRefused(reversal.entry().key(), "2026-04-01", "again", Desk.ADA, "is a reversal itself");
    }

    @Test
    void only_what_is_posted_is_reversed_by_a_person_with_a_reason() {
        assertRefused(EntryKey.parse("in_9#invoice##1"), "2026-04-01", "because", Desk.ADA, "there is no posted entry");
        assertRefused(INVOICE.withRevision(2), "2026-04-01", "because", Desk.ADA, "there is no posted entry");
        assertRefused(INVOICE, "2026-04-01", " ", Desk.ADA, "reason: is mandatory");
        assertRefused(INVOICE, "2026-04-01", "because", Actor.BILLING_RUN, "a person does this");
    }

    @Test
    void drafts_of_the_invoice_stay() {
        desk.put(FactsSample.hosting("in_1").pays("py_1", "5.00", "2026-03-05"));
        desk.ingest("in_1");
        desk.reverse(INVOICE.toString());
        assertThat(desk.drafts()).containsExactly("2026-03-05 payment py_1: clearing:stripe 5.00, receivable -5.00");
        desk.ingest("in_1");
        assertThat(desk.drafts()).hasSize(2).first().asString().startsWith("2026-03-02 invoice again");
    }

    private void assertRefused(EntryKey key, String day, String reason, Actor by, String message) {
        String before = desk.dump();
        assertThatThrownBy(() -> desk.reversing().reverse(key, Optional.of(LocalDate.parse(day)), reason, by))
                .isInstanceOf(InvalidValue.class).hasMessageContaining(message);
        assertThat(desk.dump()).isEqualTo(before);
    }
}
