package com.nexasystems.billing.stripe;

import static com.nexasystems.billing.stripe.InvoiceWorld.GST;
import static com.nexasystems.billing.stripe.InvoiceWorld.HST;
import static com.nexasystems.billing.stripe.InvoiceWorld.ISSUED;
import static com.nexasystems.billing.stripe.InvoiceWorld.PAID;
import static com.nexasystems.billing.stripe.InvoiceWorld.QST;
import static com.nexasystems.billing.stripe.InvoiceWorld.VAT;
import static com.nexasystems.billing.stripe.InvoiceWorld.cad;
import static com.nexasystems.billing.stripe.InvoiceWorld.invoice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax.Part;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Taxes, discounts, the customer's balance, payments, refunds and credit notes. */
class StripeInvoiceSumsTest {

    private final InvoiceWorld world = new InvoiceWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private static StripeInvoice of(long amount, StripeInvoice.Rate... rates) {
        return invoice("in_1").line(StripeInvoice.Line.of("8 × Growth", amount).taxed(rates));
    }

    @Test
    void a_tax_has_the_name_and_percentage_of_its_rate() {
        InvoiceFacts facts = world.booked(of(3195, HST));
        assertThat(facts.taxes()).containsExactly(new Tax("HST", Optional.of(new BigDecimal("13")), false, cad("31.95"),
                List.of(new Part(cad("31.95"), cad("4.15"))), cad("4.15")));
        assertThat(facts.totals().total()).isEqualTo(cad("36.10"));
    }

    @Test
    void two_taxes_are_two() {
        InvoiceFacts facts = world.booked(of(10000, GST, QST));
        assertThat(facts.taxes()).extracting(Tax::name).containsExactly("GST", "QST");
        assertThat(facts.taxes()).extracting(Tax::amount).containsExactly(cad("5.00"), cad("9.98"));
    }

    @Test
    void an_included_tax_is_in_the_line_and_in_the_total_already() {
        InvoiceFacts facts = world.booked(of(1200, VAT));
        assertThat(facts.totals().total()).isEqualTo(cad("12.00"));
        assertThat(facts.totals().excludingTax()).isEqualTo(cad("10.00"));
        assertThat(facts.lines().get(0).included()).isEqualTo(cad("2.00"));
        assertThat(facts.taxes().get(0).inclusive()).isTrue();
        assertThat(facts.taxes().get(0).base()).isEqualTo(cad("10.00"));
    }

    @Test
    void the_taxes_of_lines_are_the_parts_of_the_tax() {
        InvoiceFacts facts = world.booked(of(333, HST).line(StripeInvoice.Line.of("Backup", 334).taxed(HST))
                .line(StripeInvoice.Line.of("Untaxed", 100)));
        assertThat(facts.taxes()).hasSize(1);
        assertThat(facts.taxes().get(0).parts()).extracting(Part::base).containsExactly(cad("3.33"), cad("3.34"));
    }

    @Test
    void what_is_not_taxed_is_left_out() {
        StripeInvoice.Rate none = new StripeInvoice.Rate("txr_rc", "VAT", "0", false);
        assertThat(world.booked(of(1000, none)).taxes()).isEmpty();
    }

    @Test
    void the_rate_in_force_goes_before_that_of_the_law() {
        StripeInvoice invoice = of(1000, HST).with("invoice.total_taxes", List.of(Map.of("amount", 130L, "tax_behavior",
                "exclusive", "taxable_amount", 1000L, "taxability_reason", "not_available", "tax_rate_details",
                Map.of("tax_rate", Map.of("id", "txr_hst", "object", "tax_rate", "display_name", " ", "percentage",
                        new BigDecimal("15"), "effective_percentage", new BigDecimal("13.0"))))));
        Tax tax = world.booked(invoice).taxes().get(0);
        assertThat(tax.percent()).contains(new BigDecimal("13.0"));
        assertThat(tax.name()).isEqualTo("txr_hst");
        assertThat(tax.parts()).hasSize(1);
    }

    @Test
    void a_tax_that_does_not_say_on_what_is_refused() {
        assertThatThrownBy(() -> world.read(of(1000, HST).with("invoice.total_taxes", List.of(Map.of("amount", 130L,
                "tax_behavior", "exclusive"))))).isInstanceOf(InvalidValue.class)
                .hasMessage("total_taxes[0].taxable_amount: is missing in Stripe's answer");
    }

    @Test
    void discounts_are_told_by_line() {
        Line line = world.booked(invoice("in_1").line(StripeInvoice.Line.of("Growth", 10000).discounted(2500).taxed(HST)))
                .lines().get(0);
        assertThat(line.amount()).isEqualTo(cad("100.00"));
        assertThat(line.discount()).isEqualTo(cad("25.00"));
        assertThat(line.net()).isEqualTo(cad("75.00"));
    }

    @Test
    void the_tax_of_a_credit_line_is_negative_too() {
        InvoiceFacts facts = world.booked(of(10000, HST).line(StripeInvoice.Line.of("Unused time", -4000).prorated()
                .taxed(HST)));
        assertThat(facts.taxes().get(0).amount()).isEqualTo(cad("7.80"));
        assertThat(facts.taxes().get(0).parts()).extracting(Part::amount).containsExactly(cad("13.00"), cad("-5.20"));
    }

    @Test
    void credit_on_the_balance_pays_a_part() {
        InvoiceFacts facts = world.booked(of(2000).startingBalance(-500).paid(1500, PAID));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("5.00"));
        assertThat(facts.totals().due()).isEqualTo(cad("15.00"));
        assertThat(facts.state()).isEqualTo(State.PAID);
    }

    @Test
    void credit_on_the_balance_pays_all_and_more_stays() {
        InvoiceFacts facts = world.booked(of(2000).startingBalance(-5000));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("20.00"));
        assertThat(facts.totals().due()).isEqualTo(cad("0.00"));
        assertThat(facts.settledAt()).contains(ISSUED);
    }

    @Test
    void what_is_owed_from_before_is_due_with_it() {
        InvoiceFacts facts = world.booked(of(2000).startingBalance(300).paid(2300, PAID));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("-3.00"));
        assertThat(facts.totals().due()).isEqualTo(cad("23.00"));
    }

    @Test
    void a_total_below_zero_is_put_on_the_balance() {
        InvoiceFacts facts = world.booked(of(-2000, HST));
        assertThat(facts.totals().total()).isEqualTo(cad("-22.60"));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("-22.60"));
        assertThat(facts.state()).isEqualTo(State.PAID);
    }

    @Test
    void a_total_that_is_too_small_to_charge_is_owed_from_then_on() {
        InvoiceFacts facts = world.booked(of(30));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("0.30"));
        assertThat(facts.payments()).isEmpty();
        assertThat(facts.state()).isEqualTo(State.PAID);
    }

    @Test
    void an_invoice_of_nothing_is_paid_with_nothing() {
        assertThat(world.booked(of(0)).state()).isEqualTo(State.PAID);
    }

    @Test
    void a_payment_is_of_when_it_succeeded_and_for_what_it_paid_of_this_invoice() {
        InvoiceFacts facts = world.booked(of(2000).attempted(2000, "canceled").paid(2000, PAID).attempted(100, "open"));
        assertThat(facts.payments()).containsExactly(new Payment("inpay_1_1", "stripe", cad("20.00"), PAID));
    }

    @Test
    void partial_payments_leave_the_rest() {
        InvoiceFacts facts = world.booked(of(2000).paid(500, PAID).paid(700, PAID.plusSeconds(60)));
        assertThat(facts.payments()).extracting(Payment::amount).containsExactlyInAnyOrder(cad("5.00"), cad("7.00"));
        assertThat(facts.totals().remaining()).isEqualTo(cad("8.00"));
        assertThat(facts.state()).isEqualTo(State.OPEN);
    }

    @Test
    void charges_of_before_there_were_intents_are_payments_through_stripe() {
        InvoiceFacts facts = world.booked(of(2000).paidByCharge(2000, PAID).refunded(0, 100, PAID, "succeeded"));
        assertThat(facts.payments()).extracting(Payment::provider).containsExactly("stripe");
        assertThat(facts.refunds()).extracting(Refund::amount).containsExactly(cad("1.00"));
    }

    @Test
    void what_was_recorded_to_be_paid_elsewhere_is_outside() {
        InvoiceFacts facts = world.booked(of(2000).paid(500, PAID).paidOutside(1500, PAID));
        assertThat(facts.payments()).extracting(Payment::provider).containsExactlyInAnyOrder("stripe", "outside");
    }

    @Test
    void what_stripe_was_merely_told_to_be_paid_is_one_payment_outside() {
        InvoiceFacts facts = world.booked(of(2000).paid(500, PAID).toldPaid(1500, PAID.plusSeconds(5)));
        assertThat(facts.payments()).contains(new Payment("off-stripe", "outside", cad("15.00"), PAID.plusSeconds(5)))
                .hasSize(2);
    }

    @Test
    void what_was_paid_elsewhere_at_no_time_is_told() {
        assertThat(world.read(of(2000).toldPaid(500, PAID)).unexplained())
                .containsExactly("5.00 CAD were paid outside of Stripe, which does not say when");
    }

    @Test
    void a_payment_of_a_kind_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> world.read(of(2000).paid(2000, PAID).with("payments.0.payment",
                Map.of("type", "crypto_wallet")))).isInstanceOf(InvalidValue.class).hasMessageContaining("crypto_wallet");
        assertThatThrownBy(() -> world.read(of(2000).paid(2000, PAID).with("payments.0.amount_paid", null)))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("payments[0].amount_paid: is missing");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            payments.0.currency                    | usd     | payments[0].currency: is usd
            payments.0.invoice                     | in_9    | payments[0].invoice: is another: in_9
            payments.0.status                      | null    | payments[0].status: is missing
            payments.0.status_transitions          | null    | payments[0].status_transitions.paid_at: is missing
            payments.0.payment                     | null    | payments[0].payment: is missing
            refunds.0.currency                     | usd     | refunds-pi_1_0[0].currency: is usd
            refunds.0.status                       | null    | refunds-pi_1_0[0].status: is missing
            refunds.0.amount                       | null    | refunds-pi_1_0[0].amount: is missing
            refunds.0.created                      | 9999999999999999 | refunds-pi_1_0[0].created: is no
            credit_notes.0.currency                | usd     | credit_notes[0].currency: is usd
            credit_notes.0.invoice                 | in_9    | credit_notes[0].invoice: is another: in_9
            credit_notes.0.status                  | null    | credit_notes[0].status: is missing
            credit_notes.0.status                  | lost    | credit_notes[0].status: is not known: lost
            credit_notes.0.total                   | null    | credit_notes[0].total: is missing
            credit_notes.0.pre_payment_amount      | null    | credit_notes[0].pre_payment_amount: is missing
            credit_notes.0.customer_balance_transaction.amount | null | credit_notes[0].customer_balance_transaction.amount
            credit_notes.0.customer_balance_transaction | cbtxn_1 | credit_notes[0].customer_balance_transaction: is missing
            credit_note_lines.0.0.amount           | null    | credit_notes[0].lines[0].amount: is missing
            """)
    void what_is_not_as_it_should_be_is_refused_by_its_name(String path, String value, String said) {
        StripeInvoice invoice = of(2000).paid(2000, PAID).refunded(0, 500, PAID, "succeeded")
                .credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 700)).refunding(0, 500));
        assertThatThrownBy(() -> world.read(invoice.with(path, value))).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(said);
    }

    @Test
    void what_is_paid_too_much_is_told_as_that() {
        InvoiceFacts facts = world.booked(of(2000).paid(2500, PAID));
        assertThat(facts.totals().overpaid()).isEqualTo(cad("5.00"));
        assertThat(facts.totals().remaining()).isEqualTo(cad("0.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "requires_action", "failed", "canceled"})
    void a_refund_that_has_not_arrived_is_left_out(String status) {
        assertThat(world.booked(of(2000).paid(2000, PAID).refunded(0, 500, PAID, status)).refunds()).isEmpty();
    }

    @Test
    void a_refund_leaves_the_invoice_as_it_was() {
        InvoiceFacts facts = world.booked(of(2000).paid(2000, PAID).refunded(0, 500, PAID.plusSeconds(9), "succeeded"));
        assertThat(facts.refunds()).containsExactly(new Refund("re_1_0", "stripe", cad("5.00"), PAID.plusSeconds(9), false));
        assertThat(facts.totals().paid()).isEqualTo(cad("20.00"));
        assertThat(facts.state()).isEqualTo(State.PAID);
    }

    @Test
    void a_refund_of_a_payment_that_has_also_paid_another_invoice_is_told_and_not_counted_twice() {
        world.stripe.put(invoice("in_2").line(StripeInvoice.Line.of("Other", 700)).paid(700, PAID, "pi_shared"));
        InvoiceFacts facts = world.read(of(2000).paid(2000, PAID, "pi_shared").refunded(0, 500, PAID, "succeeded"));
        assertThat(facts.refunds()).isEmpty();
        assertThat(facts.unexplained()).containsExactly(
                "re_1_0 refunds 5.00 CAD of a payment that has also paid in_2");
    }

    @Test
    void unless_a_credit_note_says_that_it_is_for_this_one() {
        world.stripe.put(invoice("in_2").line(StripeInvoice.Line.of("Other", 700)).paid(700, PAID, "pi_shared"));
        InvoiceFacts facts = world.booked(of(2000).paid(2000, PAID, "pi_shared").refunded(0, 500, PAID, "succeeded")
                .credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)).refunding(0, 500)));
        assertThat(facts.refunds()).extracting(Refund::amount).containsExactly(cad("5.00"));
    }

    @Test
    void a_refund_of_an_overpaid_invoice_is_told() {
        assertThat(world.read(of(2000).paid(2500, PAID).refunded(0, 500, PAID, "succeeded")).unexplained())
                .containsExactly("re_1_0 refunds 5.00 CAD of an overpaid invoice, and Stripe does not say whether of what "
                        + "was too much");
    }

    @Test
    void a_credit_note_before_payment_lowers_what_is_due() {
        InvoiceFacts facts = world.booked(of(2000, HST).credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)))
                .paid(1695, PAID.plusSeconds(60)));
        assertThat(facts.totals().offset()).isEqualTo(cad("5.65"));
        assertThat(facts.totals().total()).isEqualTo(cad("22.60"));
        assertThat(facts.totals().due()).isEqualTo(cad("16.95"));
        CreditNote note = facts.creditNotes().get(0);
        assertThat(note.lines().get(0).line()).contains("il_1_0");
        assertThat(note.lines().get(0).net()).isEqualTo(cad("5.00"));
        assertThat(note.taxes().get(0).name()).isEqualTo("HST");
        assertThat(note.taxes().get(0).amount()).isEqualTo(cad("0.65"));
    }

    @Test
    void a_credit_note_may_settle_an_invoice_without_any_payment() {
        InvoiceFacts facts = world.booked(of(2000, VAT).credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 2000))));
        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.settledAt()).contains(PAID);
        assertThat(facts.totals().paid()).isEqualTo(cad("0.00"));
        assertThat(facts.creditNotes().get(0).offset()).isEqualTo(cad("20.00"));
    }

    @Test
    void a_credit_note_after_payment_says_what_became_of_it() {
        InvoiceFacts facts = world.booked(of(2000).paid(2000, PAID).refunded(0, 300, PAID, "succeeded")
                .credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 1000), Credited.custom("Goodwill", 100))
                        .refunding(0, 300).outside(200)));
        CreditNote note = facts.creditNotes().get(0);
        assertThat(note.offset()).isEqualTo(cad("0.00"));
        assertThat(note.refunded()).isEqualTo(cad("3.00"));
        assertThat(note.outside()).isEqualTo(cad("2.00"));
        assertThat(note.toBalance()).isEqualTo(cad("6.00"));
        assertThat(note.lines().get(1).line()).isEmpty();
        assertThat(facts.totals().paid()).isEqualTo(cad("20.00"));
    }

    @Test
    void a_credit_note_may_be_both() {
        CreditNote note = world.booked(of(2000).paid(500, PAID).credit(StripeInvoice.CreditNote.of(PAID,
                Credited.of(0, 1800)))).creditNotes().get(0);
        assertThat(note.offset()).isEqualTo(cad("15.00"));
        assertThat(note.toBalance()).isEqualTo(cad("3.00"));
    }

    @Test
    void a_credit_note_that_was_voided_is_left_out() {
        InvoiceFacts facts = world.booked(of(2000).credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)).voided()));
        assertThat(facts.creditNotes()).isEmpty();
        assertThat(facts.totals().offset()).isEqualTo(cad("0.00"));
    }

    @Test
    void a_refund_recorded_elsewhere_is_outside() {
        InvoiceFacts facts = world.booked(of(2000).paidOutside(2000, PAID).credit(StripeInvoice.CreditNote.of(PAID,
                Credited.of(0, 500)).outside(500)).with("credit_notes.0.out_of_band_amount", 0L)
                .with("credit_notes.0.refunds", List.of(Map.of("amount_refunded", 500L, "type", "payment_record_refund",
                        "payment_record_refund", Map.of("payment_record", "pr_1", "refund_group", "rg_1")))));
        assertThat(facts.creditNotes().get(0).outside()).isEqualTo(cad("5.00"));
        assertThat(facts.creditNotes().get(0).refunded()).isEqualTo(cad("0.00"));
    }

    @Test
    void a_credit_note_of_many_lines_is_read_to_the_end() {
        StripeInvoice invoice = invoice("in_1");
        Credited[] credited = new Credited[120];
        for (int i = 0; i < credited.length; i++) {
            invoice.line(StripeInvoice.Line.of("Line " + i, 100 + i).taxed(GST));
            credited[i] = Credited.of(i, 50 + i);
        }
        InvoiceFacts facts = world.booked(invoice.credit(StripeInvoice.CreditNote.of(PAID, credited)));
        assertThat(facts.creditNotes().get(0).lines()).hasSize(120);
    }

    @Test
    void more_credit_notes_and_payments_than_a_page_are_read_to_the_end() {
        StripeInvoice invoice = of(100_000);
        for (int i = 0; i < 130; i++) {
            invoice.credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 10 + i))).paid(100 + i, PAID.plusSeconds(i));
        }
        InvoiceFacts facts = world.booked(invoice);
        assertThat(facts.creditNotes()).hasSize(130);
        assertThat(facts.payments()).hasSize(130);
    }

    @Test
    void a_discount_and_an_included_tax_of_a_credit_note_are_taken_off_its_line() {
        CreditNote note = world.booked(invoice("in_1").line(StripeInvoice.Line.of("Growth", 3000).discounted(600).taxed(VAT))
                .credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 1500).discounted(300)))).creditNotes().get(0);
        assertThat(note.total()).isEqualTo(cad("12.00"));
        assertThat(note.lines().get(0).net()).isEqualTo(cad("10.00"));
        assertThat(note.taxes().get(0).amount()).isEqualTo(cad("2.00"));
    }

    @Test
    void what_of_a_credit_note_cannot_be_booked_is_told() {
        StripeInvoice credited = of(2000).credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)));
        assertThat(world.read(credited.with("credit_notes.0.shipping_cost", Map.of("amount_total", 5L))).unexplained())
                .containsExactly("credit note cn_1_0 gives back shipping, which is no line");
        assertThat(world.read(of(2000).credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)))
                .with("credit_note_lines.0.0.pretax_credit_amounts", List.of(Map.of("type", "credit_balance_transaction",
                        "amount", 5L)))).unexplained())
                .containsExactly("credit note cn_1_0 gives back credits of a credit grant");
    }

    @Test
    void a_refund_of_a_credit_note_that_is_of_no_payment_of_the_invoice_is_told() {
        assertThat(world.read(of(2000).paid(2000, PAID).refunded(0, 500, PAID, "succeeded")
                .credit(StripeInvoice.CreditNote.of(PAID, Credited.of(0, 500)).refunding(7, 500))).unexplained())
                .containsExactly("a credit note refunds 5.00 CAD with re_1_7, which is no refund of a payment of this "
                        + "invoice");
    }

    @Test
    void credit_notes_that_are_missing_in_the_list_are_told() {
        assertThat(world.read(of(2000).with("invoice.post_payment_credit_notes_amount", 700L)).unexplained())
                .containsExactly("credit notes after payment come to 0.00 CAD, and are stated as 7.00 CAD");
    }

    @Test
    void nothing_is_made_right_that_is_wrong_at_its_source() {
        InvoiceFacts facts = world.read(of(2000, HST).with("invoice.total", 2261L));
        assertThat(facts.totals().total()).isEqualTo(cad("22.61"));
        assertThat(facts.totals().excludingTax()).isEqualTo(cad("20.00"));
        assertThat(facts.taxes().get(0).amount()).isEqualTo(cad("2.60"));
    }
}
