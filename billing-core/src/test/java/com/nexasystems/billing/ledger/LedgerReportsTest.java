package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.ledger.Ageing.Bucket;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the books say, and what a person looks at before posting. */
class LedgerReportsTest {

    private final Desk desk = new Desk();
    private final LedgerReports reports = new LedgerReports(desk.journal);

    @Test
    void the_trial_balance_is_of_a_day_and_of_drafts_posted_or_both() {
        desk.put(FactsSample.hosting("in_1").is(State.PAID).pays("py_1", "113.00", "2026-04-05"));
        desk.ingest("in_1");
        assertThat(reports.trialBalance(Optional.empty(), Scope.POSTED)).isEmpty();
        desk.posting().one(EntryKey.parse("in_1#invoice##1"), Desk.ADA);
        assertThat(said(reports.trialBalance(Optional.empty(), Scope.POSTED))).containsExactly("receivable 113.00 0.00",
                "tax:HST-ON 0.00 13.00", "revenue:hosting 0.00 100.00");
        assertThat(said(reports.trialBalance(Optional.empty(), Scope.DRAFTS))).containsExactly("clearing:stripe 113.00 0.00",
                "receivable 0.00 113.00");
        assertThat(said(reports.trialBalance(Optional.empty(), Scope.BOTH))).contains("receivable 113.00 113.00");
        assertThat(said(reports.trialBalance(Optional.of(LocalDate.of(2026, 4, 4)), Scope.BOTH)))
                .contains("receivable 113.00 0.00").doesNotContain("clearing:stripe 113.00 0.00");
    }

    @Test
    void revenue_is_by_family_and_month_and_taxes_by_rate() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.hosting("in_2").issued("2026-04-30").is(State.PAID)
                .note("cn_1", "2026-05-01", "50.00", "6.50", uses -> uses.puts("56.50"))
                .pays("py_1", "113.00", "2026-04-30"));
        desk.ingest("in_1", "in_2");
        LocalDate march = LocalDate.of(2026, 3, 1);
        LocalDate may = LocalDate.of(2026, 5, 31);
        assertThat(monthly(reports.revenue(march, may, Scope.DRAFTS))).containsExactly("2026-03 revenue:hosting 0.00 100.00",
                "2026-04 revenue:hosting 0.00 100.00", "2026-05 revenue:hosting 50.00 0.00");
        assertThat(monthly(reports.taxes(march, LocalDate.of(2026, 4, 30), Scope.BOTH))).containsExactly(
                "2026-03 tax:HST-ON 0.00 13.00", "2026-04 tax:HST-ON 0.00 13.00");
        assertThat(reports.taxes(LocalDate.of(2026, 3, 3), LocalDate.of(2026, 4, 29), Scope.BOTH)).isEmpty();
    }

    @Test
    void a_debt_ages_from_the_day_after_it_was_due() {
        LocalDate due = LocalDate.of(2026, 3, 31);
        for (var each : Map.of(0, Bucket.NOT_DUE, 1, Bucket.DAYS_30, 30, Bucket.DAYS_30, 31, Bucket.DAYS_60, 60,
                Bucket.DAYS_60, 61, Bucket.DAYS_90, 90, Bucket.DAYS_90, 91, Bucket.OLDER, 10_000, Bucket.OLDER, -5,
                Bucket.NOT_DUE).entrySet()) {
            assertThat(Bucket.of(due, due.plusDays(each.getKey()))).as(each.toString()).isEqualTo(each.getValue());
        }
    }

    @Test
    void ageing_is_by_customer_and_currency_and_says_what_was_open_on_that_day() {
        desk.put(FactsSample.hosting("in_1").due("2026-04-01").pays("py_1", "13.00", "2026-05-15"),
                FactsSample.hosting("in_2").issued("2026-05-01").due("2026-05-31"),
                FactsSample.hosting("in_3").to("cus_2", "Birch Ltd.").is(State.PAID).pays("py_3", "113.00", "2026-03-05")
                        .note("cn_1", "2026-03-09", "50.00", "6.50", uses -> uses.refunds("56.50")),
                FactsSample.of("in_4").in("JPY").from("").to("cus_2", "Birch Ltd.").line("Growth plan", "500"),
                FactsSample.hosting("in_5").is(State.PAID).pays("py_5", "113.00", "2026-03-05"));
        desk.ingest("in_1", "in_2", "in_3", "in_4", "in_5");
        List<Ageing> ageing = reports.ageing(LocalDate.of(2026, 5, 31), Scope.DRAFTS);
        assertThat(ageing).extracting(one -> one.party() + " " + one.name() + " " + one.total()).containsExactly(
                "cus_1 Maple Inc. 213.00 CAD", "cus_2 Birch Ltd. -56.50 CAD", "cus_2 Birch Ltd. 500 JPY");
        assertThat(ageing.get(0).in(Bucket.NOT_DUE)).hasToString("113.00 CAD");
        assertThat(ageing.get(0).in(Bucket.DAYS_60)).hasToString("100.00 CAD");
        assertThat(ageing.get(0).in(Bucket.OLDER)).hasToString("0.00 CAD");
        assertThat(reports.ageing(LocalDate.of(2026, 5, 14), Scope.DRAFTS).get(0).total()).hasToString("226.00 CAD");
        assertThat(reports.receivables(LocalDate.of(2026, 5, 31), Scope.DRAFTS)).hasSize(2)
                .allMatch(LedgerReports.Control::agrees);
    }

    @Test
    void a_review_shows_what_there_is_to_be_posted_and_what_stands_in_the_way() {
        desk.put(FactsSample.hosting("in_1"), FactsSample.of("in_2").line("Consulting", "5.00"),
                FactsSample.hosting("in_3").unexplained("a dispute"), FactsSample.hosting("in_4").is(State.VOID));
        desk.ingest("in_1", "in_2", "in_3", "in_4", "in_5");
        desk.posting().one(EntryKey.parse("in_1#invoice##1"), Desk.ADA);
        desk.put(FactsSample.hosting("in_1").issued("2026-03-03"));
        desk.ingest("in_1");
        String before = desk.dump();
        Review review = new ReviewDrafts(desk.journal, desk.posting()).review(Desk.ADA, "monday", 10);
        assertThat(desk.dump()).isEqualTo(before);
        assertThat(review.outcomes()).extracting(count -> count.outcome().code() + count.reason().map(code -> " " + code)
                .orElse("") + " " + count.invoices()).containsExactlyInAnyOrder("booked 2", "skipped void 1",
                "held unexplained 1", "unverified missing 1");
        assertThat(said(review.drafts())).containsExactly("receivable 5.00 0.00", "revenue:other 0.00 5.00");
        assertThat(names(review.unmatched())).containsExactly("in_2");
        assertThat(names(review.held())).containsExactly("in_3");
        assertThat(names(review.missing())).containsExactly("in_5");
        assertThat(names(review.changed())).containsExactly("in_1");
        assertThat(review.sample()).extracting(draft -> draft.entry().key().invoice()).containsExactly("in_2");
        assertThat(((GateResult.Refused) review.gate()).refusals()).extracting(GateResult.Refusal::check)
                .containsExactly("families");
    }

    @Test
    void a_sample_is_the_same_of_the_same_seed_and_another_of_another() {
        List<String> ids = IntStream.range(0, 60).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> desk.put(FactsSample.hosting(id)));
        desk.ingest(IngestOptions.ALL, ids);
        var review = new ReviewDrafts(desk.journal, desk.posting());
        List<Draft> monday = review.review(Desk.ADA, "monday", 5).sample();
        assertThat(monday).hasSize(5).doesNotHaveDuplicates().isEqualTo(review.review(Desk.BOB, "monday", 5).sample());
        assertThat(review.review(Desk.ADA, "tuesday", 5).sample()).isNotEqualTo(monday);
        assertThat(review.review(Desk.ADA, "monday", 100).sample()).hasSize(60).startsWith(monday.toArray(Draft[]::new));
        assertThat(review.review(Desk.ADA, "monday", 3).held().all()).isZero();
    }

    @Test
    void an_account_has_a_number_of_its_own_or_that_of_its_type() {
        ChartOfAccounts chart = ChartOfAccounts.DEFAULT.with(Map.of("revenue:hosting", "4010", "bad-debt", "6901"));
        assertThat(chart.numberOf(LedgerAccount.revenue("hosting"))).isEqualTo("4010");
        assertThat(chart.numberOf(LedgerAccount.revenue("managed"))).isEqualTo("4000");
        assertThat(chart.numberOf(LedgerAccount.BAD_DEBT)).isEqualTo("6901");
        assertThat(chart.numberOf(LedgerAccount.clearing("stripe"))).isEqualTo("1050");
        assertThat(new ChartOfAccounts(Map.of()).numberOf(LedgerAccount.RECEIVABLE)).isEmpty();
        for (Map<String, String> wrong : List.of(Map.of("nothing", "1"), Map.of("receivable:x", "1"),
                Map.of("revenue:", "1"), Map.of("revenue", " "))) {
            assertThatThrownBy(() -> new ChartOfAccounts(wrong)).as(wrong.toString()).isInstanceOf(InvalidValue.class);
        }
    }

    private static List<String> names(Review.Some some) {
        assertThat(some.all()).isEqualTo(some.first().size());
        return some.first().stream().map(IngestedInvoice::invoice).toList();
    }

    private static List<String> said(List<Balance> balances) {
        return balances.stream().map(balance -> balance.account() + " " + balance.debit().amount() + " "
                + balance.credit().amount()).toList();
    }

    private static List<String> monthly(List<MonthlyBalance> months) {
        return months.stream().map(month -> month.month() + " " + said(List.of(month.balance())).get(0)).toList();
    }
}
