package com.nexasystems.billing.cutover;

import static com.nexasystems.billing.shadow.Platform.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.CutOver.Outcome;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CutOverTest {

    private static final Actor EVE = Actor.person("Eve");

    private final TestClock clock = new TestClock(Instant.parse("2026-04-02T00:00:00Z"));
    private final Billing billing = Billing.over(Ports.inMemory()).clock(clock).build();
    private final Service hosting = billing.register("hosting", "Hosting");
    private final CutOverTerms terms = CutOverTerms.of(hosting.id());
    private final Platform platform = new Platform().plan("starter", "20.00", 18_000).user("ada", "ada@example.org")
            .subscription("web", "ada", "starter", "2026-02-01", "2026-04-01").usage("web", "2026-03-10", 24, "1")
            .invoice("i1", "web", "starter", "2026-02-01", "2026-03-01", "20.00")
            .invoice("i2", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.14");

    private void imported() {
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
    }

    private Outcome flip() {
        return billing.cutOver().flip(terms, EVE, done -> { });
    }

    private Subscription web() {
        return billing.ports().subscriptions().resolve(hosting.id(), List.of("web")).get("web");
    }

    private void assertRefused(Outcome outcome, String check, String missing) {
        assertThat(outcome.flip()).isEmpty();
        assertThat(((Refused) outcome.gate()).refusals()).anySatisfy(refusal -> {
            assertThat(refusal.check()).isEqualTo(check);
            assertThat(refusal.missing()).contains(missing);
            assertThat(refusal.remedy()).isNotBlank();
        });
        assertThat(billing.ports().cutOvers().of(hosting.id())).isEmpty();
    }

    @Test
    void opens_when_the_last_cycle_agrees() {
        imported();
        Outcome outcome = flip();
        assertThat(outcome.gate()).isInstanceOf(GateResult.Passed.class);
        assertThat(outcome.flip().orElseThrow().subscriptions()).isEqualTo(1);
        assertThat(web().state()).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(billing.ports().plans().all()).noneMatch(plan -> plan.terms().shadow());
        assertThat(billing.ports().auditTrail().of(hosting.id().toString())).anyMatch(
                entry -> entry.action().equals("cutover.flipped") && entry.actor().equals(EVE));
    }

    @Test
    void bills_from_where_the_application_has_billed_up_to() {
        imported();
        flip();
        billing.usage().record(hosting, List.of(UsageSubmission.counter("web", "hosting:cpu_seconds",
                Platform.at("2026-04-01"), Platform.at("2026-04-02"), "54000", "live")));
        clock.set(Instant.parse("2026-05-02T00:00:00Z"));
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        List<Invoice> invoices = billing.ports().invoices().list(InvoiceQuery.ALL);
        assertThat(invoices).singleElement().satisfies(invoice -> {
            assertThat(invoice.usagePeriod().orElseThrow().start()).isEqualTo(Platform.at("2026-04-01"));
            assertThat(invoice.subtotal().amount()).isEqualByComparingTo("20.08");
        });
    }

    @Test
    void usage_that_is_imported_after_the_flip_is_billed_and_that_of_before_is_not() {
        imported();
        flip();
        clock.set(Instant.parse("2026-05-02T00:00:00Z"));
        platform.usage("web", "2026-03-20", 10, "1").usage("web", "2026-04-03", 15, "1");
        imported();
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        assertThat(billing.ports().invoices().list(InvoiceQuery.ALL)).singleElement()
                .satisfies(invoice -> assertThat(invoice.subtotal().amount()).isEqualByComparingTo("20.08"));
    }

    @Test
    void what_was_paid_ahead_is_not_billed_again() {
        platform.invoice("i3", "web", "starter", "2026-04-01", "2026-05-01", "20.00");
        imported();
        assertThat(flip().flip()).isPresent();
        clock.set(Instant.parse("2026-06-02T00:00:00Z"));
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        assertThat(billing.ports().invoices().list(InvoiceQuery.ALL)).filteredOn(invoice -> !invoice.subtotal().isZero())
                .singleElement().satisfies(invoice -> assertThat(invoice.usagePeriod().orElseThrow().start())
                        .isEqualTo(Platform.at("2026-05-01")));
    }

    @Test
    void bills_by_the_midnights_that_were_adopted() {
        imported();
        var toronto = ZoneId.of("America/Toronto");
        billing.adoptRules().adopt(hosting.id(), BillerRules.engine(toronto).in(toronto, Duration.ofHours(1)), EVE);
        clock.set(Instant.parse("2026-04-02T12:00:00Z"));
        assertThat(flip().flip()).isPresent();
        assertThat(web().zone()).isEqualTo(toronto);
        assertThat(web().billedThrough()).isEqualTo(Instant.parse("2026-04-01T05:00:00Z"));
        assertThat(web().flatThrough()).as("by days, all of April").isEqualTo(web().billedThrough());
    }

    @Test
    void is_shut_before_an_import() {
        assertRefused(flip(), "import", "nothing has been imported");
    }

    @Test
    void is_shut_while_a_row_of_the_import_failed() {
        platform.source().plans().add(SourceRow.unreadable("p2", "price_monthly is NaN"));
        imported();
        assertRefused(flip(), "import", "plan p2 (price_monthly is NaN)");
    }

    @Test
    void is_shut_while_there_is_nothing_to_flip() {
        imported();
        assertRefused(billing.cutOver().flip(terms.of("nobody"), EVE, done -> { }), "subscriptions", "of user nobody");
    }

    @Test
    void is_shut_when_a_cycle_has_ended_since_the_import() {
        imported();
        clock.set(Instant.parse("2026-05-02T00:00:00Z"));
        assertRefused(flip(), "cycles", "web");
    }

    @Test
    void is_shut_while_a_difference_is_open_and_opens_when_it_is_accepted() {
        platform.invoice("i2", "web", "starter", "2026-03-01", "2026-04-01", "21.00+0.14");
        imported();
        assertRefused(flip(), "differences", "web 2026-03-01 (-0.9975");
        ReconciledRow row = billing.ports().reconciliations().find(hosting.id(), "web", LocalDate.of(2026, 3, 1)).orElse(null);
        assertThat(row).as("a refused flip keeps the rows that it computed").isNotNull();
        billing.resolveDelta().resolve(row, EVE, "a discount ended");
        assertThat(flip().flip()).isPresent();
    }

    @Test
    void an_older_difference_matters_only_if_more_cycles_are_asked_for() {
        platform.invoice("i1", "web", "starter", "2026-02-01", "2026-03-01", "23.00");
        imported();
        assertRefused(billing.cutOver().flip(terms.after(2), EVE, done -> { }), "differences", "web 2026-02-01");
        assertThat(flip().flip()).isPresent();
    }

    @Test
    void is_shut_while_more_revenue_is_unlinked_than_allowed() {
        platform.invoice("once", Optional.empty(), "CAD", "paid",
                List.of(item("1", "Consulting", "300.00", "2026-03-05", "2026-03-06")));
        imported();
        assertRefused(flip(), "unlinked-revenue", "300.00 CAD");
        assertRefused(billing.cutOver().flip(terms.upTo(new BigDecimal("299.99")).of("ada"), EVE, done -> { }),
                "unlinked-revenue", "300.00 CAD");
        assertThat(billing.cutOver().flip(terms.upTo(new BigDecimal("300")), EVE, done -> { }).flip()).isPresent();
    }

    @Test
    void is_shut_while_somebody_cannot_pay() {
        platform.user("bob", "bob@example.org", Optional.empty())
                .subscription("shop", "bob", "starter", "2026-03-01", "2026-04-01")
                .invoice("i3", "shop", "starter", "2026-03-01", "2026-04-01", "20.00");
        imported();
        assertRefused(flip(), "payment-method", "shop");
        assertThat(billing.cutOver().flip(terms.of("ada"), EVE, done -> { }).flip()).isPresent();
        assertThat(web().state()).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(billing.ports().subscriptions().resolve(hosting.id(), List.of("shop")).get("shop").state())
                .isEqualTo(SubscriptionState.SHADOW);
    }

    @Test
    void can_be_taken_back_until_the_first_invoice() {
        imported();
        Subscription before = web();
        flip();
        Flip reverted = billing.cutOver().revert(hosting.id(), EVE);
        assertThat(reverted.reverted()).isPresent();
        assertThat(web()).isEqualTo(before);
        assertThat(billing.ports().plans().all()).allMatch(plan -> plan.terms().shadow());
        assertThatThrownBy(() -> billing.cutOver().revert(hosting.id(), EVE)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("no cut-over that is in force");
        assertThat(flip().flip()).isPresent();
        clock.set(Instant.parse("2026-05-02T00:00:00Z"));
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        assertThatThrownBy(() -> billing.cutOver().revert(hosting.id(), EVE)).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("cannot be taken back");
        assertThat(web().state()).isEqualTo(SubscriptionState.ACTIVE);
    }

    @Test
    void an_import_while_it_is_billed_here_counts_when_that_is_taken_back() {
        imported();
        flip();
        platform.source().users().clear();
        platform.user("ada", "ada@example.org", Optional.empty());
        imported();
        billing.cutOver().revert(hosting.id(), EVE);
        Outcome again = flip();
        assertThat(again.flip()).isEmpty();
        assertThat(((Refused) again.gate()).refusals()).extracting(refusal -> refusal.check()).containsExactly("payment-method");
    }

    @Test
    void what_is_billed_here_is_not_pruned_or_imported_over() {
        imported();
        flip();
        Subscription live = web();
        assertThatThrownBy(() -> billing.pruneShadow().prune(hosting.id(), EVE)).isInstanceOf(InvalidValue.class);
        platform.subscription("web", "ada", "starter", "2026-02-01", "2026-05-01");
        imported();
        assertThat(web()).isEqualTo(live);
    }

    @Test
    void what_was_compared_stays_when_it_is_compared_no_more() {
        imported();
        flip();
        imported();
        billing.reconcile().run(Reconcile.Request.of(hosting.id()), done -> { });
        assertThat(billing.ports().reconciliations().list(RowQuery.of(hosting.id()), Optional.empty(), 10)).hasSize(2);
    }

    @Test
    void what_runs_on_it_is_kept_and_told_from_the_flip_on() {
        imported();
        flip();
        assertThat(web().deployment()).contains("deployment-web");
        billing.usage().record(hosting, List.of(UsageSubmission.counter("web", "hosting:cpu_seconds",
                Platform.at("2026-04-01"), Platform.at("2026-04-02"), "14400", "live")));
        billing.interim().run(drafted -> { });
        assertThat(billing.ports().eventLog().of(web().id().value())).singleElement().satisfies(one -> {
            assertThat(one.event().type()).isEqualTo(EventType.USAGE_THRESHOLD_REACHED);
            assertThat(one.event().data()).containsEntry("deployment_id", "deployment-web").containsEntry("percent", "80");
        });
        billing.cutOver().revert(hosting.id(), EVE);
        assertThat(web().deployment()).contains("deployment-web");
        assertThat(web().watched()).isFalse();
    }

    @Test
    void many_at_once_flip_once() {
        imported();
        List<CompletableFuture<Outcome>> all = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::flip)).toList();
        assertThat(all.stream().map(CompletableFuture::join).filter(outcome -> outcome.flip().isPresent())).hasSize(1);
        assertThat(billing.ports().cutOvers().of(hosting.id())).hasSize(1);
    }

    @Test
    void a_look_changes_nothing_but_the_rows() {
        imported();
        assertThat(billing.cutOver().check(terms, done -> { }).gate()).isInstanceOf(GateResult.Passed.class);
        assertThat(web().state()).isEqualTo(SubscriptionState.SHADOW);
        assertThat(billing.ports().reconciliations().list(RowQuery.of(hosting.id()), Optional.empty(), 10)).hasSize(2);
    }
}
