package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.ChargePart;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.reference.RandomCharges;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InvoiceTest {

    private static final Actor ADA = Actor.person("ada@example.com");
    private final Shop shop = new Shop();

    @ParameterizedTest(name = "{0} can become {1}")
    @CsvSource(delimiter = '|', textBlock = """
            DRAFT         | FINALISED, REGROUPED
            FINALISED     | PAID, VOID, UNCOLLECTIBLE
            UNCOLLECTIBLE | PAID
            PAID          | VOID
            VOID          |
            REGROUPED     |
            """)
    void an_invoice_changes_its_status_in_these_ways_only(InvoiceStatus from, String successors) {
        List<InvoiceStatus> allowed = successors == null ? List.of()
                : Arrays.stream(successors.split(", ")).map(InvoiceStatus::valueOf).toList();
        assertThat(Arrays.stream(InvoiceStatus.values()).filter(from::canBecome)).containsExactlyElementsOf(allowed);
    }

    @Test
    void a_withdrawn_invoice_keeps_its_number_and_its_reason_is_on_the_trail() {
        Invoice invoice = anIssuedInvoice();
        Invoice withdrawn = shop.billing.voidInvoice().withdraw(shop.hosting.id(), invoice.id(), ADA, "wrong customer");
        assertThat(withdrawn.status()).isEqualTo(InvoiceStatus.VOID);
        assertThat(withdrawn.number()).contains("HOSTING-000001");
        assertThat(shop.billing.ports().auditTrail().of(invoice.id().toString())).singleElement()
                .satisfies(entry -> assertThat(entry.details()).containsEntry("reason", "wrong customer"));
    }

    @Test
    void a_withdrawn_period_is_not_billed_again() {
        Invoice invoice = anIssuedInvoice();
        shop.billing.voidInvoice().withdraw(shop.hosting.id(), invoice.id(), ADA, "wrong");
        shop.use("web-1", MARCH.plusSeconds(1), "480000");
        shop.bill(MAY);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("21.00"));
    }

    @Test
    void only_an_issued_and_unpaid_invoice_of_the_service_is_withdrawn() {
        Invoice invoice = anIssuedInvoice();
        ServiceId chat = shop.billing.register("chat", "Chat").id();
        assertThatThrownBy(() -> withdraw(chat, invoice)).isInstanceOf(InvalidValue.class).hasMessageContaining("not exist");
        shop.paid(invoice);
        assertThatThrownBy(() -> withdraw(shop.hosting.id(), invoice)).hasMessageContaining("this one is paid");
    }

    @Test
    void a_draft_is_not_withdrawn() {
        var patient = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(1)));
        patient.subscribe("web-1");
        patient.bill(APRIL);
        assertThatThrownBy(() -> patient.billing.voidInvoice()
                .withdraw(patient.hosting.id(), patient.lastInvoice().id(), ADA, "?")).hasMessageContaining("is draft");
    }

    @ParameterizedTest
    @EnumSource(value = RoundingMode.class, names = {"HALF_UP", "HALF_EVEN"})
    void a_line_is_its_exact_amount_rounded_once(RoundingMode rounding) {
        Invoice invoice = anIssuedInvoice();
        Explanation explanation = invoice.lines().get(1).explanation();
        Cases.check(2_000, random -> {
            BigDecimal price = new RandomCharges(random, BigDecimal.ONE).price();
            var step = new Priced.Step("units", price, new BigDecimal("0.5"), BigDecimal.TEN);
            var priced = new Priced(price, List.of(step));
            var why = new Explanation(explanation.plan(), "c", "standard", ChargePart.WHOLE, Shop.CAD, explanation.period(),
                    explanation.counted(), priced);
            InvoiceLine line = InvoiceLine.of(InvoiceLine.Kind.USAGE, "usage", why, rounding);
            assertThat(line.amount().amount()).isEqualTo(price.multiply(new BigDecimal("0.05")).setScale(2, rounding));
        });
    }

    @Test
    void a_line_cannot_say_another_amount_than_its_explanation() {
        InvoiceLine line = anIssuedInvoice().lines().get(1);
        assertThatThrownBy(() -> new InvoiceLine(line.kind(), line.description(), line.explanation(), line.rounding(),
                line.alreadyBilled(), cad("1.01"))).hasMessage("the line says 1.01 CAD, its explanation gives 1.00 CAD");
    }

    @Test
    void an_invoice_unfolds_down_to_the_counters() {
        assertThat(InvoiceText.explain(anIssuedInvoice())).isEqualTo("""
                Invoice HOSTING-000001 of 2026-04-01, finalised
                Customer of CA-ON, subscription web-1
                Plan starter, version 1, usage of [2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z) UTC

                Line 1  starter  20.00 CAD
                  price of plan starter, version 1, for [2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z) UTC
                  flat price: 1 × 20 = 20
                  exact 20 CAD, rounded half up to 20.00 CAD

                Line 2  cpu_seconds  1.00 CAD
                  charge cpu_seconds (standard) of plan starter, version 1, for [2026-03-01T00:00:00Z, \
                2026-04-01T00:00:00Z) UTC
                  counted 1 record of cpu_seconds, the first from 2026-03-01T00:00:00Z, the last from \
                2026-03-01T00:00:00Z (digest %s)
                  sum = 498000 CPU-second
                  included 18000, overage 480000, remaining 0
                  units: 480000 × 0.0075 ÷ 3600 = 1
                  exact 1 CAD, rounded half up to 1.00 CAD

                Subtotal  21.00 CAD
                HST-ON 13 %% of 21.00 CAD  2.73 CAD
                Total     23.73 CAD  (tax on total, half up)
                """.formatted(shop.lastInvoice().lines().get(1).explanation().counted().orElseThrow().digest()));
    }

    private Invoice anIssuedInvoice() {
        shop.subscribe(shop.customerIn("CA", "ON"), "web-1", shop.starter);
        shop.use("web-1", MARCH, "498000");
        shop.bill(APRIL);
        return shop.lastInvoice();
    }

    private void withdraw(ServiceId service, Invoice invoice) {
        shop.billing.voidInvoice().withdraw(service, invoice.id(), ADA, "?");
    }
}
