package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegroupTest {

    private final Shop shop = new Shop(BillingPolicy.DEFAULT.regrouping());
    private final Customer ada = shop.customerIn("CA", "ON");

    @Test
    void what_a_customer_has_to_pay_on_a_day_is_one_invoice() {
        Subscription web = shop.subscribe(ada, "web-1", shop.starter);
        shop.subscribe(ada, "web-2", shop.starter);
        shop.subscribe(shop.customer("max"), "web-3", shop.starter);
        shop.use("web-2", MARCH, "498000");
        shop.bill(APRIL);

        Invoice whole = issued().stream().filter(invoice -> invoice.lines().size() > 1).findFirst().orElseThrow();
        assertThat(issued()).extracting(invoice -> invoice.number().orElseThrow())
                .containsExactlyInAnyOrder("HOSTING-000001", "HOSTING-000002");
        assertThat(whole.reason().kind()).isEqualTo(InvoiceReason.Kind.REGROUPED);
        assertThat(whole.subtotal()).isEqualTo(cad("41.00"));
        assertThat(whole.tax()).isEqualTo(cad("5.33"));
        assertThat(whole.lines()).extracting(line -> line.origin().orElseThrow().externalId())
                .containsExactlyInAnyOrder("web-1", "web-2", "web-2");
        assertThat(drafts(InvoiceStatus.REGROUPED)).hasSize(2)
                .allSatisfy(draft -> assertThat(draft.number()).isEqualTo(whole.number()));
        assertThat(InvoiceText.explain(whole)).contains("  of subscription " + web.externalId());
    }

    @Test
    void late_usage_is_billed_as_the_difference_to_the_drafts() {
        shop.subscribe(ada, "web-1", shop.starter);
        shop.subscribe(ada, "web-2", shop.starter);
        shop.use("web-1", MARCH, "498000");
        shop.bill(APRIL);
        shop.use("web-1", MARCH.plusSeconds(5), "480000");
        shop.bill(MAY);
        Invoice may = issued().get(issued().size() - 1);
        assertThat(may.subtotal()).isEqualTo(cad("41.00"));
        assertThat(may.lines()).filteredOn(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT).singleElement()
                .satisfies(line -> assertThat(line.alreadyBilled()).isEqualTo(cad("1.00")));
    }

    @Test
    void a_record_names_the_line_of_the_one_invoice() {
        shop.subscribe(ada, "web-1", shop.starter);
        Subscription second = shop.subscribe(ada, "web-2", shop.starter);
        shop.use("web-2", MARCH, "498000");
        shop.bill(APRIL);
        Invoice whole = issued().get(0);
        int line = 1 + IntStream.range(0, 3).filter(i -> whole.lines().get(i).kind() == InvoiceLine.Kind.USAGE).findFirst()
                .orElseThrow();
        assertThat(shop.billing.explainUsage().explain(new UsageKey(second.id(), new MetricCode(Shop.CPU), MARCH.toString()))
                .orElseThrow().reason()).isEqualTo("invoice HOSTING-000001, line " + line + ", counted it");
    }

    @Test
    void a_withdrawn_one_is_not_billed_again() {
        shop.subscribe(ada, "web-1", shop.starter);
        shop.subscribe(ada, "web-2", shop.starter);
        shop.bill(APRIL);
        shop.billing.voidInvoice().withdraw(shop.hosting.id(), issued().get(0).id(), Actor.person("ada"), "wrong");
        shop.bill(MAY);
        shop.bill(JUNE);
        assertThat(issued()).extracting(Invoice::subtotal).containsExactly(cad("40.00"), cad("40.00"), cad("40.00"));
        assertThat(issued()).extracting(invoice -> invoice.number().orElseThrow())
                .containsExactly("HOSTING-000001", "HOSTING-000002", "HOSTING-000003");
    }

    @Test
    void they_are_found_across_pages() {
        for (int i = 0; i < 520; i++) {
            shop.subscribe(i % 2 == 0 ? ada : shop.customer("c" + i), "web-" + i, shop.starter);
        }
        shop.bill(APRIL);
        assertThat(issued()).hasSize(261);
        assertThat(issued()).filteredOn(invoice -> invoice.customer().equals(ada.id())).singleElement()
                .satisfies(invoice -> assertThat(invoice.subtotal()).isEqualTo(cad("5200.00")));
    }

    private List<Invoice> issued() {
        return drafts(InvoiceStatus.FINALISED, InvoiceStatus.VOID);
    }

    private List<Invoice> drafts(InvoiceStatus... statuses) {
        return shop.invoices().stream().filter(invoice -> List.of(statuses).contains(invoice.status())).toList();
    }
}
