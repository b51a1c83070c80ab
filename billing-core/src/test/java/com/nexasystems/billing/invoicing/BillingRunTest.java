package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BillingRunTest {

    private final Shop shop = new Shop();

    @Test
    void usage_beyond_the_quota_stands_beside_the_flat_price() {
        shop.subscribe("web-1");
        shop.use("web-1", MARCH.plusSeconds(60), "498000");
        shop.bill(APRIL);
        assertThat(shop.lastInvoice().lines()).extracting(InvoiceLine::amount).containsExactly(cad("20.00"), cad("1.00"));
        assertThat(shop.lastInvoice().number()).contains("HOSTING-000001");
    }

    @Test
    void usage_that_rounds_to_nothing_makes_no_line_but_is_told_to_whoever_listens() {
        shop.subscribe("web-1");
        shop.use("web-1", MARCH, "18001");
        var drafted = new ArrayList<Drafted>();
        shop.billing.billingRun().run(APRIL, 1, drafted::add);
        assertThat(drafted.get(0).invoice().lines()).extracting(InvoiceLine::kind).containsExactly(InvoiceLine.Kind.FLAT);
        assertThat(drafted.get(0).rated()).hasSize(1);
    }

    @Test
    void a_second_run_finds_nothing_to_do() {
        shop.subscribe("web-1");
        assertThat(shop.run(APRIL).invoices()).isEqualTo(1);
        assertThat(shop.run(APRIL).invoices()).isZero();
        assertThat(shop.billing.billingRun().countDue(APRIL)).isZero();
    }

    @Test
    void nothing_is_due_a_moment_before_the_period_ends() {
        shop.subscribe("web-1");
        assertThat(shop.run(APRIL.minusNanos(1000)).invoices()).isZero();
    }

    @Test
    void one_run_catches_up_with_all_periods_of_all_subscriptions() {
        Customer ada = shop.customer("ada");
        shop.clock.set(JUNE);
        for (int i = 0; i < 6; i++) {
            Plan plan = i % 2 == 0 ? shop.starter : shop.inAdvance;
            shop.subscribe(ada, "web-" + i, plan, MARCH.plus(Duration.ofDays(17L * i)));
        }
        shop.run(JUNE);
        assertThat(shop.billing.billingRun().countDue(JUNE)).isZero();
        assertThat(shop.invoices()).filteredOn(invoice -> invoice.billed().orElseThrow().externalId().equals("web-0")).hasSize(3);
    }

    @Test
    void a_plan_in_advance_bills_the_coming_period_and_the_usage_of_the_past_one() {
        shop.subscribe(shop.customer("ada"), "web-1", shop.inAdvance);
        shop.bill(MARCH);
        shop.use("web-1", MARCH, "498000");
        shop.bill(APRIL);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("20.00"), cad("21.00"));
    }

    @Test
    void one_that_cannot_be_billed_is_reported_and_stays_due_while_the_others_are_billed() {
        Subscription broken = shop.subscribe(shop.customerIn("FR", "75"), "broken", shop.starter);
        for (int i = 0; i < 9; i++) {
            shop.subscribe(shop.customer("ada"), "web-" + i, shop.starter);
        }
        BillingReport report = shop.run(APRIL);
        assertThat(report.invoices()).isEqualTo(9);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.subscription()).isEqualTo(broken.id());
            assertThat(failure.reason()).contains("no rate is known for FR-75");
        });
        assertThat(shop.find(broken).nextInvoiceAt()).contains(APRIL);
    }

    @Test
    void a_failure_counts_once_however_often_it_was_tried() {
        shop.subscribe(shop.customerIn("FR", "75"), "broken", shop.starter);
        shop.subscribe("behind");
        assertThat(shop.billing.billingRun().dryRun(MAY, drafted -> { }).failed()).isEqualTo(1);
        BillingReport report = shop.billing.billingRun().run(MAY, 2, drafted -> { });
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.failures()).hasSize(1);
        assertThat(report.invoices()).isEqualTo(2);
    }

    @Test
    void one_that_was_put_right_is_billed_by_the_next_run() {
        Customer somewhere = shop.customerIn("FR", "75");
        shop.subscribe(somewhere, "broken", shop.starter);
        shop.run(APRIL);
        shop.billing.ports().customers().update(somewhere.withAddress(Address.in("CA", "ON")));
        shop.run(APRIL);
        assertThat(shop.lastInvoice().tax()).isEqualTo(cad("2.60"));
    }

    @Test
    void a_dry_run_gives_the_figures_and_stores_nothing() {
        Subscription subscription = shop.subscribe("web-1");
        shop.use("web-1", MARCH, "498000");
        var dry = new ArrayList<Drafted>();
        BillingReport report = shop.billing.billingRun().dryRun(MAY, dry::add);
        assertThat(report.invoices()).isEqualTo(2);
        assertThat(shop.invoices()).isEmpty();
        assertThat(shop.find(subscription)).isEqualTo(subscription);
        assertThat(shop.billing.ports().eventLog().of(subscription.id().value())).hasSize(1);
        var wet = new ArrayList<Drafted>();
        shop.billing.billingRun().run(MAY, 1, wet::add);
        assertThat(wet).isEqualTo(dry);
    }

    @Test
    void several_workers_bill_each_subscription_once() {
        List<Subscription> many = IntStream.range(0, 1200)
                .mapToObj(i -> shop.subscribe(shop.customer("ada"), "web-" + i, shop.starter)).toList();
        var told = new ArrayList<Drafted>();
        BillingReport report = shop.billing.billingRun().run(APRIL, 4, told::add);
        assertThat(report.invoices()).isEqualTo(many.size());
        assertThat(told).hasSameSizeAs(many);
        assertThat(new HashSet<>(told.stream().map(d -> d.invoice().subscription()).toList())).hasSameSizeAs(many);
    }

    @Test
    void a_draft_is_announced_in_the_order_of_the_subscription() {
        Subscription subscription = shop.subscribe("web-1");
        shop.bill(APRIL);
        assertThat(shop.billing.ports().eventLog().of(subscription.id().value()))
                .extracting(logged -> logged.event().type())
                .containsExactly(EventType.SUBSCRIPTION_STARTED, EventType.INVOICE_CREATED, EventType.INVOICE_FINALIZED);
    }

    @Test
    void a_new_price_counts_for_periods_that_begin_after_it() {
        shop.subscribe("web-1");
        shop.billing.plans().publish(shop.starter.code(), Instant.parse("2026-03-15T00:00:00Z"), cad("25.00"),
                shop.starter.versions().get(0).charges());
        shop.bill(MAY);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("20.00"), cad("25.00"));
        assertThat(shop.invoices()).extracting(invoice -> invoice.billed().orElseThrow().planVersion()).containsExactly(1, 2);
    }
}
