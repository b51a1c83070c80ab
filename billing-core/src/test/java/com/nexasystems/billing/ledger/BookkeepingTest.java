package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Booking.Held;
import com.nexasystems.billing.ledger.Booking.Skipped;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every kind of invoice, and what it is in the books. */
class BookkeepingTest {

    private static final String INVOICED =
            "2026-03-02 invoice: receivable 113.00, tax:HST-ON -13.00, revenue:hosting -100.00";

    private final Desk desk = new Desk();

    // --- issued, paid

    @Test
    void an_open_invoice_is_owed() {
        assertBooked(FactsSample.hosting("in_1"), false, INVOICED);
    }

    @Test
    void a_paid_invoice_is_settled_with_the_provider() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "113.00", "2026-03-05"), true, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 113.00, receivable -113.00");
    }

    @Test
    void what_is_paid_in_part_leaves_the_rest_owed() {
        assertBooked(FactsSample.hosting("in_1").pays("py_1", "100.00", "2026-03-05"), false, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 100.00, receivable -100.00");
        assertThat(receivable(FactsSample.hosting("in_1").pays("py_1", "100.00", "2026-03-05"))).isEqualTo("13.00");
    }

    @Test
    void money_that_the_source_was_only_told_of_is_cleared_outside() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "63.00", "2026-03-05")
                        .pays("py_2", "outside", "50.00", "2026-03-06"), true, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 63.00, receivable -63.00",
                "2026-03-06 payment py_2: clearing:outside 50.00, receivable -50.00");
    }

    @Test
    void what_is_overpaid_is_put_on_the_balance_with_the_payment_that_was_too_much() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "100.00", "2026-03-05")
                        .pays("py_2", "20.00", "2026-03-06").overpaid("7.00"), true, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 100.00, receivable -100.00",
                "2026-03-06 payment py_2: clearing:stripe 20.00, receivable -20.00",
                "2026-03-06 overpayment py_2: receivable 7.00, customer-balance -7.00");
    }

    @Test
    void a_payment_that_comes_later_changes_no_entry_that_is_there() {
        List<List<JournalEntry>> told = List.of(
                entries(FactsSample.hosting("in_1")),
                entries(FactsSample.hosting("in_1").pays("py_1", "60.00", "2026-03-05")),
                entries(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "60.00", "2026-03-05")
                        .pays("py_2", "60.00", "2026-03-06").overpaid("7.00")),
                entries(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "60.00", "2026-03-05")
                        .pays("py_2", "60.00", "2026-03-06").pays("py_3", "60.00", "2026-03-07").overpaid("67.00")));
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i)).containsAll(told.get(i - 1));
        }
    }

    @Test
    void a_surplus_is_refunded_from_the_balance() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "120.00", "2026-03-05").overpaid("7.00")
                        .refundOfSurplus("re_1", "7.00", "2026-03-09"), true, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 120.00, receivable -120.00",
                "2026-03-05 overpayment py_1: receivable 7.00, customer-balance -7.00",
                "2026-03-09 refund re_1: clearing:stripe -7.00, customer-balance 7.00");
    }

    @Test
    void a_refund_without_a_credit_note_leaves_it_owed_again() {
        FactsSample refunded = FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "113.00", "2026-03-05")
                .refund("re_1", "113.00", "2026-03-09");
        assertBooked(refunded, false, INVOICED, "2026-03-05 payment py_1: clearing:stripe 113.00, receivable -113.00",
                "2026-03-09 refund re_1: clearing:stripe -113.00, receivable 113.00");
    }

    @Test
    void days_are_those_of_the_books_calendar() {
        assertBooked(FactsSample.hosting("in_1").issuedAt(Instant.parse("2026-03-01T04:59:59Z")), false,
                INVOICED.replace("2026-03-02", "2026-02-28"));
        assertBooked(FactsSample.hosting("in_1").issuedAt(Instant.parse("2026-03-01T05:00:00Z")), false,
                INVOICED.replace("2026-03-02", "2026-03-01"));
    }

    // --- not booked

    @Test
    void a_draft_is_not_booked_yet() {
        assertSkipped(FactsSample.hosting("in_1").is(State.DRAFT).issued(""), "draft", false);
    }

    @Test
    void a_void_invoice_is_not_booked() {
        assertSkipped(FactsSample.hosting("in_1").is(State.VOID), "void", true);
    }

    @Test
    void a_revised_invoice_is_counted_once() {
        Booking old = desk.book(FactsSample.hosting("in_1").is(State.VOID).revisedBy("in_2"));
        assertThat(((Skipped) old).reason().text()).isEqualTo("it was replaced by in_2");
        assertBooked(FactsSample.hosting("in_2"), false, INVOICED);
    }

    @Test
    void an_invoice_of_nothing_is_not_booked() {
        assertSkipped(FactsSample.of("in_1").is(State.PAID).line("Growth plan", "0.00"), "zero", true);
        assertSkipped(FactsSample.of("in_1").is(State.PAID), "zero", true);
        assertSkipped(FactsSample.of("in_1").is(State.PAID).line("Growth plan", "20.00", "20.00", "0"), "zero", true);
    }

    @Test
    void lines_that_make_up_for_each_other_are_nothing_together() {
        assertSkipped(FactsSample.of("in_1").is(State.PAID)
                .proration("Unused time on Starter after 2 Mar 2026", "", "-20.00")
                .proration("Remaining time on Starter after 2 Mar 2026", "", "20.00"), "zero", true);
    }

    @Test
    void nothing_that_was_paid_for_is_held() {
        for (State state : List.of(State.DRAFT, State.VOID)) {
            assertHeld(FactsSample.hosting("in_1").is(state).pays("py_1", "113.00", "2026-03-05"), "paid-though-nothing",
                    "although it is " + state.code());
        }
        assertHeld(FactsSample.of("in_1").is(State.PAID).pays("py_1", "1.00", "2026-03-05").overpaid("1.00"),
                "paid-though-nothing", "an invoice of nothing");
    }

    @Test
    void what_the_source_cannot_explain_is_held_in_its_words() {
        assertHeld(FactsSample.hosting("in_1").unexplained("the dispute was lost", "it is self-billed"), "unexplained",
                "the dispute was lost; it is self-billed");
    }

    @Test
    void an_issued_invoice_without_a_date_is_held() {
        assertHeld(FactsSample.hosting("in_1").issued(""), "date", "it is open, and has no date of issue");
        assertHeld(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE), "date", "does not say since when");
    }

    // --- written off

    @Test
    void what_is_uncollectible_is_bad_debt() {
        assertBooked(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE).writtenOff("2026-05-01"), false, INVOICED,
                "2026-05-01 write-off: receivable -113.00, bad-debt 113.00");
    }

    @Test
    void of_what_was_paid_in_part_the_rest_is_bad_debt() {
        assertBooked(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE).pays("py_1", "100.00", "2026-03-05")
                        .writtenOff("2026-05-01"), false, INVOICED,
                "2026-03-05 payment py_1: clearing:stripe 100.00, receivable -100.00",
                "2026-05-01 write-off: receivable -13.00, bad-debt 13.00");
    }

    @Test
    void what_is_paid_after_it_was_given_up_is_recovered() {
        FactsSample paid = FactsSample.hosting("in_1").is(State.PAID).writtenOff("2026-05-01")
                .pays("py_1", "100.00", "2026-05-02").pays("py_2", "20.00", "2026-05-03").overpaid("7.00");
        assertBooked(paid, true, INVOICED,
                "2026-05-02 payment py_1: clearing:stripe 100.00, receivable -100.00",
                "2026-05-03 payment py_2: clearing:stripe 20.00, receivable -20.00",
                "2026-05-03 overpayment py_2: receivable 7.00, customer-balance -7.00",
                "2026-05-01 write-off: receivable -113.00, bad-debt 113.00",
                "2026-05-02 recovery payment/py_1: receivable 100.00, bad-debt -100.00",
                "2026-05-03 recovery payment/py_2: receivable 13.00, bad-debt -13.00");
        assertThat(entries(paid)).containsAll(entries(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE)
                .writtenOff("2026-05-01")));
    }

    @Test
    void what_is_paid_in_that_very_moment_is_not_given_up() {
        assertBooked(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE).pays("py_1", "100.00", "2026-05-01")
                        .writtenOff("2026-05-01"), false, INVOICED,
                "2026-05-01 payment py_1: clearing:stripe 100.00, receivable -100.00",
                "2026-05-01 write-off: receivable -13.00, bad-debt 13.00");
    }

    @Test
    void what_a_credit_note_takes_off_afterwards_is_no_bad_debt() {
        assertBooked(FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE).writtenOff("2026-05-01")
                        .note("cn_1", "2026-05-02", "50.00", "6.50", uses -> uses.takesOff("56.50")), false, INVOICED,
                "2026-05-02 credit-note cn_1: receivable -56.50, tax:HST-ON 6.50, revenue:hosting 50.00",
                "2026-05-01 write-off: receivable -113.00, bad-debt 113.00",
                "2026-05-02 recovery credit-note/cn_1: receivable 56.50, bad-debt -56.50");
    }

    @Test
    void what_is_refunded_with_a_note_after_it_was_given_up_leaves_what_the_source_says() {
        FactsSample mixed = FactsSample.hosting("in_1").is(State.UNCOLLECTIBLE).writtenOff("2026-05-01")
                .pays("py_1", "56.50", "2026-05-02")
                .note("cn_1", "2026-05-03", "50.00", "6.50", uses -> uses.refunds("56.50"))
                .refund("re_1", "56.50", "2026-05-04");
        assertThat(on(mixed, LedgerAccount.BAD_DEBT)).isEqualTo("56.50");
        assertThat(receivable(mixed)).isEqualTo("0.00");
    }

    @Test
    void what_takes_effect_after_it_was_given_up_is_bad_debt_all_the_same() {
        FactsSample late = FactsSample.hosting("in_1").issued("2026-06-01").is(State.UNCOLLECTIBLE)
                .writtenOff("2026-05-01");
        assertThat(receivable(late)).isEqualTo("0.00");
    }

    // --- balance and credits

    @Test
    void the_balance_pays() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID).toBalance("13.00").pays("py_1", "100.00", "2026-03-05"),
                true, INVOICED, "2026-03-02 balance: receivable -13.00, customer-balance 13.00",
                "2026-03-05 payment py_1: clearing:stripe 100.00, receivable -100.00");
    }

    @Test
    void what_is_below_the_minimum_charge_is_owed_on_the_balance() {
        assertBooked(FactsSample.of("in_1").is(State.PAID).line("Growth plan", "0.30").toBalance("0.30"), true,
                "2026-03-02 invoice: receivable 0.30, revenue:hosting -0.30",
                "2026-03-02 balance: receivable -0.30, customer-balance 0.30");
    }

    @Test
    void a_total_below_zero_is_put_on_the_balance() {
        assertBooked(FactsSample.of("in_1").is(State.PAID)
                        .proration("Unused time on Growth after 2 Mar 2026", "", "-100.00").tax("HST", "13", "-13.00")
                        .toBalance("-113.00"), true,
                "2026-03-02 invoice: receivable -113.00, tax:HST-ON 13.00, revenue:hosting 100.00",
                "2026-03-02 balance: receivable 113.00, customer-balance -113.00");
    }

    @Test
    void credits_are_owed_until_they_pay() {
        assertBooked(FactsSample.of("in_1").prepaidLine("1 000 credits", "100.00"), false,
                "2026-03-02 invoice: receivable 100.00, prepaid -100.00");
        assertBooked(FactsSample.hosting("in_2").is(State.PAID).prepaid("113.00"), true, INVOICED,
                "2026-03-02 prepaid: receivable -113.00, prepaid 113.00");
    }

    // --- lines and taxes

    @Test
    void a_proration_up_and_down_is_revenue_of_what_it_prorates() {
        assertBooked(FactsSample.of("in_1").proration("Unused time on Starter after 2 Mar 2026", "", "-8.00")
                        .proration("Remaining time on Managed database after 2 Mar 2026", "", "25.00")
                        .tax("HST", "13", "2.21"),
                false, "2026-03-02 invoice: receivable 19.21, tax:HST-ON -2.21, revenue:hosting 8.00,"
                        + " revenue:managed -25.00");
    }

    @Test
    void tax_that_is_contained_in_the_price_is_not_revenue() {
        assertBooked(FactsSample.of("in_1").line("Growth plan", "113.00", "0", "13.00").included("HST", "13", "13.00"),
                false, INVOICED);
    }

    @Test
    void two_taxes_stand_on_two_accounts() {
        assertBooked(FactsSample.of("in_1").from("CA-QC").line("Growth plan", "100.00").tax("GST", "5", "5.00")
                        .tax("QST", "9.975", "9.98"), false,
                "2026-03-02 invoice: receivable 114.98, tax:GST -5.00, tax:QST -9.98, revenue:hosting -100.00");
    }

    @Test
    void two_taxes_that_are_told_as_one_sum_stand_on_two_accounts_too() {
        assertBooked(FactsSample.of("in_1").from("CA-QC").line("Growth plan", "100.00").tax("GST/QST", "14.975", "14.98"),
                false, "2026-03-02 invoice: receivable 114.98, tax:GST -5.00, tax:QST -9.98, revenue:hosting -100.00");
    }

    @Test
    void discounts_are_no_revenue() {
        assertBooked(FactsSample.of("in_1").line("Growth plan", "100.00", "20.00", "0").line("Backup", "10.00", "2.00", "0")
                        .tax("HST", "13", "11.44"), false,
                "2026-03-02 invoice: receivable 99.44, tax:HST-ON -11.44, revenue:add-ons -8.00, revenue:hosting -80.00");
    }

    @Test
    void currencies_have_their_own_minor_units() {
        assertBooked(FactsSample.of("in_1").in("JPY").from("").line("Growth plan", "1200"), false,
                "2026-03-02 invoice: receivable 1200, revenue:hosting -1200");
        assertBooked(FactsSample.of("in_1").in("KWD").from("").line("Growth plan", "1.230").pays("py_1", "1.230",
                        "2026-03-05").is(State.PAID), true,
                "2026-03-02 invoice: receivable 1.230, revenue:hosting -1.230",
                "2026-03-05 payment py_1: clearing:stripe 1.230, receivable -1.230");
        assertBooked(FactsSample.of("in_1").in("ISK").line("Growth plan", "1000").tax("HST", "13", "130"), false,
                "2026-03-02 invoice: receivable 1130, tax:HST-ON -130, revenue:hosting -1000");
    }

    // --- credit notes

    @Test
    void a_credit_note_before_payment_is_owed_no_more() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID)
                        .note("cn_1", "2026-03-04", "50.00", "6.50", uses -> uses.takesOff("56.50"))
                        .pays("py_1", "56.50", "2026-03-05"), true, INVOICED,
                "2026-03-04 credit-note cn_1: receivable -56.50, tax:HST-ON 6.50, revenue:hosting 50.00",
                "2026-03-05 payment py_1: clearing:stripe 56.50, receivable -56.50");
    }

    @Test
    void a_credit_note_can_close_an_invoice() {
        assertBooked(FactsSample.hosting("in_1").is(State.PAID)
                        .note("cn_1", "2026-03-04", "100.00", "13.00", uses -> uses.takesOff("113.00")), true, INVOICED,
                "2026-03-04 credit-note cn_1: receivable -113.00, tax:HST-ON 13.00, revenue:hosting 100.00");
    }

    @Test
    void a_credit_note_after_payment_goes_to_the_balance_is_refunded_or_given_back_outside() {
        assertBooked(paid().note("cn_1", "2026-03-09", "50.00", "6.50",
                        uses -> uses.puts("20.00").refunds("30.00").givesOutside("6.50"))
                        .refund("re_1", "30.00", "2026-03-10"), true, INVOICED,
                "2026-03-09 credit-note cn_1: clearing:outside -6.50, receivable -30.00, customer-balance -20.00,"
                        + " tax:HST-ON 6.50, revenue:hosting 50.00",
                "2026-03-05 payment py_1: clearing:stripe 113.00, receivable -113.00",
                "2026-03-10 refund re_1: clearing:stripe -30.00, receivable 30.00");
    }

    @Test
    void what_a_note_promises_to_refund_is_owed_to_the_customer_until_it_has_arrived() {
        FactsSample underWay = paid().note("cn_1", "2026-03-09", "50.00", "6.50", uses -> uses.refunds("56.50"));
        assertThat(receivable(underWay)).isEqualTo("-56.50");
        assertThat(((Booked) desk.book(underWay)).settled()).isFalse();
    }

    @Test
    void a_mixed_note_takes_off_what_is_open_and_gives_back_what_was_paid() {
        FactsSample mixed = FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "63.00", "2026-03-05")
                .note("cn_1", "2026-03-09", "100.00", "13.00", uses -> uses.takesOff("50.00").puts("63.00"));
        assertBooked(mixed, true, INVOICED,
                "2026-03-09 credit-note cn_1: receivable -50.00, customer-balance -63.00, tax:HST-ON 13.00,"
                        + " revenue:hosting 100.00",
                "2026-03-05 payment py_1: clearing:stripe 63.00, receivable -63.00");
    }

    @Test
    void a_note_for_no_line_has_the_family_of_its_text() {
        FactsSample custom = paid().note("cn_1", "2026-03-09",
                List.of(new CreditedLine(Optional.empty(), "Sorry for the outage of your Managed database",
                        FactsSample.of("x").money("10.00"))), List.of(), uses -> uses.puts("10.00"));
        assertBooked(custom, true, INVOICED, "2026-03-09 credit-note cn_1: customer-balance -10.00, revenue:managed 10.00",
                "2026-03-05 payment py_1: clearing:stripe 113.00, receivable -113.00");
    }

    @Test
    void what_a_note_gives_back_of_credits_is_not_revenue() {
        FactsSample sold = FactsSample.of("in_1").is(State.PAID).prepaidLine("1 000 credits", "100.00")
                .pays("py_1", "100.00", "2026-03-05")
                .note("cn_1", "2026-03-09", "40.00", "0", uses -> uses.puts("40.00"));
        assertThat(on(sold, LedgerAccount.PREPAID)).isEqualTo("-60.00");
    }

    @Test
    void a_note_taxes_at_the_rate_of_its_invoice() {
        assertBooked(FactsSample.of("in_1").from("CA-NS").issued("2025-03-31").is(State.PAID).line("Growth plan", "100.00")
                        .tax("HST", "15", "15.00").pays("py_1", "115.00", "2025-03-31")
                        .note("cn_1", "2025-04-02", "0.33", "0.05", uses -> uses.puts("0.38")), true,
                "2025-03-31 invoice: receivable 115.00, tax:HST-NS -15.00, revenue:hosting -100.00",
                "2025-04-02 credit-note cn_1: customer-balance -0.38, tax:HST-NS 0.05, revenue:hosting 0.33",
                "2025-03-31 payment py_1: clearing:stripe 115.00, receivable -115.00");
    }

    @Test
    void a_note_splits_a_sum_of_taxes_as_its_invoice_does() {
        assertBooked(FactsSample.of("in_1").from("CA-QC").is(State.PAID).line("Growth plan", "31.95")
                        .tax("GST/QST", "14.975", "4.78").pays("py_1", "36.73", "2026-03-05")
                        .note("cn_1", "2026-03-06", "31.95", "4.78", uses -> uses.puts("36.73")), true,
                "2026-03-02 invoice: receivable 36.73, tax:GST -1.60, tax:QST -3.18, revenue:hosting -31.95",
                "2026-03-06 credit-note cn_1: customer-balance -36.73, tax:GST 1.60, tax:QST 3.18, revenue:hosting 31.95",
                "2026-03-05 payment py_1: clearing:stripe 36.73, receivable -36.73");
    }

    @Test
    void the_tax_of_a_note_need_not_be_rounded_as_if_it_stood_alone() {
        assertThat(entries(paid().note("cn_1", "2026-03-09", "1.00", "0.14", uses -> uses.puts("1.14"))))
                .extracting(Desk::said).contains("2026-03-09 credit-note cn_1: customer-balance -1.14, tax:HST-ON 0.14,"
                        + " revenue:hosting 1.00");
        assertThat(entries(FactsSample.of("in_1").from("CA-QC").is(State.PAID).line("Growth plan", "31.95")
                .tax("GST/QST", "14.975", "4.78").pays("py_1", "36.73", "2026-03-05")
                .note("cn_1", "2026-03-06", "10.00", "1.51", uses -> uses.puts("11.51")))).extracting(Desk::said)
                .contains("2026-03-06 credit-note cn_1: customer-balance -11.51, tax:GST 0.51, tax:QST 1.00,"
                        + " revenue:hosting 10.00");
    }

    @Test
    void a_note_of_a_tax_that_the_invoice_does_not_have_needs_a_rate_of_its_own() {
        FactsSample sample = paid();
        FactsSample odd = sample.note("cn_1", "2026-03-09", List.of(new CreditedLine(Optional.of("il_1"), "Growth plan",
                        sample.money("10.00"))), List.of(sample.taxOf("VAT", "17", false, sample.money("10.00"), "1.70")),
                uses -> uses.puts("11.70"));
        assertHeld(odd, "tax", "tax VAT of 17 % 1.70 CAD on 10.00 CAD is what no configured rate comes to");
    }

    // --- what cannot be stored

    @Test
    void what_the_journal_could_not_keep_is_held_and_not_thrown() {
        assertHeld(FactsSample.hosting("in_1").to(" ", "Nobody"), "unreadable", "party: is mandatory");
        assertHeld(FactsSample.hosting("in_1").pays("py#1", "113.00", "2026-03-05").is(State.PAID), "unreadable",
                "must not contain #");
        assertHeld(FactsSample.hosting("in_1").pays("py_1", "", "113.00", "2026-03-05").is(State.PAID), "unreadable",
                "account: is mandatory");
    }

    @Test
    void what_a_source_names_twice_is_held() {
        assertHeld(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "56.50", "2026-03-05")
                .pays("py_1", "56.50", "2026-03-06"), "twice", "in_1#payment#py_1#1");
    }

    @Test
    void it_is_pure() {
        FactsSample sample = paid().note("cn_1", "2026-03-09", "50.00", "6.50", uses -> uses.puts("56.50"));
        assertThat(desk.book(sample)).isEqualTo(desk.book(sample)).isEqualTo(new Desk().book(sample));
    }

    private static FactsSample paid() {
        return FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "113.00", "2026-03-05");
    }

    private List<JournalEntry> entries(FactsSample sample) {
        Booking booking = desk.book(sample);
        assertThat(booking).isInstanceOf(Booked.class);
        return ((Booked) booking).entries();
    }

    private String receivable(FactsSample sample) {
        return on(sample, LedgerAccount.RECEIVABLE);
    }

    private String on(FactsSample sample, LedgerAccount account) {
        return entries(sample).stream().map(entry -> entry.on(account, sample.facts().currency()).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add).toPlainString();
    }

    private void assertBooked(FactsSample sample, boolean settled, String... entries) {
        assertThat(entries(sample)).extracting(Desk::said).containsExactlyInAnyOrder(entries);
        assertThat(((Booked) desk.book(sample)).settled()).isEqualTo(settled);
    }

    private void assertSkipped(FactsSample sample, String reason, boolean settled) {
        assertThat(desk.book(sample)).isInstanceOfSatisfying(Skipped.class, skipped -> {
            assertThat(skipped.reason().code()).isEqualTo(reason);
            assertThat(skipped.settled()).isEqualTo(settled);
        });
    }

    private void assertHeld(FactsSample sample, String reason, String text) {
        assertThat(desk.book(sample)).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.reason().code()).isEqualTo(reason);
            assertThat(held.reason().text()).contains(text);
        });
    }
}
