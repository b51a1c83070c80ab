package com.nexasystems.billing.ledger;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.memory.MemoryInvoiceSource;
import com.nexasystems.billing.tax.CanadianTaxRates;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bookkeeper's desk: a journal and an invoice source in memory, the rates of Canada, and some family rules. */
final class Desk {

    static final Actor ADA = Actor.person("ada");
    static final Actor BOB = Actor.person("bob");
    static final FamilyRules FAMILIES = new FamilyRules(List.of(
            new Rule("add-ons", Target.ITEM, "price_backup"),
            new Rule("managed", Target.DESCRIPTION, "managed"),
            new Rule("hosting", Target.DESCRIPTION, "growth|starter"),
            new Rule("add-ons", Target.DESCRIPTION, "backup|storage")));
    static final List<Jurisdiction> CANADA = CanadianTaxRates.all().stream().map(TaxRate::jurisdiction).distinct().toList();
    static final LedgerPolicy POLICY = new LedgerPolicy(ZoneId.of("America/Toronto"), FAMILIES, CANADA,
            LedgerPolicy.ALL_TAX_POLICIES);
    private static final int PAGE = 1000;

    final TestClock clock = new TestClock(Instant.parse("2026-06-01T12:00:00Z"));
    final MemoryInvoiceSource stripe = new MemoryInvoiceSource("stripe", "in_", clock);
    final MemoryInvoiceSource lago = new MemoryInvoiceSource("lago", "lago:", clock);
    final Ports ports;
    final Journal journal;
    private final Map<LedgerPolicy, Bookkeeping> bookkeeping = new HashMap<>();

    Desk() {
        this(Ports.inMemory());
    }

    /** @param ports that have no tax rates yet */
    Desk(Ports ports) {
        this.ports = ports;
        this.journal = ports.journal();
        CanadianTaxRates.all().forEach(ports.taxRates()::add);
    }

    // --- what happens

    Desk put(FactsSample... samples) {
        for (FactsSample sample : samples) {
            InvoiceFacts facts = sample.facts();
            (stripe.accepts(facts.id()) ? stripe : lago).put(clock.instant(), facts);
        }
        return this;
    }

    Ingest ingest() {
        return new Ingest(journal, ports.taxRates(), ports.serviceTaxes(), ports.services(), clock, ports.unitOfWork());
    }

    IngestReport ingest(String... ids) {
        return ingest(IngestOptions.ALL, List.of(ids));
    }

    /** A minute later. */
    IngestReport ingest(IngestOptions options, List<String> ids) {
        clock.advance(Duration.ofMinutes(1));
        IngestRun run = ingest().begin(List.of(stripe, lago), POLICY, options);
        run.take(ids);
        return run.report();
    }

    PostEntries posting() {
        return new PostEntries(journal, ports.auditTrail(), clock, ports.unitOfWork());
    }

    BulkOutcome postAll() {
        return posting().all(ADA, Optional.empty(), report -> { });
    }

    PostedEntry reverse(String key) {
        return reversing().reverse(EntryKey.parse(key), Optional.empty(), "booked wrongly", ADA);
    }

    ReverseEntry reversing() {
        return new ReverseEntry(journal, ports.auditTrail(), clock, ports.unitOfWork());
    }

    LockPeriod locking() {
        return new LockPeriod(journal, ports.auditTrail(), clock, ports.unitOfWork());
    }

    Verification verify() {
        return new VerifyJournal(journal).verify(Optional.empty(), entries -> { });
    }

    Booking book(FactsSample sample) {
        return book(sample.facts(), POLICY);
    }

    /** The rates are looked up once, as in a run. */
    Booking book(InvoiceFacts facts, LedgerPolicy policy) {
        return bookkeeping.computeIfAbsent(policy, one -> new Bookkeeping(one, new LedgerRates(ports.taxRates(),
                ports.serviceTaxes(), ports.services(), one.jurisdictions()))).book(facts);
    }

    // --- what is there

    IngestedInvoice record(String invoice) {
        return journal.look(invoice).record().orElseThrow();
    }

    List<String> drafts() {
        return journal.drafts(Optional.empty(), PAGE).stream().map(draft -> said(draft.entry())).toList();
    }

    List<PostedEntry> posted() {
        return journal.chain(0, PAGE).stream().map(ChainRow::entry).flatMap(Optional::stream).toList();
    }

    /** All that is in the books, but for when somebody looked. */
    String dump() {
        var text = new ArrayList<String>();
        journal.invoices(InvoiceFilter.ALL, PageRequest.first(PAGE)).items().forEach(record ->
                text.add(record.invoice() + " " + record.outcome() + " " + record.reason() + " " + record.settled() + " "
                        + record.document() + " " + record.evidence() + " " + record.unmatched() + " " + record.changed()));
        journal.drafts(Optional.empty(), PAGE).forEach(draft -> text.add(draft.toString()));
        posted().forEach(entry -> text.add(entry.toString()));
        journal.seals(0, PAGE).forEach(seal -> text.add(seal.toString()));
        return String.join("\n", text);
    }

    /** Such as {@code 2026-03-02 invoice: receivable 113.00, tax:HST-ON -13.00, revenue:hosting -100.00}. */
    static String said(JournalEntry entry) {
        EntryKey key = entry.key();
        return entry.date() + " " + key.kind().code() + (key.fact().isEmpty() ? "" : " " + key.fact())
                + (key.revision() == 1 ? "" : " again") + ": " + String.join(", ", entry.postings().stream()
                .map(posting -> posting.account() + " " + posting.amount().amount().toPlainString()).toList());
    }
}
