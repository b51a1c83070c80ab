package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.invoicing.LagoInvoice.cents;
import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote.CreditStatus;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.CreditNote.Reason;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.IssueCreditNote.Estimate;
import com.nexasystems.billing.invoicing.IssueCreditNote.Request;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CreditNoteTest {

    private static final Actor ADA = Actor.person("ada@example.com");
    private final Shop shop = new Shop();

    static Stream<String[]> lagosCreditNotes() {
        return LagoInvoice.rows("lago-credit-notes.txt");
    }

    @ParameterizedTest(name = "{0}, coupons {1}, tax {2}: {3} ({4})")
    @MethodSource("lagosCreditNotes")
    void gives_back_what_lago_gives_back(String fees, String coupons, String percents, String expected, String source) {
        Invoice invoice = LagoInvoice.issued(shop, fees, coupons, percents);
        var notes = new ArrayList<CreditNote>();
        for (String note : expected.split(";")) {
            String[] parts = note.strip().split(" > ");
            List<Item> items = Arrays.stream(parts[0].split(" ")).map(item -> item.split(":"))
                    .map(item -> new Item(Integer.parseInt(item[0]), cents(item[1]))).toList();
            Creditable.Amounts amounts = new Creditable(invoice, notes).amounts(items);
            Money tax = amounts.taxes().stream().map(TaxAmount::amount).reduce(cad("0.00"), Money::plus);
            String[] netAndTax = parts[1].split(" ");
            assertThat(List.of(amounts.total().minus(tax), tax)).as(note)
                    .containsExactly(cents(netAndTax[0]), cents(netAndTax[1]));
            notes.add(stored(invoice, items, amounts, notes.size()));
        }
    }

    private static CreditNote stored(Invoice invoice, List<Item> items, Creditable.Amounts amounts, int number) {
        return new CreditNote(CreditNoteId.of(invoice.id(), "" + number), invoice.id(),
                new ServiceCustomer(invoice.service(), invoice.customer()), "CN-" + number,
                Reason.OTHER, "", invoice.issueDate(), MARCH.plusSeconds(number), items, amounts.discount(), amounts.taxes(),
                Given.credit(amounts.total()), amounts.total(), cad("0.00"), Optional.empty());
    }

    @Test
    void the_notes_over_a_whole_invoice_come_to_it_to_the_cent_in_any_parts() {
        Cases.check(400, random -> {
            var own = new Shop();
            Invoice invoice = randomInvoice(own, random);
            var notes = new ArrayList<CreditNote>();
            Creditable left = new Creditable(invoice, notes);
            while (left.total().amount().signum() > 0 && notes.size() < 60) {
                List<Item> items = Cases.chance(random, 15) ? left.rest() : someOf(left, random);
                Creditable now = left;
                try {
                    notes.add(stored(invoice, items, now.amounts(items), notes.size()));
                } catch (InvalidValue comesToNothing) {
                    notes.add(stored(invoice, left.rest(), now.amounts(left.rest()), notes.size()));
                }
                left = new Creditable(invoice, notes);
                assertThat(left.total().isNegative()).isFalse();
                assertThat(notes).allSatisfy(note -> assertThat(note.discount().isNegative()).isFalse())
                        .allSatisfy(note -> assertThat(note.taxes()).noneMatch(tax -> tax.amount().isNegative()));
            }
            List<Item> rest = left.rest();
            if (rest.isEmpty()) {
                assertThat(sum(notes.stream().map(CreditNote::total))).isEqualTo(invoice.total());
                assertThat(sum(notes.stream().map(CreditNote::discount))).isEqualTo(invoice.discount());
                for (TaxAmount tax : invoice.taxes()) {
                    assertThat(sum(notes.stream().flatMap(note -> note.taxes().stream())
                            .filter(tax2 -> tax2.code().equals(tax.code())).map(TaxAmount::amount))).isEqualTo(tax.amount());
                }
            } else {
                assertThat(left.total().amount().signum() == 0 || notes.size() == 60).isTrue();
            }
        });
    }

    private static Invoice randomInvoice(Shop own, SplittableRandom random) {
        int fees = random.nextInt(1, 5);
        String amounts = String.join(" ", IntStream.range(0, fees).mapToObj(i -> "" + random.nextInt(1, 9_999)).toList());
        int least = Arrays.stream(amounts.split(" ")).mapToInt(Integer::parseInt).sum();
        String coupon = Cases.chance(random, 50) ? "" : "" + random.nextInt(1, least + 1);
        return LagoInvoice.issued(own, amounts, coupon, Cases.oneOf(random, "0", "13", "5+9.975", "20", "33.333"));
    }

    private static List<Item> someOf(Creditable left, SplittableRandom random) {
        List<Item> rest = left.rest();
        List<Item> some = Cases.shuffled(random, rest).subList(0, random.nextInt(1, rest.size() + 1));
        return some.stream().map(item -> new Item(item.line(), Money.ofMinor(Shop.CAD, BigInteger.valueOf(
                random.nextLong(1, item.amount().minorUnits().longValueExact() + 1))))).toList();
    }

    private static Money sum(Stream<Money> amounts) {
        return amounts.reduce(cad("0.00"), Money::plus);
    }

    @Test
    void an_estimate_stores_nothing_and_says_what_can_be_given() {
        Invoice invoice = shop.paid(anInvoice());
        Estimate estimate = shop.billing.creditNotes().estimate(shop.hosting.id(), invoice.id(), items("10.00"));
        assertThat(estimate.total()).isEqualTo(cad("11.30"));
        assertThat(List.of(estimate.mostCredit(), estimate.mostRefund(), estimate.mostOffset()))
                .containsExactly(cad("11.30"), cad("11.30"), cad("0.00"));
        assertThat(shop.billing.ports().creditNotes().of(invoice.id())).isEmpty();
    }

    @Test
    void a_note_has_a_number_of_its_own_series_and_the_same_key_gives_it_again() {
        Invoice invoice = anInvoice();
        CreditNote first = issue(invoice, "a", "10.00", Given.credit(cad("11.30")));
        assertThat(first.number()).isEqualTo("HOSTING-CN-000001");
        assertThat(issue(invoice, "a", "10.00", Given.credit(cad("11.30")))).isEqualTo(first);
        assertThat(issue(invoice, "b", "10.00", Given.offset(cad("11.30"))).number()).isEqualTo("HOSTING-CN-000002");
        assertThatThrownBy(() -> issue(invoice, "a", "9.00", Given.credit(cad("10.17"))))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("HOSTING-CN-000001");
        assertThat(shop.billing.ports().auditTrail().of(first.id().toString())).hasSize(1);
    }

    @ParameterizedTest(name = "{0} as credit {1}, refund {2}, offset {3} of {4}: {5}")
    @CsvSource(delimiter = '|', textBlock = """
            20.01 | 22.61 | 0     | 0     | FINALISED | of line 1 there is left 20.00
            -1.00 | 1.13  | 0     | 0     | FINALISED | of line 1 there is left 20.00
            0.00  | 1.13  | 0     | 0     | FINALISED | of line 1 there is left 20.00
            10.00 | 11.31 | 0     | 0     | FINALISED | come to 11.31 CAD, the items to 11.30
            10.00 | 0     | 11.30 | 0     | FINALISED | of what was paid there is left 0.00
            10.00 | 0     | 0     | 11.30 | PAID      | there is to be paid 0.00
            10.00 | 11.30 | 0     | 0     | VOID      | this one is void
            """)
    void refuses(String item, String credit, String refund, String offset, InvoiceStatus status, String why) {
        Invoice invoice = anInvoice();
        shop.billing.ports().invoices().changeStatus(invoice.id(), InvoiceStatus.FINALISED, status);
        assertThatThrownBy(() -> issue(invoice, "k", item, new Given(cad(credit), cad(refund), cad(offset))))
                .isInstanceOf(InvalidValue.class).hasMessageContaining(why);
    }

    @Test
    void what_is_offset_is_neither_offset_again_nor_refunded() {
        Invoice invoice = anInvoice();
        issue(invoice, "a", "5.00", Given.offset(cad("5.65")));
        Estimate unpaid = shop.billing.creditNotes().estimate(shop.hosting.id(), invoice.id(), items("15.00"));
        assertThat(unpaid.mostOffset()).isEqualTo(cad("16.95"));
        shop.paid(invoice);
        Estimate paid = shop.billing.creditNotes().estimate(shop.hosting.id(), invoice.id(), items("15.00"));
        assertThat(paid.mostRefund()).isEqualTo(cad("16.95"));
    }

    @Test
    void another_service_has_no_such_invoice_and_no_such_note() {
        Invoice invoice = anInvoice();
        CreditNote note = issue(invoice, "a", "10.00", Given.credit(cad("11.30")));
        ServiceId chat = shop.billing.register("chat", "Chat").id();
        assertThatThrownBy(() -> shop.billing.creditNotes().estimate(chat, invoice.id(), items("1.00")))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> shop.billing.voidCreditNote().withdraw(chat, note.id(), ADA))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> shop.billing.refunds().record(chat, note.id(), RefundStatus.FAILED, ADA))
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_note_that_was_not_used_is_undone_by_voiding_it() {
        Invoice invoice = anInvoice();
        CreditNote note = issue(invoice, "a", "20.00", Given.credit(cad("22.60")));
        CreditNote voided = shop.billing.voidCreditNote().withdraw(shop.hosting.id(), note.id(), ADA);
        assertThat(voided.creditStatus()).contains(CreditStatus.VOIDED);
        assertThat(voided.withdrawn()).isEqualTo(cad("22.60"));
        assertThat(issue(invoice, "b", "20.00", Given.credit(cad("22.60"))).balance()).isEqualTo(cad("22.60"));
        assertThatThrownBy(() -> shop.billing.voidCreditNote().withdraw(shop.hosting.id(), note.id(), ADA))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("nothing is left");
    }

    @Test
    void a_refund_is_pending_until_it_is_known_how_it_went() {
        Invoice invoice = shop.paid(anInvoice());
        CreditNote note = issue(invoice, "a", "10.00", Given.refund(cad("11.30")));
        assertThat(note.refund()).contains(RefundStatus.PENDING);
        assertThat(note.creditStatus()).isEmpty();
        assertThat(refund(note, RefundStatus.FAILED).refund()).contains(RefundStatus.FAILED);
        assertThat(refund(note, RefundStatus.SUCCEEDED).refund()).contains(RefundStatus.SUCCEEDED);
        assertThat(refund(note, RefundStatus.SUCCEEDED).refund()).contains(RefundStatus.SUCCEEDED);
        assertThatThrownBy(() -> refund(note, RefundStatus.FAILED)).isInstanceOf(InvalidValue.class);
        assertThat(shop.billing.ports().auditTrail().of(note.id().toString())).extracting(entry -> entry.action())
                .containsExactly("credit_note.issued", "credit_note.refund_failed", "credit_note.refund_succeeded");
    }

    private CreditNote refund(CreditNote note, RefundStatus outcome) {
        return shop.billing.refunds().record(shop.hosting.id(), note.id(), outcome, ADA);
    }

    /** 20.00 CAD and 2.60 of tax. */
    private Invoice anInvoice() {
        shop.subscribe(shop.customerIn("CA", "ON"), "web-1", shop.starter);
        shop.bill(APRIL);
        return shop.lastInvoice();
    }

    private CreditNote issue(Invoice invoice, String key, String item, Given given) {
        return shop.billing.creditNotes().issue(shop.hosting.id(),
                new Request(invoice.id(), key, Reason.OTHER, "", items(item), given), ADA);
    }

    private static List<Item> items(String amount) {
        return List.of(new Item(0, cad(amount)));
    }

    @Test
    void the_oldest_note_pays_the_next_invoices_after_tax() {
        Invoice march = anInvoice();
        CreditNote first = issue(march, "a", "4.00", Given.credit(cad("4.52")));
        shop.clock.set(APRIL.plusSeconds(1));
        CreditNote second = issue(march, "b", "16.00", Given.credit(cad("18.08")));
        issue(shop.paid(shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(shop.customer("other"),
                Shop.CAD,
                List.of(IssueOneOff.Fee.of("hours", "1", "5")), "k"))), "c", "5.00", Given.credit(cad("5.00")));

        shop.bill(MAY);
        Invoice april = shop.lastInvoice();
        assertThat(april.tax()).isEqualTo(cad("2.60"));
        assertThat(april.credits()).containsExactly(new Credit(Credit.Kind.CREDIT_NOTE, first.id().value(), cad("4.52")),
                new Credit(Credit.Kind.CREDIT_NOTE, second.id().value(), cad("18.08")));
        assertThat(april.payable()).isEqualTo(cad("0.00"));
        assertThat(found(first).creditStatus()).contains(CreditStatus.CONSUMED);
        assertThat(shop.billing.ports().creditNotes().draws(april.id())).hasSize(2);
    }

    @Test
    void voiding_an_invoice_gives_its_credit_notes_back_once() {
        CreditNote note = issue(anInvoice(), "a", "20.00", Given.credit(cad("22.60")));
        shop.bill(MAY);
        Invoice april = shop.lastInvoice();
        assertThat(found(note).balance()).isEqualTo(cad("0.00"));
        shop.billing.voidInvoice().withdraw(shop.hosting.id(), april.id(), ADA, "wrong");
        assertThat(found(note).balance()).isEqualTo(cad("22.60"));
        assertThatThrownBy(() -> shop.billing.voidInvoice().withdraw(shop.hosting.id(), april.id(), ADA, "again"))
                .isInstanceOf(InvalidValue.class);
        assertThat(found(note).balance()).isEqualTo(cad("22.60"));
        shop.bill(Shop.JUNE);
        assertThat(shop.lastInvoice().payable()).isEqualTo(cad("0.00"));
    }

    @Test
    void an_invoice_that_gave_something_back_is_voided_after_its_notes() {
        Invoice march = anInvoice();
        CreditNote note = issue(march, "a", "20.00", Given.credit(cad("22.60")));
        assertThatThrownBy(() -> shop.billing.voidInvoice().withdraw(shop.hosting.id(), march.id(), ADA, "wrong"))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("HOSTING-CN-000001");
        shop.billing.voidCreditNote().withdraw(shop.hosting.id(), note.id(), ADA);
        assertThat(shop.billing.voidInvoice().withdraw(shop.hosting.id(), march.id(), ADA, "wrong").status())
                .isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void an_invoice_below_zero_gives_a_credit_note_that_pays_the_next() {
        shop.subscribe(shop.customerIn("CA", "ON"), "web-1", shop.starter);
        shop.use("web-1", MARCH, "1938000");
        shop.bill(APRIL);
        shop.record(UsageSubmission.event("web-1", Shop.CPU, MARCH, "18000", MARCH.toString()),
                Option.REPLACE);
        shop.clock.set(APRIL.plusSeconds(60));
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(APRIL.plusSeconds(60));
        Invoice last = shop.lastInvoice();
        assertThat(last.total().isNegative()).isTrue();
        assertThat(last.payable()).isEqualTo(cad("0.00"));
        assertThat(shop.billing.ports().creditNotes().of(last.id())).singleElement().satisfies(note -> {
            assertThat(note.balance()).isEqualTo(last.total().negated());
            assertThat(note.items()).isEmpty();
        });
    }

    @Test
    void voiding_a_paid_invoice_gives_all_of_it_back() {
        Invoice march = shop.paid(anInvoice());
        Invoice voided = shop.billing.voidInvoice().withdrawCrediting(shop.hosting.id(), march.id(), cad("20.00"), ADA,
                "wrong");
        assertThat(voided.status()).isEqualTo(InvoiceStatus.VOID);
        assertThat(shop.billing.ports().creditNotes().of(march.id())).singleElement().satisfies(note ->
                assertThat(note.given()).isEqualTo(new Given(cad("2.60"), cad("20.00"), cad("0.00"))));
    }

    @Test
    void voiding_an_unpaid_invoice_with_a_note_offsets_what_is_open_and_credits_what_it_took() {
        CreditNote before = issue(anInvoice(), "a", "10.00", Given.credit(cad("11.30")));
        shop.bill(MAY);
        Invoice april = shop.lastInvoice();
        assertThatThrownBy(() -> shop.billing.voidInvoice().withdrawCrediting(shop.hosting.id(), april.id(), cad("20.00"),
                ADA, "wrong")).isInstanceOf(InvalidValue.class);
        shop.billing.voidInvoice().withdrawCrediting(shop.hosting.id(), april.id(), cad("0.00"), ADA, "wrong");
        assertThat(found(before).balance()).isEqualTo(cad("0.00"));
        assertThat(shop.billing.ports().creditNotes().of(april.id())).singleElement().satisfies(note ->
                assertThat(note.given()).isEqualTo(new Given(cad("11.30"), cad("0.00"), cad("11.30"))));
    }

    private CreditNote found(CreditNote note) {
        return shop.billing.ports().creditNotes().find(note.id()).orElseThrow();
    }
}
