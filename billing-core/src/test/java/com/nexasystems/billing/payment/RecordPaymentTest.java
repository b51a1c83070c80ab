package com.nexasystems.billing.payment;

import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordPaymentTest {

    private final Till till = new Till();
    private final Invoice invoice = till.invoice(till.customer("ada", Means.GOOD), "web");

    @Test
    void parts_add_up_and_the_last_one_pays_it() {
        Payment first = till.receive(invoice, "5.00", "cash 1");
        assertThat(till.now(invoice).paid()).isEqualTo(cad("5.00"));
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(till.told(invoice)).isEmpty();
        Payment last = till.receive(invoice, "15.00", "cash 2");
        assertThat(till.payments(invoice)).containsExactly(first, last);
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.told(invoice)).containsExactly(EventType.INVOICE_PAYMENT_SUCCEEDED);
        assertThat(till.shop.billing.ports().auditTrail().of(invoice.id().toString())).extracting(AuditEntry::action)
                .containsExactlyInAnyOrder("invoice.partly_paid", "invoice.paid");
    }

    @Test
    void the_same_again_changes_nothing_and_another_one_under_its_name_is_refused() {
        Payment first = till.receive(invoice, "5.00", "cash");
        assertThat(till.receive(invoice, "5.00", "cash")).isEqualTo(first);
        assertThat(till.now(invoice).paid()).isEqualTo(cad("5.00"));
        assertInvalid(() -> till.receive(invoice, "5.01", "cash"), "taken");
    }

    @Test
    void one_transfer_may_pay_several_invoices() {
        Payment first = till.receive(invoice, "20.00", "wire 7");
        Payment second = till.receive(till.sold(till.known("ada"), "5.00"), "5.00", "wire 7");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(Stream.of(first, second).map(Payment::called)).containsOnly(Optional.of("wire 7"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"0.00", "-1.00", "20.01"})
    void an_amount_is_above_zero_and_at_most_what_is_open(String amount) {
        assertInvalid(() -> till.receive(invoice, amount, "cash"), "above zero and at most what is open: 20.00 CAD");
        assertThat(till.payments(invoice)).isEmpty();
    }

    @Test
    void an_amount_is_in_the_currency_of_the_invoice() {
        Money dollars = Money.of(Currency.getInstance("USD"), "5.00");
        assertInvalid(() -> till.shop.billing.recordPayment().received(till.shop.hosting.id(), invoice.id(), dollars, "cash",
                Till.ZOE), "amount_currency");
    }

    @Test
    void what_is_offset_is_not_open() {
        till.give(invoice, Given.offset(cad("8.00")));
        assertInvalid(() -> till.receive(invoice, "12.01", "cash"), "12.00 CAD");
        assertThat(paid().paid()).isEqualTo(cad("12.00"));
    }

    @Test
    void what_is_wholly_offset_can_be_said_to_be_paid() {
        till.give(invoice, Given.offset(cad("20.00")));
        assertThat(paid().status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(till.payments(invoice)).isEmpty();
        assertThat(till.told(invoice)).containsExactly(EventType.INVOICE_PAYMENT_SUCCEEDED);
    }

    @Test
    void all_of_it_is_paid_once() {
        till.receive(invoice, "5.00", "cash");
        assertThat(paid().paid()).isEqualTo(cad("20.00"));
        assertThat(paid()).isEqualTo(till.now(invoice));
        assertThat(till.payments(invoice)).extracting(Payment::applied).containsExactly(cad("5.00"), cad("15.00"));
        till.collect();
        assertThat(till.provider.charges()).isEmpty();
    }

    @Test
    void the_provider_is_asked_for_what_is_left() {
        till.receive(invoice, "5.00", "cash");
        till.collect();
        assertThat(till.provider.charged("cus_ada")).isEqualByComparingTo("15.00");
        assertThat(till.now(invoice).paid()).isEqualTo(cad("20.00"));
    }

    @Test
    void nothing_is_recorded_while_the_provider_is_asked() {
        till.provider.leave("cus_ada", Means.PROCESSING);
        till.collect();
        assertInvalid(() -> till.receive(invoice, "5.00", "cash"), "while the payment provider is asked");
        assertInvalid(this::paid, "while the payment provider is asked");
        till.provider.decide(till.last(invoice).charge().orElseThrow(), false);
        till.takeNotices();
        assertThat(paid().status()).isEqualTo(InvoiceStatus.PAID);
        till.collectAfter(Duration.ofDays(9));
        assertThat(till.state(invoice)).isEqualTo(State.DONE);
        assertThat(till.provider.charges()).hasSize(1);
    }

    @Test
    void drafts_and_what_was_withdrawn_and_what_is_of_another_service_are_not_paid() {
        var chat = till.shop.billing.register("chat", "Chat").id();
        assertInvalid(() -> till.shop.billing.recordPayment().paid(chat, invoice.id(), Till.ZOE), "does not exist");
        till.withdraw(invoice);
        assertInvalid(this::paid, "the invoice is void");
        till.shop.clock.set(Shop.APRIL);
        till.shop.run(Shop.APRIL);
        Invoice draft = till.shop.drafts().get(0);
        assertInvalid(() -> till.receive(draft, "5.00", "cash"), "the invoice is draft");
    }

    @Test
    void what_is_partly_paid_is_withdrawn_with_a_credit_note_only() {
        till.receive(invoice, "5.00", "cash");
        assertInvalid(() -> till.withdraw(invoice), "5.00 CAD is paid");
        till.shop.billing.voidInvoice().withdrawCrediting(till.shop.hosting.id(), invoice.id(), cad("5.00"), Till.ZOE,
                "wrong");
        assertThat(till.now(invoice).status()).isEqualTo(InvoiceStatus.VOID);
        assertThat(till.shop.billing.ports().creditNotes().of(invoice.id())).singleElement().satisfies(note ->
                assertThat(note.given()).isEqualTo(new Given(cad("0.00"), cad("5.00"), cad("15.00"))));
    }

    private Invoice paid() {
        return till.shop.billing.recordPayment().paid(till.shop.hosting.id(), invoice.id(), Till.ZOE);
    }

    private static void assertInvalid(Runnable work, String why) {
        assertThatThrownBy(work::run).isInstanceOf(InvalidValue.class).hasMessageContaining(why);
    }
}
