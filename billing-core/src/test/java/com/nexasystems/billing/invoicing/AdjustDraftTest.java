package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdjustDraftTest {

    private static final Actor ADA = Actor.person("ada@example.com");

    private final Shop shop = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(3)));
    private InvoiceId draft;

    @BeforeEach
    void a_draft_of_20_and_5() {
        shop.subscribe(shop.customerIn("CA", "ON"), "web-1", shop.starter);
        shop.use("web-1", MARCH, "2418000");
        shop.bill(APRIL);
        draft = shop.drafts().get(0).id();
    }

    @Test
    void a_line_comes_to_what_was_decided_and_says_why() {
        Invoice adjusted = set(2, "3.00", "as agreed");
        assertThat(adjusted.subtotal()).isEqualTo(cad("23.00"));
        assertThat(adjusted.tax()).isEqualTo(cad("2.99"));
        assertThat(shop.drafts()).containsExactly(adjusted);
        assertThat(InvoiceText.explain(adjusted)).contains("as agreed: 1 × 3 = 3", "instead of: 1 × -5 = -5");
        assertThat(shop.billing.ports().auditTrail().of(draft.toString())).singleElement()
                .satisfies(entry -> assertThat(entry.details()).containsEntry("reason", "as agreed"));
    }

    @Test
    void it_holds_when_the_draft_is_rated_again_and_late_usage_is_billed_beside_it() {
        set(2, "3.00", "as agreed");
        shop.use("web-1", MARCH.plusSeconds(1), "480000");
        Duration grace = Duration.ofDays(3);
        shop.bill(APRIL.plus(grace));
        assertThat(shop.lastInvoice().status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("23.00"));
        shop.use("web-1", MARCH.plusSeconds(2), "480000");
        shop.bill(MAY.plus(grace));
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("21.00"));
    }

    @Test
    void it_is_decided_anew_or_reset() {
        set(2, "3.00", "as agreed");
        assertThat(set(2, "4.00", "no, so").subtotal()).isEqualTo(cad("24.00"));
        assertThat(set(1, "0.00", "for nothing").subtotal()).isEqualTo(cad("4.00"));
        shop.billing.adjustDraft().reset(shop.hosting.id(), draft, 2, ADA);
        assertThat(shop.billing.adjustDraft().reset(shop.hosting.id(), draft, 1, ADA).subtotal()).isEqualTo(cad("25.00"));
    }

    @Test
    void only_lines_of_drafts_are_corrected() {
        set(2, "3.00", "as agreed");
        assertThatThrownBy(() -> set(3, "1.00", "?")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> set(1, "1.00", " ")).isInstanceOf(InvalidValue.class);
        shop.bill(APRIL.plus(Duration.ofDays(3)));
        assertThatThrownBy(() -> set(1, "1.00", "?")).isInstanceOf(InvalidValue.class).hasMessageContaining("no such draft");
    }

    private Invoice set(int line, String amount, String reason) {
        return shop.billing.adjustDraft().setAmount(shop.hosting.id(), draft, line, cad(amount), ADA, reason);
    }
}
