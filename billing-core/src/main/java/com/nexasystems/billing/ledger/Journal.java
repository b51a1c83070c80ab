package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The books: what is known of each invoice, the drafts, and the posted entries. {@code JournalContract} checks these rules.
 *
 * <p>JR-1 What was kept of an invoice is found exactly as it was; keeping it again replaces it and all of its drafts.
 * <p>JR-2 What one unit of work has claimed of invoices, whether they are known or not, or of the journal's end, no other
 * claims until it has ended; a claim waits, and gives what is there then.
 * <p>JR-3 A draft is given exactly as it was, with all postings; drafts come by date and key, page by page.
 * <p>JR-4 Posting appends entries exactly as they are, takes their drafts away, and fails if the sequence or the chain does
 * not continue the journal's, the seal is not on what is posted, a fact is posted twice under one revision, an entry
 * reversed twice, or a day is locked; nothing of the unit of work is kept then.
 * <p>JR-5 Nothing changes or removes a posted entry, nor the evidence it was derived from.
 * <p>JR-6 Evidence is found by its digest, byte by byte as it was, while a record, a draft or a posted entry names it.
 * <p>JR-7 {@link #balances} adds up, for each account and currency, the debits and the credits of all entries until a day;
 * {@link #monthly} does so for each month; of what is posted, of drafts, or of both.
 * <p>JR-8 {@link #openItems} gives every invoice whose receivable is not zero, by party and invoice, once.
 * <p>JR-9 {@link #invoices} gives what {@link InvoiceFilter} says, by id, page by page, with their number;
 * {@link #counts} counts all.
 * <p>JR-10 {@link #sample} gives drafts at random, each as likely as another; the same of the same seed, while the drafts
 * stay.
 * <p>JR-11 {@link #chain} gives posted entries by sequence, page by page; one that cannot be read is given with what is wrong
 * with it.
 * <p>JR-12 The lock is as it was set last.
 */
public interface Journal {

    /** Which entries. */
    enum Scope { POSTED, DRAFTS, BOTH }

    /**
     * All that is known of an invoice.
     *
     * @param record empty if it is not known yet
     * @param drafts by key
     * @param posted by sequence, reversals among them
     */
    record Known(Optional<IngestedInvoice> record, List<Draft> drafts, List<PostedEntry> posted) {

        public static final Known NOTHING = new Known(Optional.empty(), List.of(), List.of());

        public Known {
            drafts = List.copyOf(drafts);
            posted = List.copyOf(posted);
        }

        /** Those that are neither reversed nor reversals. */
        public List<PostedEntry> standing() {
            Set<Long> reversed = posted.stream().flatMap(entry -> entry.reverses().stream())
                    .collect(Collectors.toSet());
            return posted.stream().filter(entry -> entry.reverses().isEmpty() && !reversed.contains(entry.sequence()))
                    .toList();
        }
    }

    /**
     * What is kept of an invoice.
     *
     * @param evidence given if the record or a draft names it, and it was not kept before; keeping it again changes nothing
     */
    record Keep(IngestedInvoice record, List<Draft> drafts, Optional<Evidence> evidence) {

        public Keep {
            drafts = List.copyOf(drafts);
        }
    }

    /** Where the journal ends; sequence 0 and {@link EntryChain#START} while nothing is posted. */
    record End(long sequence, String chain) { }

    /**
     * Of one account and currency. Neither is below zero.
     *
     * @param debit  the sum of all debits
     * @param credit the sum of all credits
     */
    record Balance(LedgerAccount account, Money debit, Money credit) {

        /** Debits less credits. */
        public Money net() {
            return debit.minus(credit);
        }
    }

    /** Of one account and currency in a month. */
    record MonthlyBalance(YearMonth month, Balance balance) { }

    /**
     * What is open of an invoice.
     *
     * @param open what the customer owes; below zero if he is owed something
     */
    record OpenItem(String invoice, Optional<IngestedInvoice.Document> document, String party, Money open) { }

    /** How many invoices have come to the same, for the same reason. */
    record OutcomeCount(IngestedInvoice.Outcome outcome, Optional<String> reason, long invoices) { }

    /**
     * Which invoices; what is empty asks for nothing.
     *
     * @param changed   whether its source differs from what is posted
     * @param unmatched whether no rule matches some of its lines
     */
    record InvoiceFilter(Optional<IngestedInvoice.Outcome> outcome, Optional<Boolean> changed, Optional<Boolean> unmatched) {

        public static final InvoiceFilter ALL = new InvoiceFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A row of the journal.
     *
     * @param entry   empty if it cannot be read
     * @param problem what is wrong with it; empty if it can be read
     */
    record ChainRow(long sequence, Optional<PostedEntry> entry, Optional<String> problem) { }

    /** By id; those that are not known are left out. At most some thousands. */
    Map<String, IngestedInvoice> find(Collection<String> invoices);

    /** All of an invoice, without claiming it. */
    Known look(String invoice);

    /** Claims them in the order of their ids. Must be called inside a unit of work. All that were asked for are answered. */
    Map<String, Known> claim(Collection<String> invoices);

    /** For invoices that this unit of work has claimed. */
    void keep(List<Keep> invoices);

    /** @param after the last one of the page before; empty for the first page */
    List<Draft> drafts(Optional<JournalEntry> after, int limit);

    List<Draft> sample(String seed, int size);

    /** Claims the end of the journal, and its lock, after the invoices. Must be called inside a unit of work. */
    End claimEnd();

    /**
     * For a unit of work that has claimed the end.
     *
     * @param batch at least one entry
     */
    void post(List<PostedEntry> batch, Seal seal);

    Optional<PostedEntry> posted(EntryKey key);

    Optional<Evidence> evidence(String sha256);

    PeriodLock lock();

    /** For a unit of work that has claimed the end. */
    void setLock(PeriodLock lock);

    /**
     * By account and currency.
     *
     * @param until empty for all
     */
    List<Balance> balances(Optional<LocalDate> until, Scope scope);

    /** Of all accounts of a type, by month, account and currency. Both days are included. */
    List<MonthlyBalance> monthly(LedgerAccount.Type type, LocalDate from, LocalDate until, Scope scope);

    /** @param until entries until that day */
    void openItems(LocalDate until, Scope scope, Consumer<List<OpenItem>> page);

    List<OutcomeCount> counts();

    Page<IngestedInvoice> invoices(InvoiceFilter filter, PageRequest request);

    /** @param after the sequence after which the page begins */
    List<ChainRow> chain(long after, int limit);

    /** By their last sequence. One that cannot be read is left out: what it was on is not sealed then. */
    List<Seal> seals(long after, int limit);
}
