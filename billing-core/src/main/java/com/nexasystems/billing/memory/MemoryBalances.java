package com.nexasystems.billing.memory;

import com.nexasystems.billing.ledger.IngestedInvoice.Document;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.OpenItem;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Adds up entries. */
final class MemoryBalances {

    private MemoryBalances() {
    }

    /**
     * What is added up by itself.
     *
     * @param month empty if all months are added up
     */
    record Place(Optional<YearMonth> month, LedgerAccount account, String currency) implements Comparable<Place> {

        private static final Comparator<Place> ORDER = Comparator
                .comparing((Place place) -> place.month().map(YearMonth::toString).orElse(""))
                .thenComparing(Place::account).thenComparing(Place::currency);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private record Debtor(String party, String invoice, String currency) { }

    /** @param type which accounts, each month by itself; empty for all, of all months together */
    static void add(Map<Place, Balance> sums, Optional<LedgerAccount.Type> type, JournalEntry entry) {
        entry.postings().stream().filter(posting -> type.isEmpty() || type.get() == posting.account().type())
                .forEach(posting -> sums.merge(new Place(type.map(each -> YearMonth.from(entry.date())), posting.account(),
                        posting.amount().currency().getCurrencyCode()), balance(posting), MemoryBalances::plus));
    }

    private static Balance balance(Posting posting) {
        Money nothing = Money.zero(posting.amount().currency());
        boolean credit = posting.amount().isNegative();
        return new Balance(posting.account(), credit ? nothing : posting.amount(),
                credit ? posting.amount().negated() : nothing);
    }

    private static Balance plus(Balance one, Balance other) {
        return new Balance(one.account(), one.debit().plus(other.debit()), one.credit().plus(other.credit()));
    }

    static List<OpenItem> open(Stream<JournalEntry> entries, Function<String, Optional<Document>> documents) {
        var owed = new TreeMap<Debtor, Money>(Comparator.comparing(Debtor::party).thenComparing(Debtor::invoice)
                .thenComparing(Debtor::currency));
        entries.forEach(entry -> entry.postings().stream()
                .filter(posting -> posting.account().equals(LedgerAccount.RECEIVABLE))
                .forEach(posting -> owed.merge(new Debtor(entry.party(), entry.key().invoice(),
                        posting.amount().currency().getCurrencyCode()), posting.amount(), Money::plus)));
        return owed.entrySet().stream().filter(open -> !open.getValue().isZero())
                .map(open -> new OpenItem(open.getKey().invoice(), documents.apply(open.getKey().invoice()),
                        open.getKey().party(), open.getValue())).toList();
    }
}
