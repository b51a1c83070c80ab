package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Booking.Held;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What does not add up is held, with the figures: we do not know which of them is wrong. */
class AdditionTest {

    private static final Money CENT = cad("0.01");

    private final Desk desk = new Desk();

    @Test
    void the_lines_are_the_total_before_taxes() {
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax().plus(CENT), t.total(), t.toBalance(), t.prepaid(),
                        t.offset(), t.due(), t.paid(), t.remaining(), t.overpaid())),
                "the lines come to 100.00 CAD, the total before taxes is 100.01 CAD");
    }

    @Test
    void with_the_taxes_it_is_the_total() {
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total().plus(CENT), t.toBalance(), t.prepaid(),
                        t.offset(), t.due(), t.paid(), t.remaining(), t.overpaid())),
                "the total before taxes and the taxes come to 113.00 CAD, the total is 113.01 CAD");
    }

    @Test
    void less_balance_credits_and_credit_notes_it_is_due() {
        String due = "the total less balance, credits and credit notes come to 91.49 CAD, what is due is 91.50 CAD";
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance().plus(CENT), t.prepaid(),
                t.offset(), t.due(), t.paid(), t.remaining(), t.overpaid())), due);
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid().plus(CENT),
                t.offset(), t.due(), t.paid(), t.remaining(), t.overpaid())), due);
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(),
                t.offset().plus(CENT), t.due(), t.paid(), t.remaining(), t.overpaid())), due);
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                        t.due().plus(CENT), t.paid(), t.remaining(), t.overpaid())),
                "come to 91.50 CAD, what is due is 91.51 CAD");
    }

    @Test
    void the_payments_are_what_is_paid() {
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                        t.due(), t.paid().plus(CENT), t.remaining(), t.overpaid())),
                "the payments come to 50.00 CAD, what is paid is 50.01 CAD");
    }

    @Test
    void what_is_overpaid_may_or_may_not_be_among_what_is_paid() {
        assertBooked(overpaid());
        assertBooked(overpaid().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                t.due(), t.due(), t.remaining(), t.overpaid())));
        assertHeld(overpaid().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                t.due(), t.due(), t.remaining(), t.overpaid().plus(CENT))), "the payments come to 120.00 CAD");
        assertHeld(overpaid().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                t.due(), t.paid(), t.remaining(), t.overpaid().plus(CENT))), "what remains is 0.00 CAD");
    }

    @Test
    void what_is_due_less_the_payments_remains() {
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(),
                        t.due(), t.paid(), t.remaining().plus(CENT), t.overpaid())),
                "what is due less the payments come to 41.50 CAD, what remains is 41.51 CAD");
    }

    @Test
    void the_credit_notes_are_what_they_took_off() {
        assertHeld(mixed().saying(t -> new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(),
                        t.offset().plus(CENT), t.due().minus(CENT), t.paid(), t.remaining().minus(CENT), t.overpaid())),
                "the credit notes come to 11.50 CAD, what they took off is 11.51 CAD");
    }

    @Test
    void the_lines_and_taxes_of_a_credit_note_are_its_total() {
        assertHeld(noted(cad("11.50"), cad("11.50"), cad("0")),
                "lines and taxes of credit note cn_1 come to 11.30 CAD, its total is 11.50 CAD");
    }

    @Test
    void something_became_of_all_of_a_credit_note() {
        assertHeld(noted(cad("11.30"), cad("11.00"), cad("0.31")),
                "what became of credit note cn_1 come to 11.31 CAD, its total is 11.30 CAD");
        assertBooked(FactsSample.hosting("in_1"));
    }

    @Test
    void no_more_goes_back_than_came() {
        assertHeld(mixed().refund("re_1", "50.01", "2026-03-09"), "50.01 CAD were refunded, of 50.00 CAD that were paid");
        assertHeld(overpaid().refundOfSurplus("re_1", "7.01", "2026-03-09"),
                "7.01 CAD were refunded of what was overpaid, of 7.00 CAD that were overpaid");
        assertHeld(FactsSample.hosting("in_1").pays("py_1", "5.00", "2026-03-05").overpaid("6.00"),
                "6.00 CAD were overpaid, of 5.00 CAD that were paid");
    }

    @Test
    void what_is_paid_is_paid_in_full() {
        assertHeld(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "112.99", "2026-03-05"),
                "it is paid, and 0.01 CAD remain to be paid");
    }

    @Test
    void nothing_is_below_zero_that_has_a_name_for_the_other_way() {
        assertHeld(FactsSample.hosting("in_1").pays("py_1", "-5.00", "2026-03-05"), "payment py_1 is below zero: -5.00 CAD");
        assertHeld(mixed().refund("re_1", "-5.00", "2026-03-09"), "refund re_1 is below zero: -5.00 CAD");
        assertHeld(FactsSample.hosting("in_1").prepaid("-5.00"), "what was prepaid is below zero: -5.00 CAD");
        assertHeld(mixed().overpaid("-5.00"), "what was overpaid is below zero: -5.00 CAD");
        assertHeld(FactsSample.hosting("in_1").note("cn_1", "2026-03-04", "10.00", "1.30",
                uses -> uses.takesOff("12.00").puts("-0.70")), "what credit note cn_1 puts on the balance is below zero");
        assertHeld(FactsSample.hosting("in_1").note("cn_1", "2026-03-04", "10.00", "1.30",
                uses -> uses.puts("12.00").takesOff("-0.70")), "what credit notes took off is below zero");
        assertHeld(FactsSample.hosting("in_1").note("cn_1", "2026-03-04", "10.00", "1.30",
                uses -> uses.puts("12.00").refunds("-0.70")), "what credit note cn_1 refunds is below zero");
        assertHeld(FactsSample.hosting("in_1").note("cn_1", "2026-03-04", "10.00", "1.30",
                uses -> uses.puts("12.00").givesOutside("-0.70")), "what credit note cn_1 gives back outside is below zero");
    }

    @Test
    void an_invoice_of_nothing_adds_up_too() {
        assertHeld(FactsSample.of("in_1").is(State.PAID).line("Growth plan", "20.00").saying(t -> new Totals(cad("0"),
                        cad("0"), t.toBalance(), t.prepaid(), t.offset(), cad("0"), t.paid(), cad("0"), t.overpaid())),
                "the lines come to 20.00 CAD, the total before taxes is 0.00 CAD");
    }

    @Test
    void what_is_withdrawn_need_not_add_up() {
        assertThat(desk.book(FactsSample.hosting("in_1").is(State.VOID).saying(t -> new Totals(t.excludingTax(), t.total(),
                t.toBalance(), t.prepaid(), t.offset(), cad("0"), t.paid(), cad("0"), t.overpaid()))))
                .isInstanceOf(Booking.Skipped.class);
    }

    @Test
    void all_is_in_one_currency() {
        var dollars = Money.of(Currency.getInstance("USD"), "1.00");
        Assertions.assertThatExceptionOfType(CurrencyMismatchException.class).isThrownBy(() -> mixed().saying(t ->
                new Totals(t.excludingTax(), t.total(), t.toBalance(), t.prepaid(), t.offset(), t.due(), t.paid(),
                        t.remaining(), dollars)).facts());
    }

    /** 113.00, of which 5.00 of balance, 5.00 of credits, 11.50 of credit notes and 50.00 of payments. */
    private static FactsSample mixed() {
        return FactsSample.hosting("in_1").toBalance("5.00").prepaid("5.00")
                .note("cn_1", "2026-03-04", "10.18", "1.32", uses -> uses.takesOff("11.50"))
                .pays("py_1", "50.00", "2026-03-05");
    }

    private static FactsSample overpaid() {
        return FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "120.00", "2026-03-05").overpaid("7.00");
    }

    /** A note of 10.00 and 1.30. */
    private static InvoiceFacts noted(Money total, Money offset, Money refunded) {
        FactsSample sample = FactsSample.hosting("in_1").note("cn_1", "2026-03-04", "10.00", "1.30",
                uses -> uses.takesOff(offset.amount().toPlainString()));
        InvoiceFacts facts = sample.facts();
        CreditNote note = facts.creditNotes().get(0);
        var wrong = new CreditNote(note.id(), note.number(), note.issuedAt(),
                List.of(new CreditedLine(Optional.of("il_1"), "Growth plan", cad("10.00"))), note.taxes(), total, offset,
                note.toBalance(), refunded, note.outside());
        return new InvoiceFacts(facts.id(), facts.number(), facts.state(), facts.party(), facts.jurisdiction(),
                facts.currency(), facts.issuedAt(), facts.due(), facts.lines(), facts.taxes(), facts.totals(),
                facts.payments(), List.of(wrong), facts.refunds(), facts.writtenOffAt(), facts.settledAt(),
                facts.revisedBy(), facts.unexplained());
    }

    private static Money cad(String amount) {
        return Money.of(Currency.getInstance("CAD"), amount);
    }

    private void assertBooked(FactsSample sample) {
        assertThat(desk.book(sample)).isInstanceOf(Booking.Booked.class);
    }

    private void assertHeld(FactsSample sample, String figures) {
        assertHeld(sample.facts(), figures);
    }

    private void assertHeld(InvoiceFacts facts, String figures) {
        assertThat(desk.book(facts, Desk.POLICY)).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.reason().code()).isEqualTo("sums");
            assertThat(held.reason().text()).contains(figures);
        });
    }
}
