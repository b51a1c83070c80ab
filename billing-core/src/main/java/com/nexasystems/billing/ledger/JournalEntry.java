package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.LedgerAccount.Type;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An entry of the journal: debits equal credits in every currency, or it does not exist.
 *
 * @param date     when it happened, on the books' calendar; not when it was booked
 * @param party    whom the invoice is for: his id at its source
 * @param text     for people
 * @param postings at least two, by account, currency and amount; the order is always the same
 */
public record JournalEntry(EntryKey key, LocalDate date, String party, String text, List<Posting> postings) {

    /** In the order in which they are posted. */
    public static final Comparator<JournalEntry> BY_DATE = Comparator.comparing(JournalEntry::date)
            .thenComparing(JournalEntry::key);

    private static final Comparator<Posting> ORDER = Comparator.comparing(Posting::account)
            .thenComparing(posting -> posting.amount().currency().getCurrencyCode())
            .thenComparing(posting -> posting.amount().amount(), Comparator.reverseOrder());

    /** @throws IllegalArgumentException if it does not balance */
    public JournalEntry {
        InvalidValue.checkText("party", party, 255);
        InvalidValue.checkText("text", text, 512);
        postings = postings.stream().sorted(ORDER).toList();
        if (postings.size() < 2) {
            throw new IllegalArgumentException("an entry has at least two postings: " + key);
        }
        sums(postings).values().stream().filter(sum -> !sum.isZero()).findFirst().ifPresent(sum -> {
            throw new IllegalArgumentException("debits and credits differ by " + sum + ": " + key);
        });
    }

    private static Map<String, Money> sums(List<Posting> postings) {
        var sums = new TreeMap<String, Money>();
        postings.forEach(posting -> sums.merge(posting.amount().currency().getCurrencyCode(), posting.amount(), Money::plus));
        return sums;
    }

    /** What it posts on an account, of one currency; debits above zero. */
    public Money on(LedgerAccount account, Currency currency) {
        return postings.stream().filter(posting -> posting.account().equals(account))
                .map(Posting::amount).filter(amount -> amount.currency().equals(currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    /** Whether both say the same of the same fact, whatever their revision. */
    public boolean saysTheSameAs(JournalEntry other) {
        return equals(new JournalEntry(key, other.date, other.party, other.text, other.postings))
                && key.isOfSameFact(other.key);
    }

    boolean saysTheSameButForFamiliesAs(JournalEntry other) {
        return saysTheSameAs(new JournalEntry(other.key, other.date, other.party, other.text, postings))
                && withoutFamilies().equals(other.withoutFamilies());
    }

    private List<Posting> withoutFamilies() {
        var legs = new Legs();
        postings.forEach(posting -> legs.add(posting.account().type() == Type.REVENUE
                ? LedgerAccount.revenue(FamilyRules.OTHER) : posting.account(), posting.amount()));
        return legs.postings();
    }

    JournalEntry withRevision(int revision) {
        return new JournalEntry(key.withRevision(revision), date, party, text, postings);
    }

    JournalEntry reversedOn(LocalDate day, String reason) {
        return new JournalEntry(key.reversal(), day, party, reason, postings.stream().map(Posting::negated).toList());
    }
}
