package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private final Shop shop = new Shop();
    private final Customer ada = shop.customerIn("CA", "ON");

    @Test
    void the_next_invoice_is_what_it_will_be_and_nothing_of_it_is_stored() {
        shop.subscribe(ada, "web-1", shop.starter);
        Invoice sold = shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(ada, CAD,
                List.of(IssueOneOff.Fee.of("Tokens", "1", "5")), "k"));
        CreditNote note = shop.billing.creditNotes().issue(shop.hosting.id(), new IssueCreditNote.Request(sold.id(), "c",
                CreditNote.Reason.OTHER, "", List.of(new CreditNote.Item(0, cad("5.00"))),
                CreditNote.Given.credit(cad("5.65"))), Actor.person("ada"));
        shop.use("web-1", MARCH, "498000");

        Invoice preview = shop.billing.preview().next(shop.hosting.id(), "web-1").orElseThrow();
        assertThat(preview.status()).isEqualTo(InvoiceStatus.DRAFT);
        assertThat(preview.subtotal()).isEqualTo(cad("21.00"));
        assertThat(preview.payable()).isEqualTo(cad("18.08"));
        assertThat(shop.invoices()).containsExactly(sold);
        assertThat(shop.billing.ports().creditNotes().find(note.id())).contains(note);

        shop.bill(APRIL);
        Invoice issued = shop.lastInvoice();
        assertThat(preview.numbered(issued.number().orElseThrow())).isEqualTo(issued);
    }

    @Test
    void what_starting_would_cost_starts_nothing() {
        Invoice preview = shop.billing.preview().after(() -> shop.billing.subscriptions().start(shop.hosting.id(),
                new Request(ada, "web-1", shop.inAdvance.code(), BillingTime.CALENDAR, MARCH))).orElseThrow();
        assertThat(preview.total()).isEqualTo(cad("22.60"));
        assertThat(shop.billing.ports().subscriptions().resolve(shop.hosting.id(), List.of("web-1"))).isEmpty();
        assertThatThrownBy(() -> shop.billing.preview().next(shop.hosting.id(), "web-1")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_draft_is_refreshed_when_its_usage_changed() {
        var patient = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(3)));
        patient.subscribe("web-1");
        patient.subscribe(patient.customer("max"), "web-2", patient.starter);
        patient.bill(APRIL);
        patient.use("web-1", MARCH, "498000");
        var refreshed = new ArrayList<Invoice>();
        assertThat(patient.billing.drafts().refreshAll(APRIL, refreshed::add)).isEqualTo(new BillingReport(1, List.of(), 0));
        assertThat(refreshed).singleElement().satisfies(draft -> assertThat(draft.total()).isEqualTo(cad("21.00")));
        assertThat(patient.drafts()).containsAll(refreshed).hasSize(2);
        patient.use("web-1", MARCH.plusSeconds(1), "480000");
        assertThat(patient.billing.drafts().refresh(patient.hosting.id(), refreshed.get(0).id()).total())
                .isEqualTo(cad("22.00"));
        patient.clock.set(APRIL.plus(Duration.ofDays(3)));
        patient.finalise(APRIL.plus(Duration.ofDays(3)));
        Invoice issued = patient.billing.drafts().refresh(patient.hosting.id(), refreshed.get(0).id());
        assertThat(issued.status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(issued.total()).isEqualTo(cad("22.00"));
    }
}
