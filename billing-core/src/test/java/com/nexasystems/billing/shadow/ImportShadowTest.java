package com.nexasystems.billing.shadow;

import static com.nexasystems.billing.shadow.Platform.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.ImportReport.Problem;
import com.nexasystems.billing.shadow.ImportReport.Tally;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportShadowTest {

    private final Billing billing = Billing.inMemory(Clock.fixed(Instant.parse("2026-04-02T00:00:00Z"), ZoneOffset.UTC));
    private final Service hosting = billing.register("hosting", "Hosting");
    private final List<Problem> problems = new ArrayList<>();
    private final Platform platform = new Platform().plan("starter", "20.00", 18_000).user("ada", "ada@example.org")
            .subscription("web", "ada", "starter", "2026-02-01", "2026-04-01").usage("web", "2026-03-01", 24, "0.5")
            .invoice("i1", "web", "starter", "2026-02-01", "2026-03-01", "20.00")
            .invoice("i2", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.05");

    private ImportReport run(ImportOptions options) {
        problems.clear();
        return billing.importShadow().run(hosting, platform.source(), options, rows -> { }, problems::add);
    }

    private Subscription web() {
        return billing.ports().subscriptions().resolve(hosting.id(), List.of("web")).get("web");
    }

    @Test
    void brings_customers_plans_subscriptions_usage_and_invoices() {
        ImportReport report = run(ImportOptions.DEFAULT);
        assertThat(problems).isEmpty();
        for (Kind kind : Kind.values()) {
            assertThat(report.of(kind).created()).as(kind.code()).isEqualTo(report.of(kind).rows()).isPositive();
        }
        Customer ada = billing.ports().customers().findLinked(hosting.id(), "ada").orElseThrow();
        assertThat(ada.name()).isEqualTo("Company of ada");
        assertThat(ada.address().orElseThrow().region()).contains("ON");
        assertThat(ada.address().orElseThrow().country()).isEqualTo("CA");
        Plan plan = billing.ports().plans().find(web().planAt(Instant.now())).orElseThrow();
        assertThat(plan.latest().flatPrice().amount()).isEqualByComparingTo("20");
        assertThat(plan.terms().shadow()).isTrue();
        assertThat(web().state()).isEqualTo(SubscriptionState.SHADOW);
        assertThat(used()).isEqualByComparingTo("43200");
        assertThat(billing.ports().shadowRecords().invoices(hosting.id(), List.of("web")).get("web")).hasSize(2);
    }

    @Test
    void knows_what_runs_on_a_subscription_and_that_it_was_replaced() {
        run(ImportOptions.DEFAULT);
        assertThat(web().deployment()).contains("deployment-web");
        platform.deploy("web", Optional.of("another"));
        assertThat(run(ImportOptions.DEFAULT).of(Kind.SUBSCRIPTION).updated()).isEqualTo(1);
        assertThat(web().deployment()).contains("another");
        assertThat(run(ImportOptions.DEFAULT).of(Kind.SUBSCRIPTION).unchanged()).isEqualTo(1);
        platform.deploy("web", Optional.of("d".repeat(256)));
        assertThat(run(ImportOptions.DEFAULT).of(Kind.SUBSCRIPTION).failed()).isEqualTo(1);
        assertThat(problems.toString()).contains("deployment_id");
        assertThat(web().deployment()).contains("another");
        platform.deploy("web", Optional.of(" "));
        run(ImportOptions.DEFAULT);
        assertThat(web().deployment()).as("no id is no deployment").isEmpty();
        platform.deploy("web", Optional.of("last"));
        run(ImportOptions.DEFAULT);
        platform.source().subscriptions().clear();
        run(ImportOptions.DEFAULT);
        assertThat(web().terminatedAt()).isPresent();
        assertThat(web().deployment()).as("it has ended there").contains("last");
    }

    private BigDecimal used() {
        var metric = billing.ports().metrics().find(new MetricCode("hosting:cpu_seconds")).orElseThrow();
        var march = BillingPeriod.ofDays(LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1), ZoneOffset.UTC);
        return billing.ports().usageRecords().aggregate(List.of(new UsageWindow(web().id(), metric, march, false))).get(0)
                .quantity();
    }

    @Test
    void a_second_run_changes_nothing() {
        run(ImportOptions.DEFAULT);
        Subscription before = web();
        ImportReport again = run(ImportOptions.DEFAULT);
        assertThat(again.changed()).isFalse();
        for (Kind kind : Kind.values()) {
            assertThat(again.of(kind).unchanged()).as(kind.code()).isEqualTo(again.of(kind).rows());
        }
        assertThat(web()).isEqualTo(before);
    }

    @Test
    void a_dry_run_reports_the_same_and_keeps_nothing() {
        ImportReport dry = run(ImportOptions.DEFAULT.dry());
        assertThat(billing.ports().plans().all()).isEmpty();
        assertThat(billing.ports().customers().findLinked(hosting.id(), "ada")).isEmpty();
        assertThat(billing.ports().shadowRecords().lastRun(hosting.id())).isEmpty();
        assertThat(run(ImportOptions.DEFAULT)).isEqualTo(dry);
    }

    @Test
    void what_changes_in_the_application_is_brought_up_to_date() {
        run(ImportOptions.DEFAULT);
        platform.source().plans().clear();
        platform.plan("starter", "25.00", 18_000);
        platform.subscription("web", "ada", "starter", "2026-02-01", "2026-05-01");
        platform.invoice("i2", "web", "starter", "2026-03-01", "2026-04-01", "20.00+0.06");
        platform.source().usage().remove(23);
        platform.usage("web", at("2026-03-01").plusSeconds(3600 * 23), "0.75");
        ImportReport report = run(ImportOptions.DEFAULT);
        assertThat(report.of(Kind.PLAN).updated()).isEqualTo(1);
        assertThat(report.of(Kind.INVOICE)).isEqualTo(new Tally(0, 1, 1, 0, 0, 0));
        assertThat(report.of(Kind.USAGE)).isEqualTo(new Tally(0, 1, 23, 0, 0, 0));
        assertThat(used()).isEqualByComparingTo("44100");
        Plan plan = billing.ports().plans().all().get(0);
        assertThat(plan.versions()).hasSize(2);
        assertThat(plan.versionAt(at("2026-03-01")).flatPrice().amount()).isEqualByComparingTo("20");
    }

    @Test
    void a_bad_row_stands_for_itself() {
        platform.source().plans().add(SourceRow.unreadable("p2", "price_monthly is NaN"));
        platform.source().users().add(SourceRow.unreadable("u2", "email: is no text"));
        platform.user("nowhere", "n@example.org");
        SourceUser nowhere = platform.source().users().remove(2).value().orElseThrow();
        platform.source().users().add(SourceRow.of("nowhere", new SourceUser("nowhere", nowhere.email(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of("Atlantis"), Optional.empty(), Optional.empty())));
        platform.subscription("lost", "nowhere", "starter", "2026-02-01", "2026-04-01");
        platform.subscription("odd", "ada", "p2", "2026-02-01", "2026-04-01");
        platform.subscription("strange", "ada", "starter", "expired", "2026-02-01", "2026-04-01");
        platform.usage("web", at("2026-03-05"), "-1").usage("nobody", at("2026-03-05"), "1");
        run(ImportOptions.DEFAULT);
        assertThat(problems).extracting(Problem::kind, Problem::id, Problem::outcome, Problem::reason).contains(
                Tuple.tuple(Kind.PLAN, "p2", Outcome.FAILED, "price_monthly is NaN"),
                Tuple.tuple(Kind.USER, "u2", Outcome.FAILED, "email: is no text"),
                Tuple.tuple(Kind.USER, "nowhere", Outcome.FAILED, "billing_country: is no code or name of a country: Atlantis"),
                Tuple.tuple(Kind.SUBSCRIPTION, "lost", Outcome.SKIPPED, "user nowhere is not there"),
                Tuple.tuple(Kind.SUBSCRIPTION, "odd", Outcome.SKIPPED, "plan p2 is not there"),
                Tuple.tuple(Kind.SUBSCRIPTION, "strange", Outcome.FAILED, "status: is not known: expired"),
                Tuple.tuple(Kind.USAGE, "u0000024", Outcome.FAILED, "cpu_hours: must not be negative: -3600"),
                Tuple.tuple(Kind.USAGE, "u0000025", Outcome.SKIPPED, "subscription nobody is not imported"));
        assertThat(web().state()).isEqualTo(SubscriptionState.SHADOW);
        assertThat(used()).isEqualByComparingTo("43200");
    }

    @Test
    void what_is_inactive_is_left_out_unless_asked_for() {
        platform.source().plans().add(SourceRow.of("old", new SourcePlan("old", "Old", Optional.of(BigDecimal.TEN),
                Optional.empty(), Optional.empty(), false)));
        platform.source().plans().add(SourceRow.of("older", new SourcePlan("older", "Older", Optional.of(BigDecimal.TEN),
                Optional.empty(), Optional.empty(), false)));
        platform.subscription("gone", "ada", "old", "cancelled", "2026-02-01", "2026-03-01")
                .subscription("faithful", "ada", "older", "2026-02-01", "2026-04-01");
        ImportReport report = run(ImportOptions.DEFAULT);
        assertThat(report.of(Kind.SUBSCRIPTION)).isEqualTo(new Tally(2, 0, 0, 1, 0, 0));
        assertThat(report.of(Kind.PLAN)).as("one of the two has a subscription").isEqualTo(new Tally(2, 0, 0, 1, 0, 0));
        ImportReport all = run(ImportOptions.DEFAULT.withInactive());
        assertThat(all.of(Kind.SUBSCRIPTION)).isEqualTo(new Tally(1, 0, 2, 0, 0, 0));
        assertThat(all.of(Kind.PLAN)).isEqualTo(new Tally(1, 0, 2, 0, 0, 0));
    }

    @Test
    void what_is_not_in_the_application_any_more_is_not_kept() {
        platform.subscription("shop", "ada", "starter", "2026-02-01", "2026-04-01");
        run(ImportOptions.DEFAULT);
        platform.source().invoices().removeIf(row -> row.id().equals("i1"));
        platform.source().subscriptions().removeIf(row -> row.id().equals("shop"));
        ImportReport report = run(ImportOptions.DEFAULT);
        assertThat(report.of(Kind.INVOICE).updated()).isEqualTo(1);
        assertThat(billing.ports().shadowRecords().invoices(hosting.id(), List.of("web")).get("web"))
                .extracting(SourceInvoice::id).containsExactly("i2");
        assertThat(shadow("shop").until()).contains(at("2026-04-01"));
        assertThat(shadow("web").until()).isEmpty();
        assertThat(run(ImportOptions.DEFAULT).changed()).isFalse();
    }

    private ShadowSubscription shadow(String externalId) {
        return billing.ports().shadowRecords().subscriptions(hosting.id(), Optional.empty(), 10).stream()
                .filter(one -> one.externalId().equals(externalId)).findFirst().orElseThrow();
    }

    @Test
    void a_subscription_that_ends_in_the_application_ends_and_one_that_goes_on_again_goes_on() {
        run(ImportOptions.DEFAULT);
        platform.subscription("web", "ada", "starter", "paused", "2026-02-01", "2026-04-01");
        assertThat(run(ImportOptions.DEFAULT).of(Kind.SUBSCRIPTION)).isEqualTo(new Tally(0, 1, 0, 0, 0, 0));
        assertThat(shadow("web").until()).contains(at("2026-04-01"));
        platform.subscription("web", "ada", "starter", "active", "2026-02-01", "2026-04-01");
        run(ImportOptions.DEFAULT);
        assertThat(shadow("web").until()).isEmpty();
        assertThat(web().terminatedAt()).isEmpty();
    }

    @Test
    void hours_that_are_there_twice_count_once() {
        platform.usage("web", at("2026-03-01"), "0.5");
        ImportReport report = run(ImportOptions.DEFAULT);
        assertThat(report.of(Kind.USAGE)).isEqualTo(new Tally(24, 0, 0, 0, 1, 0));
        assertThat(used()).isEqualByComparingTo("43200");
        assertThat(billing.ports().shadowRecords().twins(List.of(web().id()))).singleElement()
                .satisfies(twin -> assertThat(twin.quantity()).isEqualByComparingTo("1800"));
        assertThat(run(ImportOptions.DEFAULT).changed()).isFalse();
    }

    @Test
    void hours_of_which_two_rows_say_different_things_are_a_failure() {
        platform.usage("web", at("2026-03-01"), "0.7");
        assertThat(run(ImportOptions.DEFAULT).of(Kind.USAGE)).isEqualTo(new Tally(24, 0, 0, 0, 0, 1));
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.reason())
                .isEqualTo("cpu_hours: is 0.7, but row u0000000 for the same hours says 0.5"));
    }

    @Test
    void somebody_who_is_known_is_linked_and_stays_as_they_are() {
        Service chat = billing.register("chat", "Chat");
        Customer ada = billing.customers().resolve(chat.id(), new Account("c1", Optional.of("Ada Lovelace"),
                Optional.empty(), Optional.of("ADA@example.org"), Optional.empty()));
        run(ImportOptions.DEFAULT);
        run(ImportOptions.DEFAULT);
        assertThat(billing.ports().customers().findLinked(hosting.id(), "ada")).contains(ada);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-31, 2026-03-31, 31", "2026-01-31, 2026-02-28, 31", "2026-01-16, 2026-04-01, 1",
        "2026-01-15, 2026-03-15, 15"})
    void periods_begin_on_the_day_on_which_they_did(String first, String current, int anchor) {
        platform.subscription("web", "ada", "starter", first, current);
        run(ImportOptions.DEFAULT);
        assertThat(web().phases().get(0).cycle().anchor().getDayOfMonth()).isEqualTo(anchor);
    }

    @Test
    void nobody_is_told_of_anything_and_nothing_is_due() {
        run(ImportOptions.DEFAULT);
        assertThat(billing.ports().subscriptions().countDue(Instant.parse("2099-01-01T00:00:00Z"))).isZero();
        assertThat(billing.ports().subscriptions().search(SubscriptionSearch.of(hosting.id()), PageRequest.first(10)).items())
                .allSatisfy(one -> assertThat(billing.ports().eventLog().of(one.id().value())).isEmpty());
    }

    @Test
    void prune_leaves_what_was_there_before_and_nothing_else() {
        Service chat = billing.register("chat", "Chat");
        Customer ada = billing.customers().resolve(chat.id(), new Account("c1", Optional.of("Ada"), Optional.empty(),
                Optional.of("ada@example.org"), Optional.empty()));
        platform.user("bob", "bob@example.org");
        run(ImportOptions.DEFAULT);
        Customer bob = billing.ports().customers().findLinked(hosting.id(), "bob").orElseThrow();
        var pruned = billing.pruneShadow().prune(hosting.id(), Actor.person("Eve"));
        assertThat(pruned).isEqualTo(new ShadowRecords.Pruned(1, 24, 1, 1, 2));
        assertThat(billing.ports().plans().all()).isEmpty();
        assertThat(billing.ports().metrics().all()).isEmpty();
        assertThat(billing.ports().customers().find(bob.id())).isEmpty();
        assertThat(billing.ports().customers().findLinked(hosting.id(), "ada")).isEmpty();
        assertThat(billing.ports().customers().findLinked(chat.id(), "c1")).contains(ada);
        assertThat(billing.ports().subscriptions().search(SubscriptionSearch.of(hosting.id()), PageRequest.first(10)).items())
                .isEmpty();
        assertThat(billing.ports().shadowRecords().unlinked(hosting.id(), Optional.empty(), 10)).isEmpty();
        assertThat(run(ImportOptions.DEFAULT).of(Kind.USAGE).created()).as("again, as if for the first time").isEqualTo(24);
    }
}
