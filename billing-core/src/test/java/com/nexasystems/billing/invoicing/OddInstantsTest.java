package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a customer pays in all, when things happen at one instant, in an odd order, or while drafts wait. */
class OddInstantsTest {

    private static final Instant MID_MARCH = Instant.parse("2026-03-16T10:00:00Z");

    private Shop shop = new Shop();

    @ParameterizedTest(name = "late usage while the drafts wait: {0}")
    @ValueSource(booleans = {false, true})
    void a_commitment_counts_all_parts_of_its_period_when_a_draft_is_rated_again(boolean late) {
        shop = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(30)));
        subscribe(plan("sure", Interval.MONTHLY, PlanTerms.PLAIN, version("0.00", "31.00", usage("0"))));
        at(MID_MARCH);
        shop.billing.pauses().pause(shop.hosting.id(), "web");
        at(Instant.parse("2026-03-21T10:00:00Z"));
        shop.billing.resumptions().resume(shop.hosting.id(), "web");
        at(APRIL);
        shop.run(APRIL);
        if (late) {
            shop.use("web", MARCH.plusSeconds(4 * 86_400), "1");
        }
        shop.finalise(Instant.parse("2026-05-20T00:00:00Z"));
        assertThat(total()).isEqualTo(cad("26.00"));
    }

    @ParameterizedTest(name = "{0} microseconds after what is billed")
    @ValueSource(ints = {0, 1})
    void a_commitment_is_due_also_when_it_ends_where_its_usage_was_billed(int micros) {
        subscribe(plan("yearly", Interval.YEARLY, new PlanTerms(0, true, false, Optional.empty()),
                version("0.00", "365.00", usage("0"))));
        shop.bill(APRIL);
        at(APRIL.plusNanos(1000L * micros));
        end(UnusedTime.CREDIT);
        shop.bill(APRIL.plusSeconds(10));
        assertThat(total()).isEqualTo(cad(micros == 0 ? "31.00" : "32.00"));
    }

    @ParameterizedTest(name = "the end {0} seconds after the change")
    @ValueSource(ints = {0, 1})
    void a_change_at_the_very_end_changes_nothing(int seconds) {
        subscribe(plan("a", Interval.MONTHLY, PlanTerms.PLAIN, version("31.00", "93.00", usage("31"))));
        plan("b", Interval.MONTHLY, PlanTerms.PLAIN, version("31.00", null));
        at(MID_MARCH);
        shop.billing.changes().change(shop.hosting.id(), "web", new PlanCode("b"), Timing.NOW);
        at(MID_MARCH.plusSeconds(seconds));
        end(UnusedTime.CREDIT);
        shop.bill(MID_MARCH.plusSeconds(60));
        // 16 days of a commitment of 3.00 a day; or 15 of those, and one day of the other plan's 1.00.
        assertThat(total()).isEqualTo(cad(seconds == 0 ? "48.00" : "46.00"));
    }

    @ParameterizedTest(name = "by a clock that is behind: {0}")
    @ValueSource(booleans = {false, true})
    void fixed_charges_are_given_back_once(boolean behind) {
        subscribe(plan("fixed", Interval.MONTHLY, PlanTerms.PLAIN, seats("0.00")));
        shop.bill(MARCH);
        at(MID_MARCH);
        end(UnusedTime.CREDIT);
        shop.bill(MID_MARCH);
        at(behind ? MID_MARCH.minusSeconds(1) : MID_MARCH.plusSeconds(5));
        shop.use("web", MARCH, "1");
        shop.bill(MID_MARCH.plusSeconds(60));
        assertThat(total()).isEqualTo(cad("17.00"));
    }

    @Test
    void what_was_never_billed_is_not_given_back() {
        at(MID_MARCH);
        Plan plan = plan("fixed", Interval.MONTHLY, PlanTerms.PLAIN, seats("0.00"));
        shop.subscribe(shop.customer("ada"), "web", plan, MID_MARCH);
        end(UnusedTime.REFUND);
        shop.bill(APRIL);
        assertThat(total()).isEqualTo(cad("0.00"));
    }

    @ParameterizedTest(name = "it comes late: {0}")
    @ValueSource(booleans = {false, true})
    void what_comes_in_a_pause_is_carried_over(boolean late) {
        shop.billing.define(Metric.of("seats", Aggregation.SUM, "seat").carriedOver());
        subscribe(plan("carried", Interval.MONTHLY, PlanTerms.PLAIN, version("0.00", null,
                Charge.of(new MetricCode("seats"), Quota.NONE, Standard.of("10")))));
        at(MID_MARCH);
        shop.billing.pauses().pause(shop.hosting.id(), "web");
        at(Instant.parse("2026-03-21T10:00:00Z"));
        var seat = UsageSubmission.event("web", "seats", Instant.parse("2026-03-18T00:00:00Z"), "1", "k");
        if (!late) {
            shop.record(seat);
        }
        shop.billing.resumptions().resume(shop.hosting.id(), "web");
        shop.bill(APRIL);
        if (late) {
            shop.record(seat);
        }
        shop.bill(MAY);
        assertThat(total()).isEqualTo(cad("20.00"));
    }

    @ParameterizedTest(name = "paid: {0}")
    @ValueSource(booleans = {false, true})
    void only_what_was_paid_is_refunded(boolean paid) {
        Customer ada = endedInAdvance(paid);
        Money back = cad("9.68");
        assertNote(ada, paid ? cad("0.00") : back, paid ? back : cad("0.00"));
    }

    @Test
    void a_refund_is_one_also_on_an_invoice_for_several_subscriptions() {
        shop = new Shop(BillingPolicy.DEFAULT.regrouping());
        Customer ada = shop.customer("ada");
        shop.subscribe(ada, "other", shop.starter, MARCH.plus(Duration.ofDays(14)));
        endedInAdvance(true);
        assertNote(ada, cad("0.00"), cad("9.68").minus(cad("1.29")));
    }

    /** 20.00 in advance, ended in mid-March; another subscription ends with it. */
    private Customer endedInAdvance(boolean paid) {
        Customer ada = shop.customer("ada");
        shop.subscribe(ada, "web", shop.inAdvance);
        shop.bill(MARCH);
        if (paid) {
            shop.paid(shop.lastInvoice());
        }
        at(MID_MARCH);
        end(UnusedTime.REFUND);
        if (!shop.billing.ports().subscriptions().resolve(shop.hosting.id(), List.of("other")).isEmpty()) {
            shop.billing.terminations().terminate(shop.hosting.id(), "other");
        }
        shop.bill(MID_MARCH.plusSeconds(60));
        return ada;
    }

    private void assertNote(Customer customer, Money credit, Money refund) {
        List<CreditNote> notes = shop.billing.ports().creditNotes().list(shop.hosting.id(), Optional.of(customer.id()),
                Optional.empty(), 10);
        assertThat(notes).singleElement().satisfies(note -> {
            assertThat(note.given().credit()).isEqualTo(credit);
            assertThat(note.given().refund()).isEqualTo(refund);
        });
    }

    private Money total() {
        assertThat(shop.drafts()).isEmpty();
        return shop.invoices().stream().filter(invoice -> invoice.status() != InvoiceStatus.REGROUPED).map(Invoice::total)
                .reduce(cad("0.00"), Money::plus);
    }

    private void at(Instant now) {
        shop.clock.set(now);
    }

    private void end(UnusedTime unused) {
        shop.billing.terminations().terminate(shop.hosting.id(), "web", unused);
    }

    private void subscribe(Plan plan) {
        shop.subscribe(shop.customer("ada"), "web", plan);
    }

    private Plan plan(String code, Interval interval, PlanTerms terms, PlanVersion version) {
        return shop.billing.plans().publish(new Plan(new PlanCode(code), code, Shop.CAD, interval, false, true, terms,
                List.of(version)));
    }

    /** A unit costs 1.00. */
    private static Charge usage(String minimum) {
        return Charge.of(new MetricCode(CPU), Quota.NONE, Standard.of("1"))
                .on(new ChargeTerms(false, false, new BigDecimal(minimum), List.of(), List.of()));
    }

    private static PlanVersion version(String flat, String commitment, Charge... charges) {
        return new PlanVersion(1, MARCH, cad(flat), List.of(charges), List.of(),
                Optional.ofNullable(commitment).map(Shop::cad), List.of());
    }

    private static PlanVersion seats(String flat) {
        var seats = new FixedCharge("seats", "Seats", BigDecimal.ONE, Standard.of("31"), true, true);
        return new PlanVersion(1, MARCH, cad(flat), List.of(usage("0")), List.of(seats), Optional.empty(), List.of());
    }
}
