package com.nexasystems.billing.http;

import static com.nexasystems.billing.http.LagoFixture.MARCH;
import static com.nexasystems.billing.http.LagoFixture.cad;
import static com.nexasystems.billing.http.LagoFixture.taxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.lago.LagoFault;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of each kind of invoice. */
class LagoInvoicesTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

    private final LagoFixture fixture = LagoFixture.opened();
    private final FakeLago lago = fixture.lago;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_subscription_that_was_paid() {
        String id = lago.issue(taxed().fee("subscription", "growth", "Growth", 10_000, "HST-ON")
                .fee("charge", "cpu", "CPU hours", 2_550, "HST-ON"));
        lago.changeTax(id, 0, "tax_rate", new BigDecimal("13.0"));
        String payment = lago.pay(id, 14_182, NOON);

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.id()).isEqualTo("lago:" + id);
        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.number()).contains("LAG-1234-001-001");
        assertThat(facts.party().name()).isEqualTo("acme Ltd.");
        assertThat(facts.jurisdiction()).contains(new Jurisdiction("CA-ON"));
        assertThat(facts.issuedAt()).contains(Instant.parse("2026-03-01T05:00:00Z"));
        assertThat(facts.due()).contains(LocalDate.of(2026, 3, 31));
        assertThat(facts.lines()).extracting(Line::description).containsExactly("Growth", "CPU hours");
        assertThat(facts.lines()).extracting(Line::item).containsExactly(Optional.of("growth"), Optional.of("cpu"));
        assertThat(facts.lines()).extracting(Line::sale).containsOnly(Sale.SERVICE);
        assertThat(facts.taxes()).containsExactly(new Tax("HST-ON", Optional.of(new BigDecimal("13")), false, cad("125.50"),
                List.of(), cad("16.32")));
        assertThat(facts.totals().total()).isEqualTo(cad("141.82"));
        assertThat(facts.payments()).containsExactly(new Payment(payment, "lago", cad("141.82"), NOON));
        assertThat(facts.settledAt()).contains(NOON);
    }

    @Test
    void coupons_are_taken_off_the_fees_to_the_cent() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 100, "HST-ON").fee("charge", "b", "B", 100, "HST-ON")
                .fee("charge", "c", "C", 100, "HST-ON").coupons(100));

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.lines()).extracting(Line::discount).containsExactly(cad("0.34"), cad("0.33"), cad("0.33"));
        assertThat(facts.totals().excludingTax()).isEqualTo(cad("2.00"));
    }

    @Test
    void what_lago_has_rounded_itself_is_taken_if_it_adds_up() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 1_000).fee("charge", "b", "B", 1_000).coupons(150));
        lago.changeFee(id, 0, "sub_total_excluding_taxes_amount_cents", 900);
        lago.changeFee(id, 1, "sub_total_excluding_taxes_amount_cents", 950);

        assertThat(fixture.wholeFacts(id).lines()).extracting(Line::discount).containsExactly(cad("1.00"), cad("0.50"));
    }

    @Test
    void coupons_of_which_the_fees_say_nothing_are_unexplained() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 1_000).coupons(150));
        lago.changeFee(id, 0, "sub_total_excluding_taxes_amount_cents", 1_000);
        lago.changeFee(id, 0, "precise_coupons_amount_cents", "20.0");

        assertThat(fixture.facts(id).unexplained()).singleElement().asString().contains("1.50 CAD is taken off");
    }

    @Test
    void progressive_credit_is_taken_off_the_charges() {
        String id = lago.issue(taxed().fee("subscription", "growth", "Growth", 5_000, "HST-ON")
                .fee("charge", "cpu", "CPU hours", 7_000, "HST-ON").progressive(3_000));

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.lines()).extracting(Line::net).containsExactly(cad("50.00"), cad("40.00"));
    }

    @Test
    void a_progressive_credit_that_the_fees_have_less_of_is_taken_off_where_they_have_it() {
        String id = lago.issue(taxed().fee("subscription", "growth", "Growth", 5_000).fee("charge", "cpu", "CPU", 5_000)
                .progressive(3_000));
        lago.changeFee(id, 1, "precise_coupons_amount_cents", "1500.0");
        lago.changeFee(id, 1, "sub_total_excluding_taxes_amount_cents", 3_500);

        assertThat(fixture.wholeFacts(id).lines()).extracting(Line::net).containsExactly(cad("50.00"), cad("20.00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"add_on", "one_off", "progressive_billing"})
    void other_types_are_read_alike(String type) {
        String id = lago.issue(taxed().type(type).fee("add_on", "setup", "Set-up", 4_000, "HST-ON"));

        assertThat(fixture.wholeFacts(id).state()).isEqualTo(State.OPEN);
    }

    @Test
    void credits_that_are_bought_are_no_service() {
        String id = lago.issue(NewInvoice.of("acme", "CAD", MARCH).type("credit").fee("credit", "credit", "credit", 5_000));
        lago.pay(id, 5_000, NOON);

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.lines()).extracting(Line::sale).containsExactly(Sale.PREPAID);
        assertThat(facts.taxes()).isEmpty();
    }

    @Test
    void credit_notes_and_prepaid_credits_pay_before_anybody_does() {
        String id = lago.issue(taxed().fee("subscription", "growth", "Growth", 10_000, "HST-ON").creditNotes(1_300)
                .prepaid(10_000));

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.totals().total()).isEqualTo(cad("113.00"));
        assertThat(facts.totals().toBalance()).isEqualTo(cad("13.00"));
        assertThat(facts.totals().prepaid()).isEqualTo(cad("100.00"));
        assertThat(facts.totals().due()).isEqualTo(cad("0.00"));
        assertThat(facts.payments()).isEmpty();
        assertThat(facts.settledAt()).isEqualTo(facts.issuedAt());
    }

    @Test
    void a_part_paid_by_hand_is_from_outside() {
        String id = fixture.sample();
        lago.payByHand(id, 1_000, NOON);

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.state()).isEqualTo(State.OPEN);
        assertThat(facts.payments()).extracting(Payment::provider).containsExactly("outside");
        assertThat(facts.totals().remaining()).isEqualTo(cad("103.00"));
        assertThat(facts.settledAt()).isEmpty();
    }

    @Test
    void payments_that_did_not_succeed_are_none() {
        String id = fixture.sample();
        List.of("pending", "processing", "failed").forEach(status -> {
            String payment = lago.pay(id, 1_000, NOON);
            lago.changeOther(payment, "payment_status", status);
        });
        lago.change(id, "total_paid_amount_cents", 0L);
        lago.change(id, "total_due_amount_cents", 11_300L);

        assertThat(fixture.wholeFacts(id).payments()).isEmpty();
    }

    @Test
    void of_a_payment_for_several_invoices_only_the_part_for_this_one_counts() {
        String first = fixture.sample();
        String second = lago.issue(taxed().fee("charge", "cpu", "CPU", 2_000, "HST-ON"));
        lago.payByHand(first, 1_300, NOON.minusSeconds(60));
        lago.payTogether(List.of(first, second), NOON);

        assertThat(fixture.wholeFacts(first).payments()).extracting(Payment::amount)
                .containsExactly(cad("13.00"), cad("100.00"));
        assertThat(fixture.wholeFacts(second).payments()).extracting(Payment::amount).containsExactly(cad("22.60"));
    }

    @Test
    void two_payments_for_several_invoices_cannot_be_told_apart() {
        String first = fixture.sample();
        String second = lago.issue(taxed().fee("charge", "cpu", "CPU", 2_000, "HST-ON"));
        lago.payTogether(List.of(first, second), NOON);
        lago.payTogether(List.of(first, second), NOON);

        assertThat(fixture.facts(first).unexplained()).singleElement().asString().contains("together with other");
    }

    @Test
    void nothing_is_left_for_a_payment_for_several_invoices() {
        String first = fixture.sample();
        String second = lago.issue(taxed().fee("charge", "cpu", "CPU", 2_000, "HST-ON"));
        lago.payByHand(first, 1_300, NOON);
        lago.payTogether(List.of(first, second), NOON);
        lago.change(first, "total_paid_amount_cents", 1_300);
        lago.change(first, "total_due_amount_cents", 10_000);
        lago.change(first, "payment_status", "pending");

        assertThat(fixture.facts(first).unexplained()).singleElement().asString().contains("together with other");
    }

    @Test
    void an_invoice_that_was_marked_as_paid_was_paid_outside_when_its_last_fee_succeeded() {
        String id = lago.issue(taxed().type("advance_charges").fee("charge", "a", "A", 5_000, "HST-ON")
                .fee("charge", "b", "B", 5_000, "HST-ON"));
        lago.change(id, "payment_status", "succeeded");
        lago.changeFee(id, 0, "succeeded_at", "2026-02-20T10:00:00Z");
        lago.changeFee(id, 1, "succeeded_at", "2026-02-21T10:00:00Z");

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.payments()).containsExactly(new Payment("marked-as-paid", "outside", cad("113.00"),
                Instant.parse("2026-02-21T10:00:00Z")));
    }

    @Test
    void an_invoice_of_an_older_lago_that_was_marked_as_paid_says_no_sums() {
        String id = fixture.sample();
        lago.change(id, "payment_status", "succeeded");
        lago.changeFee(id, 0, "succeeded_at", "2026-02-20T10:00:00Z");
        List.of("total_paid_amount_cents", "total_due_amount_cents", "total_offsetted_credit_note_amount_cents",
                "self_billed", "prepaid_granted_credit_amount_cents").forEach(field -> lago.drop(id, field));
        lago.faults().always("/payments", LagoFault.NO_SUCH_ROUTE);

        assertThat(fixture.wholeFacts(id).totals().paid()).isEqualTo(cad("113.00"));
    }

    @Test
    void paid_but_neither_by_what_nor_when_is_unexplained() {
        String id = fixture.sample();
        lago.change(id, "payment_status", "succeeded");

        assertThat(fixture.facts(id).unexplained()).containsExactly(
                "it is said to be paid, and neither by which payment nor when");
    }

    @Test
    void paid_with_a_part_still_due_is_unexplained() {
        String id = fixture.sample();
        lago.pay(id, 1_000, NOON);
        lago.change(id, "payment_status", "succeeded");

        assertThat(fixture.facts(id).unexplained()).containsExactly("it is said to be paid, and 103.00 CAD to be due");
    }

    @Test
    void a_credit_note_for_later_invoices() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 1_000, "HST-ON").fee("charge", "b", "B", 1_000)
                .coupons(500));
        String note = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 400L), 0, 0);

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.creditNotes()).singleElement().satisfies(each -> {
            assertThat(each.id()).isEqualTo(note);
            assertThat(each.issuedAt()).isEqualTo(Instant.parse("2026-03-10T04:00:00Z"));
            assertThat(each.lines()).singleElement().satisfies(line -> {
                assertThat(line.line()).contains(facts.lines().get(0).id());
                assertThat(line.net()).isEqualTo(cad("3.00"));
            });
            assertThat(each.taxes()).extracting(Tax::amount).containsExactly(cad("0.39"));
            assertThat(each.toBalance()).isEqualTo(cad("3.39"));
        });
    }

    @Test
    void coupons_on_one_fee_only_lessen_what_is_given_back_of_that_one() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 1_000).fee("charge", "b", "B", 1_000).coupons(500));
        lago.changeFee(id, 0, "precise_coupons_amount_cents", "500.0");
        lago.changeFee(id, 0, "sub_total_excluding_taxes_amount_cents", 500);
        lago.changeFee(id, 1, "precise_coupons_amount_cents", "0.0");
        lago.changeFee(id, 1, "sub_total_excluding_taxes_amount_cents", 1_000);
        lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 400L, 1, 400L), 0, 0);

        assertThat(fixture.wholeFacts(id).creditNotes().get(0).lines())
                .allSatisfy(line -> assertThat(line.net())
                        .isEqualTo(cad("A".equals(line.description()) ? "2.00" : "4.00")));
    }

    @Test
    void a_credit_note_takes_off_what_is_due() {
        String id = fixture.sample();
        lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 10_000L), 0, FakeLago.ALL);

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.state()).isEqualTo(State.PAID);
        assertThat(facts.totals().offset()).isEqualTo(cad("113.00"));
        assertThat(facts.totals().due()).isEqualTo(cad("0.00"));
    }

    @Test
    void a_refund_counts_once_it_has_arrived() {
        String id = fixture.sample();
        lago.pay(id, 11_300, NOON);
        String note = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), FakeLago.ALL, 0);

        assertThat(fixture.wholeFacts(id).refunds()).isEmpty();
        assertThat(fixture.wholeFacts(id).creditNotes().get(0).refunded()).isEqualTo(cad("11.30"));

        lago.changeOther(note, "refund_status", "failed");
        assertThat(fixture.wholeFacts(id).refunds()).isEmpty();

        lago.changeOther(note, "refund_status", "succeeded");
        lago.changeOther(note, "updated_at", "2026-03-12T08:00:00Z");
        assertThat(fixture.wholeFacts(id).refunds()).containsExactly(new InvoiceFacts.Refund(note, "lago", cad("11.30"),
                Instant.parse("2026-03-12T08:00:00Z"), false));
    }

    @Test
    void a_refund_of_what_was_paid_outside_goes_back_outside() {
        String id = fixture.sample();
        lago.payByHand(id, 11_300, NOON);
        String note = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), FakeLago.ALL, 0);
        lago.changeOther(note, "refund_status", "succeeded");

        assertThat(fixture.wholeFacts(id).refunds()).extracting(InvoiceFacts.Refund::provider).containsExactly("outside");
    }

    @Test
    void once_a_notes_credit_is_used_nothing_says_when_its_refund_arrived() {
        String id = fixture.sample();
        lago.pay(id, 11_300, NOON);
        String note = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), 500, 0);
        lago.changeOther(note, "refund_status", "succeeded");
        assertThat(fixture.wholeFacts(id).refunds()).hasSize(1);

        lago.changeOther(note, "balance_amount_cents", 0);
        assertThat(fixture.facts(id).unexplained()).singleElement().asString()
                .contains("is refunded, and Lago does not say when");
    }

    @Test
    void a_voided_credit_note_is_left_out_unless_something_went_back() {
        String id = fixture.sample();
        String credited = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), 0, 0);
        lago.changeOther(credited, "credit_status", "voided");
        assertThat(fixture.wholeFacts(id).creditNotes()).isEmpty();

        lago.pay(id, 11_300, NOON);
        String refunded = lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), 500, 0);
        lago.changeOther(refunded, "credit_status", "voided");
        assertThat(fixture.facts(id).unexplained()).singleElement().asString().contains("was voided, but not what");
    }

    @Test
    void other_invoices_credit_notes_are_theirs() {
        String id = fixture.sample();
        String other = fixture.sample();
        lago.credit(other, LocalDate.of(2026, 3, 10), Map.of(0, 1_000L), 0, 0);
        lago.drop(id, "number");

        assertThat(fixture.wholeFacts(id).creditNotes()).isEmpty();
    }

    @Test
    void more_payments_and_credit_notes_than_a_page_holds() {
        String id = fixture.sample();
        IntStream.range(0, 205).forEach(i -> lago.pay(id, 10, NOON.plusSeconds(i)));
        IntStream.range(0, 101).forEach(i -> lago.credit(id, LocalDate.of(2026, 3, 10), Map.of(0, 10L), 0, 0));

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.payments()).hasSize(205);
        assertThat(facts.creditNotes()).hasSize(101);
        assertThat(fixture.evidence(id).documents()).hasSize(1 + 3 + 2);
    }

    @Test
    void what_moves_to_another_page_while_it_is_read_counts_once() {
        String id = fixture.sample();
        lago.pay(id, 11_300, NOON);
        Evidence evidence = fixture.evidence(id);
        byte[] page = evidence.documents("payments").get(0).bytes();
        var documents = new ArrayList<>(evidence.documents());
        documents.removeAll(evidence.documents("payments"));
        documents.add(new Evidence.Document("payments-1", new String(page, StandardCharsets.UTF_8)
                .replace("\"next_page\":null", "\"next_page\":2").getBytes(StandardCharsets.UTF_8)));
        documents.add(new Evidence.Document("payments-2", page));

        assertThat(fixture.source.read(new Evidence(evidence.invoice(), evidence.fetchedAt(), documents)))
                .isEqualTo(fixture.source.read(evidence));
    }

    @ParameterizedTest
    @CsvSource({"draft,DRAFT", "pending,DRAFT", "failed,DRAFT", "voided,VOID"})
    void what_is_not_final(String status, State state) {
        String id = lago.issue(taxed().status(status).fee("subscription", "growth", "Growth", 10_000, "HST-ON"));

        assertThat(fixture.facts(id).state()).isEqualTo(state);
        assertThat(fixture.facts(id).issuedAt().isPresent()).isEqualTo(state == State.VOID);
        assertThat(lago.requests().stream().anyMatch(request -> request.contains("payments")))
                .isEqualTo(state == State.VOID);
    }

    @Test
    void what_was_voided_after_it_was_paid_is_unexplained() {
        String id = fixture.sample();
        lago.pay(id, 11_300, NOON);
        lago.change(id, "status", "voided");
        lago.change(id, "total_due_amount_cents", 0);
        assertThat(fixture.facts(id).unexplained()).containsExactly("it is void, but its payments or credit notes stand");

        String credited = fixture.sample();
        lago.credit(credited, LocalDate.of(2026, 3, 10), Map.of(0, 10_000L), 0, 0);
        lago.change(credited, "status", "voided");
        assertThat(fixture.facts(credited).state()).isEqualTo(State.VOID);
        assertThat(fixture.facts(credited).unexplained()).hasSize(1);
    }

    @Test
    void what_lago_hides_is_missing() {
        String id = lago.issue(taxed().status("generating").fee("subscription", "growth", "Growth", 10_000, "HST-ON"));

        assertThat(fixture.fetch(id)).isInstanceOf(Fetched.Missing.class);
    }

    @Test
    void what_cannot_be_booked_is_unexplained() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 1_000, "HST-ON").coupons(100).prepaid(100));
        lago.change(id, "payment_dispute_lost_at", "2026-04-01T00:00:00Z");
        lago.change(id, "self_billed", true);
        lago.change(id, "prepaid_granted_credit_amount_cents", 100);
        lago.change(id, "version_number", 2);

        assertThat(fixture.facts(id).unexplained()).satisfiesExactly(
                text -> assertThat(text).contains("dispute was lost on 2026-04-01"),
                text -> assertThat(text).contains("self-billed"),
                text -> assertThat(text).contains("1.00 CAD of it is paid with credits that were given away"),
                text -> assertThat(text).contains("1.00 CAD of coupons are taken off after taxes"));
    }

    @Test
    void taxes_that_do_not_add_up_are_told_as_they_are() {
        String id = lago.issue(NewInvoice.of("acme", "CAD", MARCH).tax("GST", "5").tax("QST", "9.975")
                .fee("subscription", "a", "A", 105, "GST", "QST"));

        InvoiceFacts facts = fixture.facts(id);

        assertThat(facts.taxes()).extracting(Tax::amount).containsExactly(cad("0.05"), cad("0.10"));
        assertThat(facts.totals().total()).isEqualTo(cad("1.21"));
    }

    @Test
    void taxes_have_parts_where_the_fees_add_up_to_them() {
        String id = lago.issue(taxed().fee("subscription", "a", "A", 105, "HST-ON").fee("charge", "b", "B", 105, "HST-ON"));
        lago.changeFee(id, 0, "applied_taxes", List.of(Map.of("tax_code", "HST-ON", "tax_rate", 13, "amount_cents", 14)));
        lago.changeFee(id, 1, "applied_taxes", List.of(Map.of("tax_code", "HST-ON", "tax_rate", 13, "amount_cents", 14)));
        assertThat(fixture.facts(id).taxes().get(0).parts()).isEmpty();

        lago.changeTax(id, 0, "amount_cents", 28);
        assertThat(fixture.facts(id).taxes().get(0).parts()).containsExactly(
                new Tax.Part(cad("1.05"), cad("0.14")), new Tax.Part(cad("1.05"), cad("0.14")));
    }

    @Test
    void yen_have_no_smaller_unit() {
        String id = lago.issue(NewInvoice.of("acme", "JPY", MARCH).tax("JCT", "10").in("JP", "Tokyo")
                .fee("subscription", "growth", "Growth", 1_005, "JCT"));

        InvoiceFacts facts = fixture.wholeFacts(id);

        assertThat(facts.totals().total()).isEqualTo(Money.of(Currency.getInstance("JPY"), "1106"));
        assertThat(facts.jurisdiction()).contains(new Jurisdiction("JP"));
    }

    @Test
    void what_cannot_be_read_exactly_is_refused_with_its_place() {
        refuses("fees_field", id -> lago.changeFee(id, 0, "amount_cents", new BigDecimal("100.5")),
                "invoice.fees[0].amount_cents: is not a whole number");
        refuses("text", id -> lago.change(id, "total_amount_cents", "11300"),
                "invoice.total_amount_cents: is not a whole number");
        refuses("large", id -> lago.change(id, "total_amount_cents", new BigDecimal("99999999999999999999")),
                "invoice.total_amount_cents: is not a whole number");
        refuses("absent", id -> lago.drop(id, "sub_total_excluding_taxes_amount_cents"),
                "invoice.sub_total_excluding_taxes_amount_cents: is missing");
        refuses("status", id -> lago.change(id, "payment_status", 1), "invoice.payment_status: is not text");
        refuses("type", id -> lago.change(id, "invoice_type", "gift"), "invoice.invoice_type: is not known: gift");
        refuses("currency", id -> lago.change(id, "currency", "XYZ"), "invoice.currency: is not known: XYZ");
        refuses("gold", id -> lago.change(id, "currency", "XAU"), "invoice.currency: is not known: XAU");
        refuses("fifths", id -> lago.change(id, "currency", "MGA"), "invoice.currency: MGA is counted in fifths");
        refuses("mixed", id -> lago.changeFee(id, 0, "amount_currency", "USD"),
                "invoice.fees[0].amount_currency: is USD, not the invoice's CAD");
        refuses("date", id -> lago.change(id, "issuing_date", "2026-02-30"), "invoice.issuing_date: is not a date or time");
        refuses("rate", id -> lago.changeTax(id, 0, "tax_rate", "1e999"), "invoice.applied_taxes[0].tax_rate: is not a");
        refuses("below", id -> lago.changeFee(id, 0, "precise_coupons_amount_cents", "-1"),
                "invoice.fees[0].precise_coupons_amount_cents: is below zero");
    }

    private void refuses(String what, Consumer<String> change, String reason) {
        String id = fixture.sample();
        change.accept(id);
        Evidence evidence = fixture.evidence(id);
        assertThatThrownBy(() -> fixture.source.read(evidence)).as(what).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(reason);
    }

    @Test
    void evidence_of_another_invoice_or_of_nothing_is_refused() {
        Evidence evidence = fixture.evidence(fixture.sample());

        assertThatThrownBy(() -> fixture.source.read(new Evidence(LagoFixture.UNKNOWN, evidence.fetchedAt(),
                evidence.documents()))).isInstanceOf(InvalidValue.class).hasMessageStartingWith("invoice.lago_id");
        assertThatThrownBy(() -> fixture.source.read(new Evidence(evidence.invoice(), evidence.fetchedAt(), List.of())))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> fixture.source.read(new Evidence(evidence.invoice(), evidence.fetchedAt(),
                List.of(new Evidence.Document("invoice", new byte[] {'{'}))))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void the_same_evidence_gives_the_same_facts() {
        String id = fixture.sample();
        Evidence evidence = fixture.evidence(id);
        InvoiceFacts facts = fixture.source.read(evidence);
        lago.pay(id, 11_300, NOON);

        assertThat(fixture.source.read(evidence)).isEqualTo(facts);
        assertThat(fixture.evidence(id).sha256()).isNotEqualTo(evidence.sha256());
    }

    @Test
    void ids_are_told_page_by_page_and_without_drafts() {
        IntStream.range(0, 230).forEach(i -> lago.issue(NewInvoice.of("acme", "CAD", MARCH.plusDays(i % 20))
                .fee("charge", "cpu", "CPU", 100 + i)));
        lago.issue(taxed().status("draft").fee("charge", "cpu", "CPU", 100));
        String voided = lago.issue(taxed().status("voided").fee("charge", "cpu", "CPU", 100));
        var pages = new ArrayList<List<String>>();

        fixture.source.ids(Optional.empty(), pages::add);

        List<String> all = pages.stream().flatMap(List::stream).toList();
        assertThat(pages).allMatch(page -> page.size() <= 100);
        assertThat(all).hasSize(231).doesNotHaveDuplicates().contains("lago:" + voided).allMatch(fixture.source::accepts);
    }

    @Test
    void ids_from_a_day_on() {
        String before = lago.issue(NewInvoice.of("acme", "CAD", MARCH.minusDays(9)).fee("charge", "cpu", "CPU", 100));
        String after = lago.issue(NewInvoice.of("acme", "CAD", MARCH).fee("charge", "cpu", "CPU", 100));
        String elsewhere = lago.issue(NewInvoice.of("acme", "CAD", MARCH.minusDays(1)).fee("charge", "cpu", "CPU", 100));
        var told = new HashSet<String>();

        fixture.source.ids(Optional.of(Instant.parse("2026-03-01T12:00:00Z")), told::addAll);

        assertThat(told).containsExactlyInAnyOrder("lago:" + after, "lago:" + elsewhere).doesNotContain("lago:" + before);
    }
}
