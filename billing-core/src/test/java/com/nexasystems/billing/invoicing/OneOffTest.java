package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.invoicing.IssueOneOff.Request;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneOffTest {

    private final Shop shop = new Shop();
    private final Customer ada = shop.customerIn("CA", "ON");

    @Test
    void fees_are_rounded_one_by_one_taxed_and_issued_at_once() {
        Invoice sold = issue("k1", Fee.of("Tokens", "1500", "0.00333"), Fee.of("Hours", "2.5", "100"));
        assertThat(sold.status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(sold.number()).contains("HOSTING-000001");
        assertThat(sold.lines()).extracting(InvoiceLine::amount).containsExactly(cad("5.00"), cad("250.00"));
        assertThat(sold.tax()).isEqualTo(cad("33.15"));
        assertThat(InvoiceText.explain(sold)).contains("units: 1500 × 0.00333 = 4.995");
    }

    @Test
    void the_same_key_is_one_invoice() {
        Invoice sold = issue("k1", Fee.of("Tokens", "1", "5"));
        assertThat(issue("k1", Fee.of("Tokens", "1.0", "5"))).isEqualTo(sold);
        assertThat(issue("k2", Fee.of("Tokens", "1", "5")).number()).contains("HOSTING-000002");
        assertThatThrownBy(() -> issue("k1", Fee.of("Tokens", "2", "5"))).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("HOSTING-000001");
        assertThat(shop.invoices()).hasSize(2);
    }

    @Test
    void nothing_of_it_is_stored_if_it_is_refused() {
        assertThatThrownBy(() -> Fee.of("Tokens", "0", "5")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Fee.of("Tokens", "1", "-5")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> issue("k1")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> issue("k1", Fee.of("Free", "1", "0.004"))).hasMessageContaining("come to nothing");
        Customer inEuro = ada.withCurrency(Currency.getInstance("EUR"));
        assertThatThrownBy(() -> shop.billing.oneOff().issue(shop.hosting.id(),
                new Request(inEuro, CAD, List.of(Fee.of("Tokens", "1", "5")), "k")))
                .isInstanceOf(CurrencyMismatchException.class);
        assertThat(shop.invoices()).isEmpty();
    }

    @Test
    void it_draws_no_credit() {
        Invoice sold = issue("k1", Fee.of("Tokens", "1", "5"));
        shop.billing.creditNotes().issue(shop.hosting.id(), new IssueCreditNote.Request(sold.id(), "c",
                CreditNote.Reason.OTHER, "", List.of(new CreditNote.Item(0, cad("5.00"))),
                CreditNote.Given.credit(cad("5.65"))), Actor.person("ada"));
        assertThat(issue("k2", Fee.of("Tokens", "1", "5")).credits()).isEmpty();
    }

    @Test
    void receivers_are_told() {
        Invoice sold = issue("k1", Fee.of("Tokens", "1", "5"));
        assertThat(shop.billing.ports().eventLog().of(sold.reason().subject()))
                .extracting(sequenced -> sequenced.event()).extracting(BillingEvent::type).extracting(type -> type.code())
                .containsExactly("invoice.created", "invoice.finalized");
    }

    private Invoice issue(String key, Fee... fees) {
        return shop.billing.oneOff().issue(shop.hosting.id(), new Request(ada, CAD, List.of(fees), key));
    }
}
