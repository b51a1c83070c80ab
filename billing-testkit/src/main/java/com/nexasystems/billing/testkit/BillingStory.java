package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.invoicing.UsageExplanation;
import com.nexasystems.billing.invoicing.UsageExplanation.Verdict;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A year of billing, told in order over whatever ports it is given: a hosting company in Ontario bills one customer for
 * two servers. Extend, hand over your ports, and JUnit tells it. Its steps build on each other; run all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(60)
public abstract class BillingStory {

    private static final String CPU = Samples.CPU.code().value();

    private final TestClock clock = TestClock.startingAt("2026-01-01T12:00:00Z");
    private Billing billing;
    private Service hosting;
    private Service chat;
    private Plan plan;
    private Customer ada;
    private Subscription web;
    private Subscription db;

    /** For implementors in any package. */
    protected BillingStory() {
    }

    /** A complete set of ports in which nothing is stored. Called once. */
    protected abstract Ports emptyPorts();

    @BeforeAll
    final void begin() {
        billing = Billing.over(emptyPorts()).clock(clock).build();
    }

    @Test
    @Order(1)
    void a_company_registers_its_services_and_publishes_a_plan() {
        hosting = billing.register("hosting", "Hosting");
        chat = billing.register("chat", "Chat");
        billing.define(Samples.CPU);
        plan = billing.plans().publish(Plan.of("starter", Interval.MONTHLY, false, cad("20.00"),
                Instant.parse("2025-01-01T05:00:00Z"), overage("0.75")));
        assertThat(billing.ports().plans().find(plan.code())).contains(plan);
        assertThatThrownBy(() -> billing.register("hosting", "Again")).isInstanceOf(InvalidValue.class);
    }

    @Test
    @Order(2)
    void a_customer_subscribes_for_the_first_server() {
        ada = billing.customers().resolveAll(hosting.id(), List.of(Account.of("ada")),
                known -> known.withAddress(Address.in("CA", "ON")).withZone(Samples.TORONTO)).get(0);
        web = start("web", BillingTime.CALENDAR, "2026-01-01T05:00:00Z");
        assertThat(web.nextInvoiceAt()).contains(Instant.parse("2026-02-01T05:00:00Z"));
        assertThat(billing.customers().resolve(hosting.id(), Account.of("ada"))).isEqualTo(ada);
    }

    @Test
    @Order(3)
    void usage_exceeds_what_the_plan_includes() {
        clock.at("2026-01-10T12:00:00Z");
        assertThat(record(used("web", "2026-01-02T05:00:00Z", "18000", "a"),
                used("web", "2026-01-03T05:00:00Z", "7200", "b")))
                .containsExactly(new UsageOutcome.Recorded(key(web, "a"), false),
                        new UsageOutcome.Recorded(key(web, "b"), false));
    }

    @Test
    @Order(4)
    void usage_is_never_counted_twice_and_corrected_only_on_request() {
        UsageSubmission again = used("web", "2026-01-03T05:00:00Z", "7200.0", "b");
        UsageSubmission corrected = used("web", "2026-01-03T05:00:00Z", "10800", "b");
        assertThat(record(again)).containsExactly(new UsageOutcome.Duplicate(key(web, "b")));
        assertThat(record(corrected)).singleElement().isInstanceOfSatisfying(UsageOutcome.Conflict.class, conflict -> {
            assertThat(conflict.stored().quantity()).isEqualTo("7200");
            assertThat(conflict.submitted().quantity()).isEqualTo("10800");
        });
        assertThat(billing.usage().record(hosting, List.of(corrected), Option.REPLACE))
                .containsExactly(new UsageOutcome.Replaced(key(web, "b"), new BigDecimal("7200"), false));
        assertThat(billing.ports().auditTrail().of(key(web, "b").toString())).extracting(AuditEntry::details)
                .containsExactly(Map.of("before", "7200", "after", "10800"));
    }

    @Test
    @Order(5)
    void another_service_is_told_that_there_is_no_such_subscription() {
        assertThat(billing.usage().record(chat, List.of(used("web", "2026-01-03T05:00:00Z", "1", "x"))))
                .containsExactly(new UsageOutcome.Refused("subscription", "not found: web"));
    }

    @Test
    @Order(6)
    void a_second_server_starts_on_the_last_day_of_january() {
        clock.at("2026-01-31T12:00:00Z");
        db = start("db", BillingTime.ANNIVERSARY, "2026-01-31T05:00:00Z");
        assertThat(db.nextInvoiceAt()).contains(Instant.parse("2026-02-28T05:00:00Z"));
    }

    @Test
    @Order(7)
    void january_is_billed_once() {
        Invoice january = bill("2026-02-01T05:00:00Z").get(0);
        assertInvoice(january, "HOSTING-000001", "22.25", "2.89", "20.00", "2.25");
        assertThat(january.issueDate()).isEqualTo(LocalDate.of(2026, Month.FEBRUARY, 1));
        assertThat(bill("2026-02-01T05:00:00Z")).isEmpty();
    }

    @Test
    @Order(8)
    void usage_of_january_comes_late_and_waits() {
        clock.at("2026-02-05T12:00:00Z");
        assertThat(record(used("web", "2026-01-20T05:00:00Z", "3600", "late")))
                .containsExactly(new UsageOutcome.Recorded(key(web, "late"), true));
        record(used("web", "2026-02-04T05:00:00Z", "18000", "quota"));
        assertThat(explained("late").verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explained("quota").verdict()).isEqualTo(Verdict.WAITING);
    }

    @Test
    @Order(9)
    void a_price_changes_for_periods_that_begin_later() {
        plan = billing.plans().publish(plan.code(), Instant.parse("2026-02-10T05:00:00Z"), cad("25.00"),
                List.of(overage("1.00")));
        assertThat(plan.versions()).hasSize(2);
    }

    @Test
    @Order(10)
    void the_anchor_of_the_31st_is_the_28th_in_february_and_comes_back() {
        Invoice february = bill("2026-02-28T05:00:00Z").get(0);
        assertInvoice(february, "HOSTING-000002", "20.00", "2.60", "20.00");
        assertThat(february.billed().orElseThrow().planVersion()).isEqualTo(1);
        assertThat(billing.ports().subscriptions().find(db.id()).orElseThrow().nextInvoiceAt())
                .contains(Instant.parse("2026-03-31T04:00:00Z"));
    }

    @Test
    @Order(11)
    void the_next_invoice_adjusts_january_to_what_it_is_rated_now() {
        Invoice february = bill("2026-03-01T05:00:00Z").get(0);
        assertInvoice(february, "HOSTING-000003", "20.75", "2.70", "20.00", "0.75");
        InvoiceLine adjustment = february.lines().get(1);
        assertThat(adjustment.kind()).isEqualTo(InvoiceLine.Kind.ADJUSTMENT);
        assertThat(adjustment.explanation().period()).isEqualTo(Samples.month("2026-01", Samples.TORONTO));
        assertThat(adjustment.explanation().exact().value()).isEqualByComparingTo("3.00");
        assertThat(adjustment.alreadyBilled().plus(adjustment.amount())).isEqualTo(cad("3.00"));
    }

    @Test
    @Order(12)
    void every_cent_is_explained_both_ways() {
        Invoice february = billing.ports().invoices().findByNumber("HOSTING-000003").orElseThrow();
        assertThat(InvoiceText.explainLine(february, 2)).contains("counted 3 records of cpu_seconds",
                "sum = 32400 CPU-second", "included 18000, overage 14400, remaining 0",
                "units: 14400 × 0.75 ÷ 3600 = 3", "less what earlier invoices billed for it, 2.25 CAD: 0.75 CAD");
        assertThat(explained("late").verdict()).isEqualTo(Verdict.COUNTED);
        assertThat(explained("late").reason()).contains("HOSTING-000003, line 2");
        assertThat(explained("a").lines()).extracting(line -> line.invoice().number().orElseThrow())
                .containsExactly("HOSTING-000001", "HOSTING-000003");
        assertThat(explained("quota").verdict()).isEqualTo(Verdict.COUNTED_AT_NO_CHARGE);
    }

    @Test
    @Order(13)
    void march_is_billed_at_the_new_price() {
        clock.at("2026-03-20T12:00:00Z");
        record(used("web", "2026-03-20T04:00:00Z", "21600", "march"));
        List<Invoice> march = bill("2026-04-01T04:00:00Z");
        assertThat(march).hasSize(2);
        assertInvoice(march.get(0), "HOSTING-000004", "25.00", "3.25", "25.00");
        assertInvoice(march.get(1), "HOSTING-000005", "26.00", "3.38", "25.00", "1.00");
        assertThat(march).extracting(invoice -> invoice.billed().orElseThrow().planVersion()).containsOnly(2);
    }

    @Test
    @Order(14)
    void an_invoice_is_withdrawn_and_keeps_its_number() {
        Invoice wrong = billing.ports().invoices().findByNumber("HOSTING-000004").orElseThrow();
        var operator = Actor.person("finance@example.com");
        assertThatThrownBy(() -> billing.voidInvoice().withdraw(chat.id(), wrong.id(), operator, "not ours"))
                .isInstanceOf(InvalidValue.class);
        assertThat(billing.voidInvoice().withdraw(hosting.id(), wrong.id(), operator, "server was down"))
                .isEqualTo(wrong.in(InvoiceStatus.VOID));
        assertThatThrownBy(() -> billing.voidInvoice().withdraw(hosting.id(), wrong.id(), operator, "again"))
                .isInstanceOf(InvalidValue.class);
        assertThat(billing.ports().auditTrail().of(wrong.id().toString())).extracting(AuditEntry::actor)
                .containsExactly(operator);
    }

    @Test
    @Order(15)
    void a_server_that_ends_is_billed_for_its_days() {
        clock.at("2026-04-10T16:00:00Z");
        record(used("db", "2026-04-05T04:00:00Z", "21600", "april"));
        Subscription ended = billing.terminations().terminate(hosting.id(), "db");
        assertThat(ended.state()).isEqualTo(SubscriptionState.TERMINATED);
        Invoice last = bill("2026-04-10T16:00:00Z").get(0);
        assertInvoice(last, "HOSTING-000006", "10.17", "1.32", "9.17", "1.00");
        assertThat(last.lines().get(0).explanation().priced().steps().get(0).rule()).isEqualTo("flat price, 11 of 30 days");
    }

    @Test
    @Order(16)
    void usage_that_comes_after_the_end_is_billed_on_an_invoice_of_its_own() {
        clock.at("2026-04-12T12:00:00Z");
        assertThat(record(used("db", "2026-04-08T04:00:00Z", "7200", "after"),
                used("db", "2026-04-11T04:00:00Z", "1", "no")))
                .satisfiesExactly(
                        late -> assertThat(late).isEqualTo(new UsageOutcome.Recorded(key(db, "after"), true)),
                        outside -> assertThat(outside).isInstanceOf(UsageOutcome.Refused.class));
        Invoice adjustment = bill("2026-04-12T12:00:00Z").get(0);
        assertInvoice(adjustment, "HOSTING-000007", "2.00", "0.26", "2.00");
        assertThat(adjustment.reason().kind()).isEqualTo(InvoiceReason.Kind.ADJUSTMENT);
        assertThat(billing.ports().subscriptions().find(db.id()).orElseThrow().nextInvoiceAt()).isEmpty();
    }

    @Test
    @Order(17)
    void a_run_that_was_not_made_for_months_catches_up() {
        List<Invoice> rest = bill("2027-01-01T05:00:00Z");
        assertThat(rest).extracting(invoice -> invoice.number().orElseThrow()).isEqualTo(numbers(8, 16));
        assertThat(rest).extracting(Invoice::subtotal).containsOnly(cad("25.00"));
        assertThat(rest).extracting(Invoice::issueDate).isEqualTo(IntStream.rangeClosed(1, 9)
                .mapToObj(month -> LocalDate.of(2026, Month.APRIL, 1).plusMonths(month)).toList());
        assertThat(billing.billingRun().countDue(clock.instant())).isZero();
    }

    @Test
    @Order(18)
    void the_numbers_of_the_year_have_no_gap() {
        List<Invoice> year = billing.ports().invoices().list(InvoiceQuery.ALL.of(hosting.id()));
        assertThat(year).extracting(invoice -> invoice.number().orElseThrow()).isEqualTo(numbers(1, 16));
        assertThat(billing.ports().invoices().list(InvoiceQuery.ALL.of(chat.id()))).isEmpty();
    }

    @Test
    @Order(19)
    void every_event_has_its_place() {
        List<EventType> issued = List.of(EventType.INVOICE_CREATED, EventType.INVOICE_FINALIZED);
        var ofDb = new ArrayList<>(List.of(EventType.SUBSCRIPTION_STARTED));
        Stream.of(issued, issued, List.of(EventType.SUBSCRIPTION_TERMINATED), issued, issued).forEach(ofDb::addAll);
        List<Sequenced> events = billing.ports().eventLog().of(db.id().value());
        assertThat(events).extracting(sequenced -> sequenced.event().type()).isEqualTo(ofDb);
        assertThat(events).extracting(Sequenced::sequence).isEqualTo(sequence(ofDb.size()));
        assertThat(events).allSatisfy(sequenced ->
                assertThat(sequenced.event().data()).containsEntry("external_id", "db"));
        assertThat(billing.ports().eventLog().of(web.id().value())).extracting(Sequenced::sequence)
                .isEqualTo(sequence(1 + 2 * 12));
    }

    /** Lets the time come, bills what is due then and issues it at once. */
    private List<Invoice> bill(String instant) {
        clock.at(instant);
        assertThat(billing.billingRun().run(clock.instant(), 2, drafted -> { }).failures()).isEmpty();
        var issued = new ArrayList<Invoice>();
        assertThat(billing.finalise().finalise(clock.instant(), issued::add).failures()).isEmpty();
        return issued;
    }

    private static void assertInvoice(Invoice invoice, String number, String subtotal, String tax, String... lines) {
        assertThat(invoice.number()).contains(number);
        assertThat(invoice.status()).isEqualTo(InvoiceStatus.FINALISED);
        assertThat(invoice.lines()).extracting(InvoiceLine::amount)
                .isEqualTo(Stream.of(lines).map(BillingStory::cad).toList());
        assertThat(invoice.subtotal()).isEqualTo(cad(subtotal));
        assertThat(invoice.tax()).isEqualTo(cad(tax));
        assertThat(invoice.taxes()).extracting(amount -> amount.code()).containsExactly("HST-ON");
    }

    private Subscription start(String externalId, BillingTime billingTime, String startedAt) {
        return billing.subscriptions().start(hosting.id(),
                new Request(ada, externalId, plan.code(), billingTime, Instant.parse(startedAt)));
    }

    private List<UsageOutcome> record(UsageSubmission... batch) {
        return billing.usage().record(hosting, List.of(batch));
    }

    /** An hour's counter. */
    private static UsageSubmission used(String subscription, String start, String quantity, String key) {
        Instant from = Instant.parse(start);
        return UsageSubmission.counter(subscription, CPU, from, from.plusSeconds(3600), quantity, key);
    }

    private UsageExplanation explained(String key) {
        return billing.explainUsage().explain(key(web, key)).orElseThrow();
    }

    private static UsageKey key(Subscription subscription, String key) {
        return new UsageKey(subscription.id(), Samples.CPU.code(), key);
    }

    private static Charge overage(String price) {
        return Charge.of(Samples.CPU.code(), Quota.of("18000"), Standard.of(price, "3600"));
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj("HOSTING-%06d"::formatted).toList();
    }

    private static List<Long> sequence(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }
}
