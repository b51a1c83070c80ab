package com.nexasystems.billing.reconciliation;

import static com.nexasystems.billing.shadow.Platform.at;
import static com.nexasystems.billing.shadow.Platform.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.CertifyParity.Verdict;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcileTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final Actor EVE = Actor.person("Eve");

    private final Billing billing = Billing.inMemory(Clock.fixed(Instant.parse("2026-04-02T00:00:00Z"), ZoneOffset.UTC));
    private final Service hosting = billing.register("hosting", "Hosting");
    private final Platform platform = new Platform().plan("starter", "20.00", 18_000).plan("pro", "50.00", 360_000)
            .user("ada", "ada@example.org").subscription("web", "ada", "starter", "2026-03-01", "2026-04-01");

    /** Each of the 31 days; 31 CPU-hours in all, of which 26 are beyond the quota: 0.195. */
    private Platform used() {
        for (int day = 1; day <= 31; day++) {
            platform.usage("web", at(LocalDate.of(2026, 3, day).toString()), "1");
        }
        return platform;
    }

    private ReconciledRow row() {
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
        billing.reconcile().run(Reconcile.Request.of(hosting.id()), rows -> { });
        return billing.ports().reconciliations().find(hosting.id(), "web", MARCH).orElseThrow();
    }

    private static String causes(ReconciledRow row) {
        return String.join(" ", row.causes().stream().map(cause -> cause.kind() + "=" + cause.amount().stripTrailingZeros()
                .toPlainString()).toList());
    }

    private List<Map<String, String>> told() {
        return billing.ports().eventLog().of(hosting.id().value()).stream().map(Sequenced::event)
                .filter(event -> event.type() == EventType.RECONCILIATION_DELTA).map(BillingEvent::data).toList();
    }

    @Test
    void the_service_is_told_of_differences_once_until_they_change() {
        used().invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.30");
        row();
        row();
        assertThat(told()).hasSize(1).allSatisfy(data -> assertThat(data).containsEntry("deltas", "1").containsEntry("rows", "1"));
        platform.invoice("more", "web", "starter", "2026-03-01", "2026-04-01", "1.00");
        row();
        assertThat(told()).hasSize(2);
    }

    @Test
    void of_matches_nobody_is_told() {
        used().invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.20");
        row();
        assertThat(told()).isEmpty();
    }

    @Test
    void what_is_charged_as_this_engine_would_is_a_match() {
        used().invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.20");
        ReconciledRow row = row();
        assertThat(row.status()).isEqualTo(Status.MATCH);
        assertThat(row.computed()).isEqualTo("20.1950");
        assertThat(row.actual()).isEqualTo("20.2000");
        assertThat(row.delta()).isEqualTo("-0.0050");
        assertThat(row.computedUsage()).isEqualTo("0.1950");
    }

    @Test
    void an_invoice_counts_once_however_many_items_it_has() {
        List<SourceItem> items = IntStream.range(0, 50)
                .mapToObj(i -> item("i-" + i, "Starter", "0.40", "2026-03-01", "2026-04-01")).toList();
        platform.invoice("i", Optional.of("web"), "CAD", "paid", items);
        assertThat(row().actual()).isEqualTo("20.0000");
    }

    @Test
    void an_invoice_of_another_state_than_charged_does_not_count() {
        for (String status : List.of("void", "draft", "deleted")) {
            platform.invoice(status, Optional.of("web"), "CAD", status,
                    List.of(item(status, "starter", "20.00", "2026-03-01", "2026-04-01")));
        }
        assertThat(causes(row())).isEqualTo("NOT_BILLED=20");
    }

    @Test
    void items_belong_to_the_period_that_they_are_for() {
        used().subscription("web", "ada", "starter", "2026-02-01", "2026-04-01").invoice("i", Optional.of("web"), "CAD", "paid",
                List.of(item("1", "starter", "20.00", "2026-03-01", "2026-04-01"),
                        item("2", "CPU overage", "7.00", "2026-02-01", "2026-03-01")));
        assertThat(row().actual()).isEqualTo("20.0000");
        assertThat(billing.ports().reconciliations().find(hosting.id(), "web", LocalDate.of(2026, 2, 1)).orElseThrow().actual())
                .isEqualTo("7.0000");
    }

    @Test
    void names_the_cause_of_each_difference_with_its_amount() {
        used();
        assertCauses("50.00+0.20", "OTHER_PRICE=-30 ROUNDING=-0.005");
        assertCauses("22.60+0.22", "TAX_INCLUDED=-2.6253 ROUNDING=0.0003");
        assertCauses("20.00", "MISSING_USAGE=0.195");
        assertCauses("20.00+0.23", "QUOTA=-0.035");
    }

    private void assertCauses(String amounts, String causes) {
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", amounts);
        ReconciledRow row = row();
        assertThat(causes(row)).as(amounts).isEqualTo(causes);
        assertThat(row.unexplained()).isZero();
    }

    @Test
    void hours_without_a_record_are_where_more_was_billed() {
        for (int hour = 0; hour < 31 * 24; hour++) {
            if (hour < 100 || hour >= 110) {
                platform.usage("web", at("2026-03-01").plusSeconds(3600L * hour), "1");
            }
        }
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+5.54");
        ReconciledRow row = row();
        assertThat(causes(row)).startsWith("MISSING_USAGE=-0.0725");
        assertThat(row.causes().get(0).note()).contains("10 hours are missing");
    }

    @Test
    void what_is_paid_once_on_the_same_invoice_is_not_the_plans() {
        platform.invoice("i", Optional.of("web"), "CAD", "paid", List.of(
                item("1", "Setup fee", "99.00", "2026-03-01", "2026-04-01"),
                item("2", "starter", "20.00", "2026-03-01", "2026-04-01")));
        assertThat(causes(row())).isEqualTo("ONE_OFF_ITEM=-99");
    }

    @Test
    void two_invoices_for_one_period_are_one_too_many() {
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00")
                .invoice("j", "web", "starter", "2026-03-01", "2026-04-01", "20.00");
        assertThat(causes(row())).isEqualTo("BILLED_TWICE=-20");
    }

    @Test
    void an_invoice_in_another_currency_is_no_match_even_of_the_same_number() {
        platform.invoice("i", Optional.of("web"), "USD", "paid",
                List.of(item("1", "starter", "20.00", "2026-03-01", "2026-04-01")));
        ReconciledRow row = row();
        assertThat(row.status()).isEqualTo(Status.DELTA);
        assertThat(causes(row)).isEqualTo("CURRENCY=20");
    }

    @Test
    void a_part_of_a_period_may_be_prorated_otherwise() {
        platform.subscription("web", "ada", "starter", "2026-03-17", "2026-04-01")
                .invoice("i", "web", "starter", "2026-03-17", "2026-04-01", "20.00");
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
        billing.reconcile().run(Reconcile.Request.of(hosting.id()), rows -> { });
        ReconciledRow row = billing.ports().reconciliations().find(hosting.id(), "web", LocalDate.of(2026, 3, 17))
                .orElseThrow();
        assertThat(row.computed()).as("15 of 31 days").isEqualTo("9.6774");
        assertThat(causes(row)).isEqualTo("PRORATION=-10.3226");
    }

    @Test
    void what_nothing_explains_stays_unexplained_and_is_never_a_match() {
        platform.invoice("i", Optional.of("web"), "CAD", "paid", List.of(
                item("1", "starter", "20.00", "2026-03-01", "2026-04-01"),
                item("2", "CPU overage", "3.00", "2026-03-01", "2026-04-01")));
        for (int hour = 0; hour < 31 * 24; hour++) {
            platform.usage("web", at("2026-03-01").plusSeconds(3600L * hour), "0");
        }
        ReconciledRow row = row();
        assertThat(row.status()).isEqualTo(Status.DELTA);
        assertThat(row.causes()).isEmpty();
        assertThat(row.unexplained()).isEqualTo("-3.0000");
    }

    @Test
    void revenue_without_a_subscription_is_listed_and_makes_the_coverage() {
        used().invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.20")
                .invoice("once", Optional.empty(), "CAD", "paid", List.of(
                        item("1", "Consulting", "300.00", "2026-03-05", "2026-03-06")))
                .invoice("left", Optional.of("gone"), "CAD", "paid", List.of(
                        item("1", "starter", "16.46", "2026-03-01", "2026-04-01")));
        row();
        Summary summary = billing.reconcile().summary(RowQuery.of(hosting.id()));
        assertThat(summary.coverage(CAD)).isEqualTo("6.00");
        assertThat(billing.ports().reconciliations().lastRun(hosting.id()).orElseThrow().unlinked())
                .extracting(one -> one.why() + " " + one.invoices() + " " + one.subtotal())
                .containsExactly("ONE_OFF 1 300.00", "NOT_IMPORTED 1 16.46");
    }

    @Test
    void a_resolution_holds_while_the_figures_do() {
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "21.00");
        ReconciledRow seen = row();
        billing.resolveDelta().resolve(seen, EVE, "the price of February, by contract");
        assertThat(row().status()).isEqualTo(Status.RESOLVED);
        assertThat(row().resolution().orElseThrow().note()).isEqualTo("the price of February, by contract");
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "21.01");
        assertThat(row().status()).isEqualTo(Status.DELTA);
        assertThatThrownBy(() -> billing.resolveDelta().resolve(seen, EVE, "again")).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("look at it again");
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "21.00");
        assertThat(row().status()).as("what has gone does not come back").isEqualTo(Status.DELTA);
    }

    @Test
    void rules_that_were_adopted_are_what_is_compared_by() {
        used().invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.20");
        row();
        billing.adoptRules().adopt(hosting.id(), BillerRules.engine(ZoneOffset.UTC)
                .rounding(Rounding.TOTAL, RoundingMode.HALF_UP), EVE);
        assertThat(row().computed()).isEqualTo("20.2000");
        assertThat(billing.ports().auditTrail().of(hosting.id().toString())).singleElement()
                .satisfies(entry -> assertThat(entry.details().get("after")).startsWith("rounded on the total HALF_UP"));
    }

    @Test
    void a_tolerance_that_hides_more_than_rounding_is_refused() {
        row();
        assertThatThrownBy(() -> billing.reconcile().run(
                new Reconcile.Request(hosting.id(), Optional.empty(), new BigDecimal("0.06")), rows -> { }))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("tolerance");
    }

    @Test
    void a_certificate_holds_until_a_row_changes() {
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "21.00");
        billing.resolveDelta().resolve(row(), EVE, "by contract");
        ParityCertificate issued = billing.certifyParity().issue(hosting, MARCH, MARCH.plusMonths(1), EVE);
        assertThat(issued.waivers()).singleElement().satisfies(waiver -> assertThat(waiver.delta()).isEqualTo("-1.0000"));
        assertThat(verdict(issued)).isEqualTo(Verdict.HOLDS);
        row();
        assertThat(verdict(issued)).as("the same figures again").isEqualTo(Verdict.HOLDS);
        assertThat(billing.certifyParity().verify(issued.id(), known -> false)).isEqualTo(Verdict.ALTERED);
        assertThat(billing.certifyParity().verify(billing.ports().ids().next(), known -> true))
                .isEqualTo(Verdict.NOT_ISSUED_HERE);
        platform.invoice("i", "web", "starter", "2026-03-01", "2026-04-01", "21.01");
        row();
        assertThat(verdict(issued)).isEqualTo(Verdict.ROWS_HAVE_CHANGED);
    }

    private Verdict verdict(ParityCertificate issued) {
        return billing.certifyParity().verify(issued.id(), issued::equals);
    }
}
