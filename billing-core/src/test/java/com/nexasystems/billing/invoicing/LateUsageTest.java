package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeFilter;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LateUsageTest {

    private static final Instant MID_MARCH = Instant.parse("2026-03-15T00:00:00Z");

    private final Shop shop = new Shop();

    @Test
    void late_usage_is_billed_on_the_next_invoice_as_the_difference() {
        shop.subscribe("web-1");
        shop.use("web-1", MARCH, "498000");
        shop.bill(APRIL);
        shop.use("web-1", MID_MARCH, "960000");
        shop.bill(MAY);
        InvoiceLine adjustment = adjustment(shop.lastInvoice());
        assertThat(adjustment.amount()).isEqualTo(cad("2.00"));
        assertThat(adjustment.alreadyBilled()).isEqualTo(cad("1.00"));
        assertThat(adjustment.description()).isEqualTo("cpu_seconds, adjustment of 2026-03-01 to 2026-03-31");
    }

    @Test
    void a_clock_that_is_behind_the_termination_opens_nothing_again() {
        shop.subscribe("web-1");
        shop.use("web-1", MARCH, "18000");
        Instant end = APRIL.minus(Duration.ofDays(10));
        shop.clock.set(end);
        Subscription ended = shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(end);
        shop.clock.set(end.minusSeconds(2));
        shop.use("web-1", MID_MARCH, "480000");
        shop.bill(APRIL);
        assertThat(shop.invoices()).extracting(invoice -> invoice.reason().kind())
                .containsExactly(InvoiceReason.Kind.SUBSCRIPTION, InvoiceReason.Kind.ADJUSTMENT);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("1.00"));
        assertThat(shop.find(ended).billedThrough()).isEqualTo(end);
    }

    @Test
    void a_correction_downwards_is_credited() {
        shop.subscribe("web-1");
        shop.record(UsageSubmission.event("web-1", CPU, MARCH, "498000", "k"));
        shop.bill(APRIL);
        shop.record(UsageSubmission.event("web-1", CPU, MARCH, "18000", "k"), Option.REPLACE);
        shop.bill(MAY);
        assertThat(adjustment(shop.lastInvoice()).amount()).isEqualTo(cad("-1.00"));
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("19.00"));
    }

    @Test
    void late_usage_within_the_quota_changes_nothing_and_makes_no_line() {
        Subscription subscription = shop.subscribe("web-1");
        shop.bill(APRIL);
        shop.use("web-1", MID_MARCH, "10");
        shop.bill(MAY);
        assertThat(shop.lastInvoice().lines()).extracting(InvoiceLine::kind).containsExactly(InvoiceLine.Kind.FLAT);
        assertThat(shop.billing.ports().usageRecords().late(List.of(subscription.id()))).isEmpty();
    }

    @Test
    void usage_that_comes_in_time_for_a_draft_is_billed_on_it() {
        var patient = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(3)));
        patient.subscribe("web-1");
        patient.bill(APRIL);
        patient.use("web-1", MID_MARCH, "498000");
        assertThat(patient.drafts()).hasSize(1);
        patient.bill(APRIL.plus(Duration.ofDays(3)));
        assertThat(patient.drafts()).isEmpty();
        assertThat(patient.lastInvoice().lines()).extracting(InvoiceLine::kind)
                .containsExactly(InvoiceLine.Kind.FLAT, InvoiceLine.Kind.USAGE);
        assertThat(patient.lastInvoice().subtotal()).isEqualTo(cad("21.00"));
        patient.bill(JUNE);
        assertThat(patient.invoices()).extracting(Invoice::subtotal)
                .containsExactly(cad("21.00"), cad("20.00"), cad("20.00"));
    }

    @Test
    void usage_corrected_to_nothing_while_in_draft_takes_its_line_away() {
        var patient = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(3)));
        patient.subscribe("web-1");
        patient.record(UsageSubmission.event("web-1", CPU, MARCH, "498000", "k"));
        patient.bill(APRIL);
        patient.record(UsageSubmission.event("web-1", CPU, MARCH, "0", "k"), Option.REPLACE);
        patient.bill(APRIL.plus(Duration.ofDays(3)));
        assertThat(patient.lastInvoice().subtotal()).isEqualTo(cad("20.00"));
    }

    @Test
    void a_draft_that_cannot_be_rated_again_waits_while_the_others_are_issued() {
        var patient = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(3)));
        patient.subscribe(patient.customerIn("CA", "ON"), "web-1", patient.starter);
        patient.subscribe(patient.customer("ada"), "web-2", patient.starter);
        patient.bill(APRIL);
        patient.use("web-1", MID_MARCH, "498000");
        var moved = patient.customerIn("CA", "ON").withAddress(Address.in("FR", "75"));
        patient.billing.ports().customers().update(moved);
        BillingReport report = patient.finalise(MAY);
        assertThat(report.invoices()).isEqualTo(1);
        assertThat(report.failures()).extracting(BillingFailure::externalId).containsExactly("web-1");
        assertThat(patient.drafts()).extracting(invoice -> invoice.billed().orElseThrow().externalId()).containsExactly("web-1");
        assertThat(patient.invoices()).filteredOn(i -> i.number().isPresent()).extracting(i -> i.number().get())
                .containsExactly("HOSTING-000001");
    }

    @Test
    void late_usage_of_a_subscription_that_has_ended_gets_an_invoice_of_its_own() {
        Subscription subscription = shop.subscribe("web-1");
        shop.clock.set(APRIL);
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(APRIL);
        shop.clock.set(MAY);
        shop.use("web-1", MID_MARCH, "498000");
        shop.bill(MAY);
        assertThat(shop.lastInvoice().reason().kind()).isEqualTo(InvoiceReason.Kind.ADJUSTMENT);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("1.00"));
        assertThat(shop.find(subscription).nextInvoiceAt()).isEmpty();
    }

    @Test
    void two_late_records_at_one_instant_around_a_run_are_both_billed() {
        shop.subscribe("web-1");
        shop.clock.set(APRIL);
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(APRIL);
        shop.use("web-1", MID_MARCH, "498000");
        shop.bill(APRIL);
        shop.use("web-1", MID_MARCH.plusSeconds(1), "480000");
        shop.bill(APRIL);
        shop.bill(MAY);
        assertThat(shop.invoices().stream().map(Invoice::subtotal).reduce(cad("0.00"), (a, b) -> a.plus(b)))
                .isEqualTo(cad("22.00"));
    }

    @Test
    void usage_that_a_correction_moves_to_another_price_is_credited_there_and_billed_here() {
        Metric calls = shop.billing.define(Metric.of("calls", Aggregation.SUM, "call"));
        var grouped = new ChargeTerms(false, false, BigDecimal.ZERO, List.of("region"), List.of(
                new ChargeFilter("cheap", Map.of("kind", List.of("cheap")), Quota.NONE, Standard.of("1"))));
        Plan plan = shop.billing.plans().publish(Plan.of("calls", Interval.MONTHLY, false, cad("0.00"), MARCH,
                Charge.of(calls.code(), Quota.NONE, Graduated.of(Tier.rest("3", "7"))).on(grouped)));
        shop.subscribe(shop.customer("ada"), "web-1", plan);
        var call = UsageSubmission.event("web-1", "calls", MARCH, "10", "k");
        shop.record(call.withProperty("region", "us"));
        shop.bill(APRIL);
        assertThat(shop.lastInvoice().lines()).extracting(InvoiceLine::amount).containsExactly(cad("37.00"));
        shop.record(call.withProperty("region", "ca").withProperty("kind", "cheap"), Option.REPLACE);
        shop.bill(MAY);
        assertThat(shop.lastInvoice().lines()).filteredOn(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT)
                .extracting(InvoiceLine::amount).containsExactly(cad("10.00"), cad("-37.00"));
        assertThat(shop.lastInvoice().lines()).extracting(InvoiceLine::description).containsExactly(
                "calls, cheap, adjustment of 2026-03-01 to 2026-03-31",
                "calls, region us, adjustment of 2026-03-01 to 2026-03-31");
        shop.record(call.withProperty("region", "ca"), Option.REPLACE);
        shop.bill(JUNE);
        assertThat(shop.lastInvoice().lines()).filteredOn(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT)
                .extracting(InvoiceLine::amount).containsExactly(cad("-10.00"), cad("37.00"));
    }

    @Test
    void late_usage_that_is_carried_over_adjusts_every_period_that_was_billed_since() {
        Metric seats = shop.billing.define(Metric.of("seats", Aggregation.SUM, "seat").carriedOver());
        Plan plan = shop.billing.plans().publish(Plan.of("seats", Interval.MONTHLY, false, cad("0.00"), MARCH,
                Charge.of(seats.code(), Quota.NONE, Standard.of("2"))));
        shop.subscribe(shop.customer("ada"), "web-1", plan);
        shop.record(UsageSubmission.event("web-1", "seats", MARCH, "3", "k1"));
        shop.bill(APRIL);
        shop.bill(MAY);
        shop.record(UsageSubmission.event("web-1", "seats", MID_MARCH, "1", "k2"));
        shop.bill(JUNE);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("6.00"), cad("6.00"), cad("12.00"));
        assertThat(shop.lastInvoice().lines()).extracting(InvoiceLine::amount)
                .containsExactly(cad("8.00"), cad("2.00"), cad("2.00"));
    }

    private static InvoiceLine adjustment(Invoice invoice) {
        return invoice.lines().stream().filter(line -> line.kind() == InvoiceLine.Kind.ADJUSTMENT).findFirst().orElseThrow();
    }
}
