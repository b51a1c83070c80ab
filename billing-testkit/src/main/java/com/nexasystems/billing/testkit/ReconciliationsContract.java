package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.AdoptedRules;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.ReconciliationRun;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import com.nexasystems.billing.reconciliation.Resolution;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Summary;
import com.nexasystems.billing.reconciliation.Summary.Month;
import com.nexasystems.billing.reconciliation.Total;
import com.nexasystems.billing.reconciliation.Unlinked;
import com.nexasystems.billing.reconciliation.Unlinked.Why;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Extend, hand over your ports, and JUnit runs the rules of
 * {@link com.nexasystems.billing.reconciliation.Reconciliations}.
 */
public abstract class ReconciliationsContract extends PortContract {

    private static final Service HOSTING = Samples.service("hosting");
    private static final Service CHAT = Samples.service("chat");
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final LocalDate JANUARY = LocalDate.of(2026, 1, 1);
    private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);
    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final UUID FIRST = Samples.id("first run");
    private static final UUID SECOND = Samples.id("second run");
    private static final Resolution ACCEPTED = new Resolution(Actor.person("zoë@example.com"), NOW,
            "Größe «ü» \"so\" \\ 🚀");
    private static final BillerRules RULES = new BillerRules(Rounding.LINE, RoundingMode.HALF_EVEN,
            TaxRule.INCLUDED_AFTER_ROUNDING, ProrationRule.BY_SECOND, QuotaRule.ALL_ONCE_EXCEEDED, Samples.TORONTO,
            Duration.ofHours(-5).plusNanos(1));

    protected ReconciliationsContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(HOSTING);
            ports.services().add(CHAT);
        });
    }

    @Test
    @DisplayName("RC-1 a row of every kind is found, exactly as it was")
    void a_row_is_found_exactly_as_it_was() {
        List<ReconciledRow> rows = List.of(delta(HOSTING, "plain", JANUARY, "1", "2"), match("match", JANUARY),
                rich(HOSTING, "Straße 7 \"ü\", {NULL} \\ 🚀"), rich(HOSTING, "resolved").resolved(ACCEPTED));
        put(FIRST, rows);
        assertThat(rows).allSatisfy(row -> assertThat(find(row)).contains(row));
        assertThat(all(HOSTING)).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    @DisplayName("RC-1 a row with each cause is found, exactly as it was")
    void a_row_with_each_cause_is_found_exactly_as_it_was() {
        List<Cause> causes = Arrays.stream(Cause.Kind.values())
                .map(kind -> new Cause(kind, new BigDecimal(kind.ordinal() - 5).setScale(kind.ordinal() % 5), kind.code()))
                .toList();
        ReconciledRow row = with(delta(HOSTING, "s", JANUARY, "1", "2"), causes, "3");
        put(FIRST, List.of(row));
        assertThat(find(row)).contains(row);
    }

    @Test
    @DisplayName("RC-1 nothing is found of another subscription or day")
    void nothing_is_found_of_another_subscription_or_day() {
        ReconciledRow row = delta(HOSTING, "s", JANUARY, "1", "2");
        put(FIRST, List.of(row));
        assertThat(find(delta(HOSTING, "S", JANUARY, "1", "2"))).isEmpty();
        assertThat(find(delta(HOSTING, "s", FEBRUARY, "1", "2"))).isEmpty();
    }

    @Test
    @DisplayName("RC-2 a row that is put again replaces the one before")
    void a_row_that_is_put_again_replaces_the_one_before() {
        ReconciledRow before = rich(HOSTING, "s");
        ReconciledRow other = delta(HOSTING, "other", before.start(), "1", "2");
        put(FIRST, List.of(before, other));
        var now = new ReconciledRow(before.service(), "s", before.start(), before.start().plusDays(3), JPY,
                new BigDecimal("9"), new BigDecimal("9"), BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.TEN, Status.MATCH,
                List.of(), BigDecimal.ZERO, Optional.empty());
        put(SECOND, List.of(now));
        assertThat(all(HOSTING)).containsExactlyInAnyOrder(other, now);
    }

    @Test
    @DisplayName("RC-2 of several of one page, the last one counts")
    void of_several_of_one_page_the_last_one_counts() {
        put(FIRST, List.of(match("s", JANUARY), delta(HOSTING, "s", JANUARY, "1", "2"),
                delta(HOSTING, "s", JANUARY, "3", "2")));
        assertThat(all(HOSTING)).containsExactly(delta(HOSTING, "s", JANUARY, "3", "2"));
    }

    @Test
    @DisplayName("RC-2 a resolution stays with the figures, whatever else has changed")
    void a_resolution_stays_with_the_figures() {
        ReconciledRow row = resolved("s", "1.23");
        ReconciledRow again = with(delta(HOSTING, "s", JANUARY, "1.23", "1"),
                List.of(new Cause(Cause.Kind.QUOTA, BigDecimal.ONE, "seen later")), "0.5");
        put(SECOND, List.of(again, delta(HOSTING, "new", JANUARY, "1", "2")));
        assertThat(find(row)).contains(again.resolved(ACCEPTED));
    }

    @Test
    @DisplayName("RC-2 a resolution goes with other figures, or another currency, or where there is no difference any more")
    void a_resolution_goes_with_other_figures() {
        ReconciledRow row = delta(HOSTING, "s", JANUARY, "1.23", "1");
        List<ReconciledRow> others = List.of(delta(HOSTING, "s", JANUARY, "1.2301", "1"),
                delta(HOSTING, "s", JANUARY, "1.23", "1.0001"), in(JPY, row), match("s", JANUARY));
        for (ReconciledRow other : others) {
            resolved("s", "1.23");
            put(SECOND, List.of(other));
            assertThat(find(row)).contains(other);
            put(SECOND, List.of(delta(HOSTING, "s", JANUARY, "1.23", "1")));
            assertThat(find(row)).map(ReconciledRow::status).contains(Status.DELTA);
        }
    }

    @Test
    @DisplayName("RC-3 a delta of the figures that were looked at is resolved, once")
    void a_delta_is_resolved_once() {
        ReconciledRow row = rich(HOSTING, "s");
        put(FIRST, List.of(row, rich(HOSTING, "other")));
        var again = new Resolution(Actor.person("ada@example.com"), NOW, "again");
        assertThat(resolve(with(row, List.of(), "0"), ACCEPTED)).isTrue();
        assertThat(resolve(row, again)).isFalse();
        assertThat(resolve(row.resolved(again), again)).isFalse();
        assertThat(all(HOSTING)).containsExactlyInAnyOrder(row.resolved(ACCEPTED), rich(HOSTING, "other"));
    }

    @Test
    @DisplayName("RC-3 nothing else is resolved, and nothing changes")
    void nothing_else_is_resolved() {
        ReconciledRow row = delta(HOSTING, "s", JANUARY, "1", "2");
        ReconciledRow match = match("match", JANUARY);
        put(FIRST, List.of(row, match));
        Stream.of(match, delta(HOSTING, "s", JANUARY, "1.0001", "2"), delta(HOSTING, "s", JANUARY, "1", "2.01"),
                        in(JPY, row), delta(HOSTING, "s", FEBRUARY, "1", "2"), delta(HOSTING, "S", JANUARY, "1", "2"))
                .forEach(other -> assertThat(resolve(other, ACCEPTED)).isFalse());
        assertThat(all(HOSTING)).containsExactlyInAnyOrder(row, match);
    }

    @Test
    @DisplayName("RC-4 all pages together have every row once, by subscription and first day")
    void all_pages_have_every_row_once() {
        List<ReconciledRow> sorted = Samples.CODES_SORTED.stream().flatMap(code -> Stream.of(JANUARY, FEBRUARY, MARCH)
                .map(day -> delta(HOSTING, code, day, "1", "2"))).toList();
        put(FIRST, shuffled(sorted));
        for (int size : List.of(1, 4, 30, 31)) {
            assertThat(pages(size, sorted.size(), (Optional<ReconciledRow> after) -> ports.reconciliations()
                    .list(RowQuery.of(HOSTING.id()), after.map(Cursor::of), size))).containsExactlyElementsOf(sorted);
        }
    }

    @Test
    @DisplayName("RC-4 a list has the rows that are asked for")
    void a_list_has_the_rows_that_are_asked_for() {
        ReconciledRow delta = delta(HOSTING, "a", JANUARY, "1", "2");
        ReconciledRow match = match("a", FEBRUARY);
        ReconciledRow resolved = delta(HOSTING, "b", FEBRUARY, "1", "2").resolved(ACCEPTED);
        ReconciledRow last = match("b", MARCH);
        put(FIRST, List.of(delta, match, resolved, last));
        RowQuery all = RowQuery.of(HOSTING.id());
        assertThat(list(all)).containsExactly(delta, match, resolved, last);
        assertThat(list(all.in(Status.DELTA))).containsExactly(delta);
        assertThat(list(all.in(Status.DELTA, Status.RESOLVED))).containsExactly(delta, resolved);
        assertThat(list(all.in(Status.MATCH))).containsExactly(match, last);
        assertThat(list(new RowQuery(HOSTING.id(), Set.of(), JANUARY, MARCH, Optional.empty()))).isEmpty();
        assertThat(list(all.between(FEBRUARY, MARCH))).containsExactly(match, resolved);
        assertThat(list(all.of("b"))).containsExactly(resolved, last);
        assertThat(list(all.of("b").in(Status.MATCH).between(FEBRUARY, MARCH))).isEmpty();
        assertThat(ports.reconciliations().list(all.in(Status.MATCH), Optional.of(Cursor.of(match)), 9))
                .containsExactly(last);
    }

    @Test
    @DisplayName("RC-5 a sweep removes what the run did not put, of the service, the subscriptions and the days")
    void a_sweep_removes_what_the_run_did_not_put() {
        ReconciledRow again = delta(HOSTING, "again", JANUARY, "1", "2");
        ReconciledRow before = match("gone", JANUARY.minusDays(1));
        ReconciledRow after = match("gone", FEBRUARY);
        ReconciledRow elsewhere = delta(CHAT, "gone", JANUARY, "1", "2");
        ReconciledRow other = match("other", JANUARY);
        put(FIRST, List.of(again, before, after, elsewhere, match("gone", JANUARY), match("gone", FEBRUARY.minusDays(1)), other));
        put(SECOND, List.of(again));
        keep(() -> ports.reconciliations().sweep(HOSTING.id(), List.of("again", "gone"), JANUARY, FEBRUARY, SECOND));
        assertThat(all(HOSTING)).containsExactly(again, before, after, other);
        assertThat(all(CHAT)).containsExactly(elsewhere);
    }

    @Test
    @DisplayName("RC-6 totals are by first day of the month, currency and status")
    void totals_are_by_month_currency_and_status() {
        ReconciledRow one = with(delta(HOSTING, "a", JANUARY, "1.5", "2"), List.of(), "-0.5");
        ReconciledRow two = with(delta(HOSTING, "b", FEBRUARY.minusDays(1), "10", "2.0001"), List.of(), "0.25");
        ReconciledRow yen = in(JPY, delta(HOSTING, "c", JANUARY, "7", "0"));
        ReconciledRow resolved = delta(HOSTING, "d", JANUARY.plusDays(14), "3", "2").resolved(ACCEPTED);
        ReconciledRow match = match("e", FEBRUARY);
        put(FIRST, List.of(one, two, yen, resolved, match, delta(CHAT, "a", JANUARY, "99", "98")));
        RowQuery all = RowQuery.of(HOSTING.id());
        Total deltas = total(JANUARY, Samples.CAD, Status.DELTA, 2, "11.5000", "4.0001", "0.7500");
        Total accepted = total(JANUARY, Samples.CAD, Status.RESOLVED, 1, "3.0000", "2.0000", "1.0000");
        assertThat(ports.reconciliations().totals(all)).containsExactlyInAnyOrder(deltas, accepted,
                total(JANUARY, JPY, Status.DELTA, 1, "7.0000", "0.0000", "7.0000"),
                total(FEBRUARY, Samples.CAD, Status.MATCH, 1, "5.0000", "5.0000", "0.0000"));
        assertThat(ports.reconciliations().totals(all.in(Status.RESOLVED))).containsExactly(accepted);
        assertThat(ports.reconciliations().totals(all.between(FEBRUARY, MARCH))).hasSize(1);
        assertThat(ports.reconciliations().totals(all.of("a").in(Status.MATCH))).isEmpty();
    }

    @Test
    @DisplayName("RC-7 the run that was added last stands, exactly as it was")
    void the_run_that_was_added_last_stands() {
        assertThat(ports.reconciliations().lastRun(HOSTING.id())).isEmpty();
        for (ReconciliationRun run : List.of(plainRun(HOSTING, "z"), run(HOSTING, "m"), plainRun(HOSTING, "a"))) {
            keep(() -> ports.reconciliations().add(run));
            assertThat(ports.reconciliations().lastRun(HOSTING.id())).contains(run);
        }
    }

    @Test
    @DisplayName("RC-7 the rules that were adopted last stand, exactly as they were")
    void the_rules_that_were_adopted_last_stand() {
        assertThat(ports.reconciliations().adopted(HOSTING.id())).isEmpty();
        for (AdoptedRules rules : List.of(adopted(HOSTING, RULES), adopted(HOSTING, BillerRules.engine(ZoneId.of("UTC"))),
                adopted(HOSTING, RULES.with(QuotaRule.A_SECOND_LATE)))) {
            keep(() -> ports.reconciliations().adopt(rules));
            assertThat(ports.reconciliations().adopted(HOSTING.id())).contains(rules);
        }
    }

    @Test
    @DisplayName("RC-8 what is of one service is not there for another")
    void what_is_of_one_service_is_not_there_for_another() {
        ReconciledRow row = delta(HOSTING, "s", JANUARY, "1", "2");
        keep(() -> {
            ports.reconciliations().put(FIRST, List.of(row));
            ports.reconciliations().add(run(HOSTING, "run"));
            ports.reconciliations().adopt(adopted(HOSTING, RULES));
        });
        ReconciledRow same = delta(CHAT, "s", JANUARY, "1", "2");
        assertThat(find(same)).isEmpty();
        assertThat(all(CHAT)).isEmpty();
        assertThat(ports.reconciliations().totals(RowQuery.of(CHAT.id()))).isEmpty();
        assertThat(ports.reconciliations().lastRun(CHAT.id())).isEmpty();
        assertThat(ports.reconciliations().adopted(CHAT.id())).isEmpty();
        assertThat(resolve(same, ACCEPTED)).isFalse();
        put(FIRST, List.of(same));
        resolve(same, ACCEPTED);
        assertThat(find(row)).contains(row);
        assertThat(find(same)).contains(same.resolved(ACCEPTED));
    }

    @Test
    @DisplayName("RC-9 removing takes a service's rows, runs and rules, and nothing else")
    void removing_takes_rows_runs_and_rules() {
        for (Service service : List.of(HOSTING, CHAT)) {
            keep(() -> {
                ports.reconciliations().put(FIRST, List.of(rich(service, "s")));
                ports.reconciliations().add(run(service, "run"));
                ports.reconciliations().adopt(adopted(service, RULES));
            });
        }
        keep(() -> ports.reconciliations().remove(HOSTING.id()));
        assertThat(all(HOSTING)).isEmpty();
        assertThat(ports.reconciliations().lastRun(HOSTING.id())).isEmpty();
        assertThat(ports.reconciliations().adopted(HOSTING.id())).isEmpty();
        assertThat(all(CHAT)).containsExactly(rich(CHAT, "s"));
        assertThat(ports.reconciliations().lastRun(CHAT.id())).contains(run(CHAT, "run"));
        assertThat(ports.reconciliations().adopted(CHAT.id())).contains(adopted(CHAT, RULES));
    }

    @Test
    @DisplayName("RC-10 a certificate is found by its id, exactly as it was, also when all else is removed")
    void a_certificate_is_found_exactly_as_it_was() {
        ParityCertificate rich = certificate(HOSTING, "rich");
        var plain = new ParityCertificate(Samples.id("plain"), CHAT.id(), "Chat", JANUARY, MARCH,
                BillerRules.engine(ZoneId.of("UTC")), false, BigDecimal.ZERO, new Summary(List.of()), List.of(), List.of(),
                "", Actor.BILLING_RUN, NOW);
        keep(() -> List.of(rich, plain).forEach(ports.reconciliations()::add));
        keep(() -> ports.reconciliations().remove(HOSTING.id()));
        assertThat(ports.reconciliations().certificate(rich.id())).contains(rich);
        assertThat(ports.reconciliations().certificate(plain.id())).contains(plain);
        assertThat(ports.reconciliations().certificate(Samples.id("another"))).isEmpty();
    }

    private void put(UUID run, List<ReconciledRow> rows) {
        keep(() -> ports.reconciliations().put(run, rows));
    }

    private boolean resolve(ReconciledRow seen, Resolution resolution) {
        return kept(() -> ports.reconciliations().resolve(seen, resolution));
    }

    private Optional<ReconciledRow> find(ReconciledRow row) {
        return ports.reconciliations().find(row.service(), row.subscription(), row.start());
    }

    private List<ReconciledRow> list(RowQuery query) {
        return ports.reconciliations().list(query, Optional.empty(), 100);
    }

    private List<ReconciledRow> all(Service service) {
        return list(RowQuery.of(service.id()));
    }

    /** That is kept. */
    private ReconciledRow resolved(String subscription, String computed) {
        ReconciledRow row = delta(HOSTING, subscription, JANUARY, computed, "1");
        put(FIRST, List.of(row));
        assertThat(resolve(row, ACCEPTED)).isTrue();
        return row;
    }

    private static List<ReconciledRow> shuffled(List<ReconciledRow> rows) {
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled;
    }

    private static ReconciledRow delta(Service service, String subscription, LocalDate start, String computed,
                                       String actual) {
        var charged = new BigDecimal(computed);
        return new ReconciledRow(service.id(), subscription, start, start.plusMonths(1), Samples.CAD, charged,
                new BigDecimal(actual), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO, Status.DELTA, List.of(),
                charged.subtract(new BigDecimal(actual)), Optional.empty());
    }

    private static ReconciledRow match(String subscription, LocalDate start) {
        var five = new BigDecimal("5");
        return new ReconciledRow(HOSTING.id(), subscription, start, start.plusMonths(1), Samples.CAD, five, five, five, five,
                BigDecimal.ZERO, Status.MATCH, List.of(), BigDecimal.ZERO, Optional.empty());
    }

    /** Every field in use. */
    private static ReconciledRow rich(Service service, String subscription) {
        return new ReconciledRow(service.id(), subscription, LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 31), JPY,
                new BigDecimal("1234567890123456.7891"), new BigDecimal("-0.0001"), new BigDecimal("3.14"),
                new BigDecimal("2.7182"), new BigDecimal("0.5"), Status.DELTA, List.of(
                        new Cause(Cause.Kind.BILLED_TWICE, new BigDecimal("1.000000000001"), "\"zwei\", {mal} \\ 🚀"),
                        new Cause(Cause.Kind.ROUNDING, new BigDecimal("-0.10"), "NULL"),
                        new Cause(Cause.Kind.TAX_INCLUDED, new BigDecimal("0.00"), "")),
                new BigDecimal("-7"), Optional.empty());
    }

    private static ReconciledRow with(ReconciledRow row, List<Cause> causes, String unexplained) {
        return new ReconciledRow(row.service(), row.subscription(), row.start(), row.end(), row.currency(), row.computed(),
                row.actual(), row.computedFlat(), row.actualFlat(), row.actualUsage(), row.status(), causes,
                new BigDecimal(unexplained), row.resolution());
    }

    private static ReconciledRow in(Currency currency, ReconciledRow row) {
        return new ReconciledRow(row.service(), row.subscription(), row.start(), row.end(), currency, row.computed(),
                row.actual(), row.computedFlat(), row.actualFlat(), row.actualUsage(), row.status(), row.causes(),
                row.unexplained(), row.resolution());
    }

    private static Total total(LocalDate month, Currency currency, Status status, long rows, String computed, String actual,
                               String unexplained) {
        return new Total(month, currency, status, rows, new BigDecimal(computed), new BigDecimal(actual),
                new BigDecimal(unexplained));
    }

    private static ReconciliationRun plainRun(Service service, String name) {
        return new ReconciliationRun(id(service, name), service.id(), NOW, JANUARY, BillerRules.engine(ZoneId.of("UTC")),
                ReconciliationRun.DEFAULT_TOLERANCE, 0, List.of(), "", NOW);
    }

    private static ReconciliationRun run(Service service, String name) {
        List<Unlinked> unlinked = IntStream.range(0, 12).mapToObj(i -> new Unlinked(Why.values()[i % 3],
                JANUARY.plusMonths(11 - i), i % 2 == 0 ? JPY : Samples.CAD, Long.MAX_VALUE - i,
                new BigDecimal(i - 6).setScale(i % 4))).toList();
        return new ReconciliationRun(id(service, name), service.id(), NOW, JANUARY, RULES, new BigDecimal("0.050"),
                Long.MAX_VALUE, unlinked, "0123abcd", NOW.plusNanos(1000));
    }

    private static AdoptedRules adopted(Service service, BillerRules rules) {
        return new AdoptedRules(service.id(), rules, Actor.person("zoë@example.com"), NOW);
    }

    private static ParityCertificate certificate(Service service, String name) {
        var months = List.of(
                new Month(FEBRUARY, JPY, 1, 2, 3, new BigDecimal("4"), new BigDecimal("5.0"), new BigDecimal("6.00"),
                        new BigDecimal("7.000"), 8, new BigDecimal("-9.0000")),
                new Month(JANUARY, Samples.CAD, Long.MAX_VALUE, 0, 0, BigDecimal.ZERO, new BigDecimal("0.00"),
                        BigDecimal.ZERO, BigDecimal.ZERO, 0, BigDecimal.ZERO));
        var waivers = IntStream.range(0, 12).mapToObj(i -> new ParityCertificate.Waiver("s" + (12 - i), JANUARY,
                new BigDecimal("-1.2300"), ACCEPTED)).toList();
        var open = IntStream.range(0, 12).mapToObj(i -> new ParityCertificate.Open("o" + (12 - i), MARCH.minusDays(i),
                new BigDecimal(i).setScale(4), new BigDecimal("0.1"))).toList();
        return new ParityCertificate(id(service, name), service.id(), "Hébergement", JANUARY, MARCH, RULES, true,
                new BigDecimal("0.010"), new Summary(months), waivers, open, "0123abcd",
                Actor.person("ada@example.com"), NOW);
    }

    private static UUID id(Service service, String name) {
        return Samples.id(service.code() + name);
    }
}
