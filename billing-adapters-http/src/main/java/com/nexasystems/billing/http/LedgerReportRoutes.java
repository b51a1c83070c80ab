package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Ageing;
import com.nexasystems.billing.ledger.Ageing.Bucket;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.LedgerSetup;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /ledger/reports}: what the books say, as JSON in minor units, or as CSV in decimals for spreadsheets. */
final class LedgerReportRoutes {

    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final Billing billing;
    private final LedgerSetup setup;
    private final LedgerJson json;

    LedgerReportRoutes(Billing billing, LedgerSetup setup) {
        this.billing = billing;
        this.setup = setup;
        this.json = new LedgerJson(setup.chart());
    }

    List<Route> routes() {
        return List.of(Route.get("/ledger/reports/trial_balance", this::trialBalance).needing(OPERATE),
                Route.get("/ledger/reports/revenue", this::revenue).needing(OPERATE),
                Route.get("/ledger/reports/tax", this::tax).needing(OPERATE),
                Route.get("/ledger/reports/ageing", this::ageing).needing(OPERATE),
                Route.get("/ledger/reports/journal", this::journal).needing(OPERATE));
    }

    private Answer trialBalance(Call call) {
        Fields fields = call.parameters();
        Optional<LocalDate> until = ShadowFields.day(fields, "until");
        Scope scope = LedgerFields.scope(fields);
        fields.check();
        List<Balance> balances = billing.ledgerReports().trialBalance(until, scope);
        if (call.wantsCsv()) {
            return Csv.file(Csv.row("account", "number", "currency", "debit", "credit", "balance"), balances.stream()
                    .map(each -> Csv.row(each.account(), setup.chart().numberOf(each.account()),
                            each.debit().currency(), each.debit(), each.credit(), each.net())).toList(),
                    "trial-balance.csv");
        }
        return Answer.ok(Json.object("trial_balance", Json.object("until", Times.day(until),
                "scope", ShadowFields.word(scope), "accounts", balances.stream().map(json::of).toList(),
                "totals", totals(balances).stream()
                        .map(total -> LedgerJson.sides(total.debit(), total.credit())).toList())));
    }

    /** By currency; of each, both sides come to the same. */
    private static Collection<Balance> totals(List<Balance> balances) {
        var totals = new TreeMap<String, Balance>();
        balances.forEach(balance -> totals.merge(balance.debit().currency().getCurrencyCode(), balance, (sum, next) ->
                new Balance(sum.account(), sum.debit().plus(next.debit()), sum.credit().plus(next.credit()))));
        return totals.values();
    }

    /** The days and the entries that a report is of. */
    private record Span(LocalDate from, LocalDate until, Scope scope) {

        static Span of(Call call) {
            Fields fields = call.parameters();
            LocalDate from = ShadowFields.day(fields, "from").orElse(FIRST);
            LocalDate until = ShadowFields.day(fields, "until").orElse(LAST);
            Scope scope = LedgerFields.scope(fields);
            if (until.isBefore(from)) {
                fields.problem("until", "value_is_out_of_range", "is before from");
            }
            fields.check();
            return new Span(from, until, scope);
        }

        Json json(List<Json> months) {
            return Json.object("from", from.equals(FIRST) ? null : from.toString(),
                    "until", until.equals(LAST) ? null : until.toString(), "scope", ShadowFields.word(scope),
                    "months", months);
        }
    }

    private Answer revenue(Call call) {
        Span span = Span.of(call);
        return monthly(call, span, billing.ledgerReports().revenue(span.from, span.until, span.scope), "revenue", "family");
    }

    private Answer tax(Call call) {
        Span span = Span.of(call);
        return monthly(call, span, billing.ledgerReports().taxes(span.from, span.until, span.scope), "tax", "rate");
    }

    /** What was invoiced is on the credit side, what was given back on the debit side. */
    private Answer monthly(Call call, Span span, List<MonthlyBalance> months, String name, String detail) {
        if (call.wantsCsv()) {
            return Csv.file(Csv.row("month", detail, "account", "number", "currency", "invoiced", "given_back", "amount"),
                    months.stream().map(this::csv).toList(), name + ".csv");
        }
        return Answer.ok(Json.object(name, span.json(months.stream().map(month -> {
            Balance balance = month.balance();
            return Json.object("month", month.month().toString(), detail, balance.account().detail(),
                    "account", balance.account().code(), "number", setup.chart().numberOf(balance.account()),
                    "currency", balance.debit().currency().getCurrencyCode(), "invoiced_cents", Cents.of(balance.credit()),
                    "given_back_cents", Cents.of(balance.debit()), "amount_cents", Cents.of(balance.net().negated()));
        }).toList())));
    }

    private String csv(MonthlyBalance month) {
        Balance balance = month.balance();
        return Csv.row(month.month(), balance.account().detail(), balance.account(),
                setup.chart().numberOf(balance.account()), balance.debit().currency(), balance.credit(), balance.debit(),
                balance.net().negated());
    }

    private Answer ageing(Call call) {
        Fields fields = call.parameters();
        LocalDate on = ShadowFields.day(fields, "as_of").orElse(call.now().atZone(setup.policy().zone()).toLocalDate());
        Scope scope = LedgerFields.scope(fields);
        fields.check();
        PageRequest request = call.page();
        List<Ageing> all = billing.ledgerReports().ageing(on, scope);
        if (call.wantsCsv()) {
            return Csv.file(Csv.row("customer", "name", "currency", "not_due", "days_1_to_30", "days_31_to_60",
                    "days_61_to_90", "over_90_days", "total"), all.stream().map(LedgerReportRoutes::csv).toList(),
                    "ageing.csv");
        }
        return Answer.ok(Json.object("as_of", on.toString(), "scope", ShadowFields.word(scope), "controls",
                billing.ledgerReports().receivables(on, scope).stream().map(control -> Json.object(
                        "account", control.account().code(), "currency", control.control().currency().getCurrencyCode(),
                        "account_cents", Cents.of(control.control()), "open_items_cents", Cents.of(control.items()),
                        "agrees", control.agrees())).toList())
                .withAll(Pages.of("ageing", Page.of(all, request), request, LedgerReportRoutes::json)));
    }

    private static String csv(Ageing ageing) {
        return Csv.row(ageing.party(), ageing.name(), ageing.currency(), ageing.in(Bucket.NOT_DUE),
                ageing.in(Bucket.DAYS_30), ageing.in(Bucket.DAYS_60), ageing.in(Bucket.DAYS_90), ageing.in(Bucket.OLDER),
                ageing.total());
    }

    private static Json json(Ageing ageing) {
        return Json.object("customer", Json.object("id", ageing.party(), "name", ageing.name()),
                "currency", ageing.currency().getCurrencyCode(), "not_due_cents", cents(ageing, Bucket.NOT_DUE),
                "days_1_to_30_cents", cents(ageing, Bucket.DAYS_30), "days_31_to_60_cents", cents(ageing, Bucket.DAYS_60),
                "days_61_to_90_cents", cents(ageing, Bucket.DAYS_90), "over_90_days_cents", cents(ageing, Bucket.OLDER),
                "total_cents", Cents.of(ageing.total()));
    }

    private static long cents(Ageing ageing, Bucket bucket) {
        return Cents.of(ageing.in(bucket));
    }

    private Answer journal(Call call) {
        if (call.wantsCsv()) {
            return Answer.file(new JournalCsv(billing.ports().journal(), setup.chart()), Csv.TYPE, "journal.csv");
        }
        Fields fields = call.parameters();
        long after = fields.integer("cursor", 0, Long.MAX_VALUE).orElse(0L);
        fields.check();
        int size = call.page().size();
        List<ChainRow> page = billing.ports().journal().chain(after, size + 1);
        List<ChainRow> shown = page.subList(0, Math.min(size, page.size()));
        return Answer.ok(Json.object("entries", shown.stream().map(json::of).toList(), "next_cursor",
                page.size() > size ? shown.get(size - 1).sequence() : null));
    }
}
