package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Ageing;
import com.nexasystems.billing.ledger.Ageing.Bucket;
import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The reports of the books as rows: what they are called, their columns, and their rows one by one. */
final class LedgerSheet {

    private static final int PAGE = 500;

    private final Billing billing;
    private final Journal journal;
    private final ChartOfAccounts chart;
    private final Query query;
    private final boolean totals;

    /** @param totals whether rows are added that add others up: for people */
    LedgerSheet(Billing billing, ChartOfAccounts chart, Query query, boolean totals) {
        this.billing = billing;
        this.journal = billing.ports().journal();
        this.chart = chart;
        this.query = query;
        this.totals = totals;
    }

    /**
     * What is asked for.
     *
     * @param asOf   the last day that counts, of what stands on a day
     * @param drafts whether drafts count as if they were posted
     */
    record Query(LocalDate from, LocalDate until, LocalDate asOf, boolean drafts) {

        Scope scope() {
            return drafts ? Scope.BOTH : Scope.POSTED;
        }
    }

    /** What there is. */
    enum Kind {
        TRIAL_BALANCE("Trial balance", List.of("number", "account", "currency", "debit", "credit"),
                sheet -> sheet::trialBalance),
        REVENUE("Revenue", List.of("month", "family", "number", "currency", "revenue"), sheet -> sheet::revenue),
        AGEING("Ageing", ageingHeader(), sheet -> sheet::ageing),
        TAX("Tax", List.of("month", "rate", "number", "currency", "invoiced", "given_back", "tax"), sheet -> sheet::tax),
        JOURNAL("Journal", List.of("sequence", "entry", "date", "party", "text", "number", "account", "currency", "debit",
                "credit", "by", "at", "evidence", "link"), sheet -> sheet::journal),
        UNMATCHED("Unmatched", List.of("invoice", "document", "line", "description", "currency", "net"),
                sheet -> sheet::unmatched),
        CHANGED("Changed", List.of("invoice", "document", "difference"), sheet -> sheet::changed),
        HELD("Held", List.of("invoice", "document", "outcome", "reason", "what", "asked_at"), sheet -> sheet::held);

        private final String title;
        private final List<String> header;
        private final Function<LedgerSheet, Consumer<Consumer<List<?>>>> rows;

        Kind(String title, List<String> header, Function<LedgerSheet, Consumer<Consumer<List<?>>>> rows) {
            this.title = title;
            this.header = header;
            this.rows = rows;
        }

        String title() {
            return title;
        }

        List<String> header() {
            return header;
        }

        private static List<String> ageingHeader() {
            var header = new ArrayList<>(List.of("customer", "name", "currency"));
            Arrays.stream(Bucket.values()).forEach(bucket -> header.add(bucket.title().replace(' ', '_').replace('-', '_')));
            header.add("total");
            return header;
        }
    }

    void each(Kind kind, Consumer<List<?>> row) {
        kind.rows.apply(this).accept(row);
    }

    private void trialBalance(Consumer<List<?>> row) {
        Map<String, Money> debits = new TreeMap<>();
        Map<String, Money> credits = new TreeMap<>();
        billing.ledgerReports().trialBalance(Optional.of(query.asOf), query.scope()).forEach(balance -> {
            Money net = balance.net();
            String currency = net.currency().getCurrencyCode();
            debits.merge(currency, debit(net), Money::plus);
            credits.merge(currency, credit(net), Money::plus);
            row.accept(List.of(chart.numberOf(balance.account()), balance.account().code(), currency,
                    cell(debit(net)), cell(credit(net))));
        });
        if (totals) {
            debits.forEach((currency, sum) -> row.accept(List.of("", "total", currency, sum.amount(),
                    credits.get(currency).amount())));
        }
    }

    private void revenue(Consumer<List<?>> row) {
        billing.ledgerReports().revenue(query.from, query.until, query.scope()).forEach(monthly -> row.accept(List.of(
                monthly.month().toString(), monthly.balance().account().detail(), number(monthly), currency(monthly),
                monthly.balance().net().negated().amount())));
    }

    private void tax(Consumer<List<?>> row) {
        billing.ledgerReports().taxes(query.from, query.until, query.scope()).forEach(monthly -> row.accept(List.of(
                monthly.month().toString(), monthly.balance().account().detail(), number(monthly), currency(monthly),
                monthly.balance().credit().amount(), monthly.balance().debit().amount(),
                monthly.balance().net().negated().amount())));
    }

    private String number(MonthlyBalance monthly) {
        return chart.numberOf(monthly.balance().account());
    }

    private static String currency(MonthlyBalance monthly) {
        return monthly.balance().debit().currency().getCurrencyCode();
    }

    private void ageing(Consumer<List<?>> row) {
        List<Ageing> all = billing.ledgerReports().ageing(query.asOf, query.scope());
        all.forEach(ageing -> row.accept(ageing(ageing.party(), ageing.name(), ageing)));
        if (totals) {
            billing.ledgerReports().receivables(query.asOf, query.scope()).stream()
                    .filter(control -> !control.items().isZero() || !control.agrees()).forEach(control -> row.accept(
                    ageingTotal(control.agrees() ? "total, as on the account receivable"
                            : "total, but the account receivable has " + control.control(),
                            all.stream().filter(one -> one.currency().equals(control.items().currency())).toList(),
                            control.items())));
        }
    }

    private static List<Object> ageing(String party, String name, Ageing ageing) {
        var cells = new ArrayList<Object>(List.of(party, name, ageing.currency().getCurrencyCode()));
        Arrays.stream(Bucket.values()).forEach(bucket -> cells.add(cell(ageing.in(bucket))));
        cells.add(ageing.total().amount());
        return cells;
    }

    private static List<Object> ageingTotal(String title, List<Ageing> all, Money total) {
        var cells = new ArrayList<Object>(List.of("", title, total.currency().getCurrencyCode()));
        Arrays.stream(Bucket.values()).forEach(bucket -> cells.add(cell(all.stream().map(one -> one.in(bucket))
                .reduce(Money.zero(total.currency()), Money::plus))));
        cells.add(total.amount());
        return cells;
    }

    /** One row for each posting; drafts follow what is posted, without sequence and link. */
    private void journal(Consumer<List<?>> row) {
        List<ChainRow> page = journal.chain(0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(each -> posted(each, row));
            page = journal.chain(page.get(page.size() - 1).sequence(), PAGE);
        }
        if (query.drafts) {
            drafts(row);
        }
    }

    private void posted(ChainRow chained, Consumer<List<?>> row) {
        PostedEntry posted = chained.entry().orElseThrow(() -> new EnvironmentFailure("entry " + chained.sequence()
                + " of the journal cannot be read: " + chained.problem().orElse("") + "; see 'billing ledger verify'"));
        postings(posted.entry(), row, posted.sequence(), List.of(posted.by().name(), posted.at().toString(),
                posted.evidence(), posted.chain()));
    }

    private void drafts(Consumer<List<?>> row) {
        List<Draft> page = journal.drafts(Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(draft -> postings(draft.entry(), row, "", List.of("", "", draft.evidence(), "")));
            page = journal.drafts(Optional.of(page.get(page.size() - 1).entry()), PAGE);
        }
    }

    private void postings(JournalEntry entry, Consumer<List<?>> row, Object sequence, List<String> rest) {
        if (entry.date().isBefore(query.from) || entry.date().isAfter(query.until)) {
            return;
        }
        for (Posting posting : entry.postings()) {
            var cells = new ArrayList<Object>(List.of(sequence, entry.key().toString(), entry.date().toString(),
                    entry.party(), entry.text(), chart.numberOf(posting.account()), posting.account().code(),
                    posting.amount().currency().getCurrencyCode(), cell(debit(posting.amount())),
                    cell(credit(posting.amount()))));
            cells.addAll(rest);
            row.accept(cells);
        }
    }

    private void unmatched(Consumer<List<?>> row) {
        invoices(new InvoiceFilter(Optional.empty(), Optional.empty(), Optional.of(true)), invoice ->
                invoice.unmatched().forEach(line -> row.accept(List.of(invoice.invoice(), document(invoice), line.line(),
                        line.description(), line.net().currency().getCurrencyCode(), line.net().amount()))));
    }

    private void changed(Consumer<List<?>> row) {
        invoices(new InvoiceFilter(Optional.empty(), Optional.of(true), Optional.empty()), invoice ->
                invoice.changed().forEach(text -> row.accept(List.of(invoice.invoice(), document(invoice), text))));
    }

    private void held(Consumer<List<?>> row) {
        for (Outcome outcome : List.of(Outcome.HELD, Outcome.UNVERIFIED)) {
            invoices(new InvoiceFilter(Optional.of(outcome), Optional.empty(), Optional.empty()), invoice ->
                    row.accept(List.of(invoice.invoice(), document(invoice), outcome.code(),
                            invoice.reason().map(Reason::code).orElse(""), invoice.reason().map(Reason::text).orElse(""),
                            invoice.triedAt().toString())));
        }
    }

    private void invoices(InvoiceFilter filter, Consumer<IngestedInvoice> each) {
        PageRequest request = PageRequest.first(PageRequest.LARGEST);
        List<IngestedInvoice> page = journal.invoices(filter, request).items();
        while (!page.isEmpty()) {
            page.forEach(each);
            request = new PageRequest(request.number() + 1, request.size());
            page = journal.invoices(filter, request).items();
        }
    }

    private static String document(IngestedInvoice invoice) {
        return invoice.document().flatMap(IngestedInvoice.Document::number).orElse("");
    }

    private static Money debit(Money net) {
        return net.isNegative() ? Money.zero(net.currency()) : net;
    }

    private static Money credit(Money net) {
        return net.isNegative() ? net.negated() : Money.zero(net.currency());
    }

    /** Nothing, where there is nothing. */
    private static Object cell(Money amount) {
        return amount.isZero() ? "" : (Object) amount.amount();
    }
}
