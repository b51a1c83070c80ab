package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.Ageing.Bucket;
import com.nexasystems.billing.ledger.IngestedInvoice.Document;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.OpenItem;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.LedgerAccount.Type;
import com.nexasystems.billing.money.Money;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the books say. */
public final class LedgerReports {

    private final Journal journal;

    @Inject
    public LedgerReports(Journal journal) {
        this.journal = journal;
    }

    /**
     * A control account and what it is made of.
     *
     * @param control what stands on the account
     * @param items   what the single items come to
     */
    public record Control(LedgerAccount account, Money control, Money items) {

        public boolean agrees() {
            return control.equals(items);
        }
    }

    /** By account and currency. Of each currency, debits and credits come to the same. */
    public List<Balance> trialBalance(Optional<LocalDate> until, Scope scope) {
        return journal.balances(until, scope);
    }

    /** Revenue by family and month; both days are included. */
    public List<MonthlyBalance> revenue(LocalDate from, LocalDate until, Scope scope) {
        return journal.monthly(Type.REVENUE, from, until, scope);
    }

    /** Tax by rate and month: what was invoiced (credits) and what was given back (debits). Both days are included. */
    public List<MonthlyBalance> taxes(LocalDate from, LocalDate until, Scope scope) {
        return journal.monthly(Type.TAX, from, until, scope);
    }

    /** What is open on a day, by customer and currency; those first who owe most for longest. */
    public List<Ageing> ageing(LocalDate on, Scope scope) {
        var byParty = new TreeMap<String, Ageing>();
        journal.openItems(on, scope, page -> page.forEach(item -> add(byParty, item, on)));
        return byParty.values().stream().sorted(Comparator.comparing((Ageing ageing) -> ageing.currency().getCurrencyCode())
                .thenComparing(ageing -> ageing.total().amount(), Comparator.reverseOrder())
                .thenComparing(Ageing::party)).toList();
    }

    private static void add(Map<String, Ageing> byParty, OpenItem item, LocalDate on) {
        Currency currency = item.open().currency();
        LocalDate due = item.document().flatMap(Document::due).orElse(on);
        String name = item.document().map(document -> document.party().name()).orElse(item.party());
        byParty.merge(currency + " " + item.party(),
                Ageing.nothing(item.party(), name, currency).plus(Bucket.of(due, on), item.open()),
                (before, one) -> before.plus(Bucket.of(due, on), item.open()));
    }

    /** Whether the receivable is what the invoices that are open come to, in each currency. */
    public List<Control> receivables(LocalDate on, Scope scope) {
        var items = new TreeMap<String, Money>();
        journal.openItems(on, scope, page -> page.forEach(item ->
                items.merge(item.open().currency().getCurrencyCode(), item.open(), Money::plus)));
        var controls = new ArrayList<Control>();
        journal.balances(Optional.of(on), scope).stream()
                .filter(balance -> balance.account().equals(LedgerAccount.RECEIVABLE)).forEach(balance -> {
                    Currency currency = balance.debit().currency();
                    controls.add(new Control(balance.account(), balance.net(),
                            items.getOrDefault(currency.getCurrencyCode(), Money.zero(currency))));
                });
        return controls;
    }
}
