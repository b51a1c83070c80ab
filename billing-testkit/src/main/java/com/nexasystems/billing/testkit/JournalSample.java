package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.ledger.Seal;
import com.nexasystems.billing.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Examples of books. An invoice of an amount has one draft, which books it as hosting, until a payment is added. */
public final class JournalSample {

    public static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    public static final LocalDate DAY = LocalDate.of(2026, 1, 31);
    public static final Actor ADA = Actor.person("ada@example.com");

    private JournalSample() {
    }

    /** Of a source that has answered this. */
    public static Evidence evidence(String invoice, String answer) {
        return new Evidence(invoice, NOW, List.of(new Document("invoice", answer.getBytes(StandardCharsets.UTF_8))));
    }

    public static Posting posting(LedgerAccount account, String amount) {
        return new Posting(account, Money.of(Samples.CAD, amount));
    }

    /** @param amount in CAD, above zero */
    public static Draft draft(Evidence evidence, LocalDate day, String party, String amount) {
        return new Draft(new JournalEntry(new EntryKey(evidence.invoice(), Kind.INVOICE, "", 1), day, party, "Invoice",
                List.of(posting(LedgerAccount.RECEIVABLE, amount), posting(LedgerAccount.revenue("hosting"), "-" + amount))),
                evidence.sha256());
    }

    public static Draft payment(Evidence evidence, LocalDate day, String party, String amount) {
        return new Draft(new JournalEntry(new EntryKey(evidence.invoice(), Kind.PAYMENT, "pay_1", 1), day, party, "Payment",
                List.of(posting(LedgerAccount.clearing("stripe"), amount), posting(LedgerAccount.RECEIVABLE, "-" + amount))),
                evidence.sha256());
    }

    /** One that is booked, about which nothing else is said. */
    public static IngestedInvoice booked(String invoice) {
        return new IngestedInvoice(invoice, Outcome.BOOKED, Optional.empty(), false, Optional.empty(), Optional.empty(),
                List.of(), List.of(), Optional.of(NOW), NOW);
    }

    public static IngestedInvoice.Document document(String number, String party, String total) {
        return new IngestedInvoice.Document(Optional.of(number), new Party(party, "Zoë & Co"), Optional.of(DAY),
                Optional.of(DAY.plusDays(30)), Money.of(Samples.CAD, total));
    }

    /** What is kept of an invoice that was issued on the {@link #DAY}. */
    public static Keep ingested(String invoice, String amount) {
        Evidence evidence = evidence(invoice, amount);
        return new Keep(booked(invoice), List.of(draft(evidence, DAY, "cus_1", amount)), Optional.of(evidence));
    }

    public static Keep ingested(Evidence evidence, Draft... drafts) {
        return new Keep(booked(evidence.invoice()), List.of(drafts), Optional.of(evidence));
    }

    /** The entries that post these drafts, by {@link #ADA}, {@link #NOW}. */
    public static List<PostedEntry> entries(Journal.End end, List<Draft> drafts) {
        var entries = new ArrayList<PostedEntry>();
        Journal.End last = end;
        for (Draft draft : drafts) {
            PostedEntry entry = linked(last, draft.entry(), draft.evidence(), Optional.empty());
            last = new Journal.End(entry.sequence(), entry.chain());
            entries.add(entry);
        }
        return entries;
    }

    /** The entry that takes another one back. */
    public static PostedEntry reversal(Journal.End end, PostedEntry reversed, LocalDate day) {
        EntryKey key = reversed.entry().key();
        var entry = new JournalEntry(new EntryKey(key.invoice(), Kind.REVERSAL,
                key.kind().code() + "/" + key.fact() + "/" + key.revision(), 1), day, reversed.entry().party(), "Mistake",
                reversed.entry().postings().stream().map(Posting::negated).toList());
        return linked(end, entry, reversed.evidence(), Optional.of(reversed.sequence()));
    }

    private static PostedEntry linked(Journal.End end, JournalEntry entry, String evidence, Optional<Long> reverses) {
        var loose = new PostedEntry(end.sequence() + 1, entry, evidence, reverses, ADA, NOW, "");
        return new PostedEntry(loose.sequence(), entry, evidence, reverses, ADA, NOW, EntryChain.next(end.chain(), loose));
    }

    public static Seal seal(List<PostedEntry> batch) {
        PostedEntry last = batch.get(batch.size() - 1);
        return new Seal(batch.get(0).sequence(), last.sequence(), last.chain(), ADA, NOW);
    }

    /** Keeps them. Needs a unit of work, as all that follow do. */
    public static void keep(Journal journal, Keep... invoices) {
        journal.claim(Stream.of(invoices).map(kept -> kept.record().invoice()).toList());
        journal.keep(List.of(invoices));
    }

    /** Posts all drafts of these invoices. */
    public static List<PostedEntry> post(Journal journal, String... invoices) {
        journal.claim(List.of(invoices));
        List<Draft> drafts = Stream.of(invoices).flatMap(invoice -> journal.look(invoice).drafts().stream())
                .sorted((one, other) -> JournalEntry.BY_DATE.compare(one.entry(), other.entry())).toList();
        List<PostedEntry> batch = entries(journal.claimEnd(), drafts);
        journal.post(batch, seal(batch));
        return batch;
    }

    /** Reverses an entry. */
    public static PostedEntry reverse(Journal journal, PostedEntry reversed, LocalDate day) {
        journal.claim(List.of(reversed.entry().key().invoice()));
        PostedEntry reversal = reversal(journal.claimEnd(), reversed, day);
        journal.post(List.of(reversal), seal(List.of(reversal)));
        return reversal;
    }
}
