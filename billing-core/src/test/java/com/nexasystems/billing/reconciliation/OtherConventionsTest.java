package com.nexasystems.billing.reconciliation;

import static com.nexasystems.billing.shadow.Platform.at;
import static com.nexasystems.billing.shadow.Platform.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Words and times that another application may use for the same charges. */
class OtherConventionsTest {

    private static final String MARCH = "2026-03-01";
    private static final String APRIL = "2026-04-01";
    private static final String MAY = "2026-05-01";

    private final Billing billing = Billing.inMemory(Clock.fixed(Instant.parse("2026-05-02T00:00:00Z"), ZoneOffset.UTC));
    private final Service hosting = billing.register("hosting", "Hosting");
    private final Platform platform = new Platform().plan("Compute 2 CPU", "20.00", 18_000).user("ada", "ada@example.org")
            .subscription("web", "ada", "Compute 2 CPU", MARCH, MAY);

    private ReconciledRow row(String first) {
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT.withInactive(), rows -> { },
                problem -> { });
        billing.reconcile().run(Reconcile.Request.of(hosting.id()), rows -> { });
        return billing.ports().reconciliations().find(hosting.id(), "web", LocalDate.parse(first)).orElseThrow();
    }

    private static List<String> causes(ReconciledRow row) {
        return row.causes().stream().map(cause -> cause.kind() + "=" + cause.amount().stripTrailingZeros().toPlainString())
                .toList();
    }

    /** 36 and 66 CPU-hours, of which 31 and 61 are beyond the quota: 0.2325 and 0.4575. */
    private void use() {
        platform.usage("web", MARCH, 36, "1").usage("web", APRIL, 66, "1");
    }

    private void invoice(String id, SourceItem... items) {
        platform.invoice(id, Optional.of("web"), "CAD", "paid", List.of(items));
    }

    private static SourceItem metered(String id, String words, String amount, String first, String end) {
        return new SourceItem(id, words, Optional.empty(), Optional.empty(), new BigDecimal(amount), Optional.of(at(first)),
                Optional.of(at(end)));
    }

    @Test
    void a_plan_may_have_a_name_that_sounds_like_usage() {
        invoice("i", item("1", "Compute 2 CPU", "18.00", MARCH, APRIL));
        assertThat(causes(row(MARCH))).containsExactly("OTHER_PRICE=2");
    }

    @Test
    void what_recurs_is_the_price_though_it_is_called_a_fee() {
        invoice("i", item("1", "Monthly fee", "18.00", MARCH, APRIL));
        invoice("j", item("2", "Monthly fee (new price)", "20.00", APRIL, MAY));
        assertThat(causes(row(MARCH))).containsExactly("OTHER_PRICE=2");
    }

    @Test
    void what_differs_from_invoice_to_invoice_is_usage_in_any_language() {
        use();
        invoice("i", item("1", "Abonnement", "20.00", MARCH, APRIL), metered("2", "Dépassement", "0.23", MARCH, APRIL));
        invoice("j", item("3", "Abonnement", "20.00", APRIL, MAY), metered("4", "Dépassement", "0.46", APRIL, MAY));
        assertThat(row(MARCH).actualUsage()).isEqualByComparingTo("0.23");
        assertThat(row(APRIL).status()).isEqualTo(Status.MATCH);
    }

    @Test
    void rules_are_inferred_from_usage_that_is_billed_a_month_later() {
        use();
        invoice("i", item("1", "Compute 2 CPU", "20.00", MARCH, APRIL));
        invoice("j", item("2", "Compute 2 CPU", "20.00", APRIL, MAY), metered("3", "CPU overage", "0.23", MARCH, APRIL));
        row(MARCH);
        assertThat(billing.inferRules().infer(hosting.id(), done -> { }).rows()).isEqualTo(2);
    }

    @Test
    void usage_on_two_later_invoices_is_billed_twice() {
        use();
        invoice("i", item("1", "Compute 2 CPU", "20.00", MARCH, APRIL));
        invoice("j", item("2", "Compute 2 CPU", "20.00", APRIL, MAY), metered("3", "CPU overage", "0.23", MARCH, APRIL));
        invoice("k", item("4", "Compute 2 CPU", "20.00", APRIL, MAY), metered("5", "CPU overage", "0.23", MARCH, APRIL));
        assertThat(causes(row(MARCH))).contains("BILLED_TWICE=-0.23");
    }

    @Test
    void the_last_part_of_an_ended_subscription_is_compared_and_may_end_a_second_early() {
        Instant end = Instant.parse("2026-04-15T23:59:59Z");
        ended(end);
        invoice("i", item("1", "Compute 2 CPU", "20.00", MARCH, APRIL));
        invoice("j", new SourceItem("2", "Compute 2 CPU", Optional.empty(), Optional.empty(), new BigDecimal("10.00"),
                Optional.of(at(APRIL)), Optional.of(end)));
        assertThat(row(APRIL).end()).isEqualTo("2026-04-16");
        assertThat(row(APRIL).status()).isEqualTo(Status.MATCH);
    }

    @Test
    void an_end_in_the_evening_of_the_last_day_stops_no_inference() {
        Instant end = Instant.parse("2026-04-30T23:30:10Z");
        ended(end);
        invoice("i", new SourceItem("1", "Compute 2 CPU", Optional.empty(), Optional.empty(), new BigDecimal("20.00"),
                Optional.of(at(APRIL)), Optional.of(end)));
        row(APRIL);
        assertThat(billing.inferRules().infer(hosting.id(), done -> { }).rows()).isEqualTo(1);
    }

    private void ended(Instant end) {
        platform.source().subscriptions().clear();
        platform.source().subscriptions().add(SourceRow.of("web", new SourceSubscription("web", "ada", Optional.empty(),
                Optional.empty(), "Compute 2 CPU", "cancelled", "monthly", Optional.of(at(APRIL)), Optional.of(end),
                Optional.of(at(MARCH)), Optional.of(end), Optional.empty())));
    }
}
