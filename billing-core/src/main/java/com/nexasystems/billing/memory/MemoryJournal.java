package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryChain;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Seal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryJournal implements Journal {

    private static final int PAGE = 500;
    private static final Comparator<Draft> BY_KEY = Comparator.comparing(draft -> draft.entry().key());

    private final Memory memory;
    private final NavigableMap<String, IngestedInvoice> records = new TreeMap<>();
    private final NavigableMap<JournalEntry, Draft> drafts = new TreeMap<>(JournalEntry.BY_DATE);
    private final Map<String, List<Draft>> draftsOf = new HashMap<>();
    private final List<PostedEntry> posted = new ArrayList<>();
    private final Map<EntryKey, PostedEntry> postedByKey = new HashMap<>();
    private final Map<String, List<PostedEntry>> postedOf = new HashMap<>();
    private final Map<Long, Long> reversals = new HashMap<>();
    private final List<Seal> seals = new ArrayList<>();
    private final Map<String, Evidence> evidence = new HashMap<>();
    private final List<PeriodLock> lock = new ArrayList<>(List.of(PeriodLock.NONE));

    MemoryJournal(Memory memory) {
        this.memory = memory;
    }

    @Override
    public Map<String, IngestedInvoice> find(Collection<String> invoices) {
        return memory.call(() -> invoices.stream().distinct().filter(records::containsKey)
                .collect(Collectors.toMap(Function.identity(), records::get)));
    }

    @Override
    public Known look(String invoice) {
        return memory.call(() -> new Known(Optional.ofNullable(records.get(invoice)),
                draftsOf.getOrDefault(invoice, List.of()), postedOf.getOrDefault(invoice, List.of())));
    }

    /** Whoever is in a unit of work has the one memory to himself. */
    @Override
    public Map<String, Known> claim(Collection<String> invoices) {
        return memory.call(() -> invoices.stream().distinct()
                .collect(Collectors.toMap(Function.identity(), this::look)));
    }

    @Override
    public void keep(List<Keep> invoices) {
        memory.run(() -> invoices.forEach(this::keep));
    }

    private void keep(Keep kept) {
        String invoice = kept.record().invoice();
        List<String> loose = Stream.concat(named(invoice), kept.evidence().map(Evidence::sha256).stream()).toList();
        memory.put(records, invoice, kept.record());
        kept.evidence().filter(given -> !evidence.containsKey(given.sha256()))
                .ifPresent(given -> memory.put(evidence, given.sha256(), given));
        replaceDrafts(invoice, kept.drafts());
        Set<String> needed = named(invoice).collect(Collectors.toSet());
        loose.stream().distinct().filter(sha256 -> !needed.contains(sha256))
                .forEach(sha256 -> memory.remove(evidence, sha256));
    }

    /** The evidence that the record, the drafts and the posted entries of an invoice name. */
    private Stream<String> named(String invoice) {
        return Stream.of(Optional.ofNullable(records.get(invoice)).flatMap(IngestedInvoice::evidence).stream(),
                draftsOf.getOrDefault(invoice, List.of()).stream().map(Draft::evidence),
                postedOf.getOrDefault(invoice, List.of()).stream().map(PostedEntry::evidence)).flatMap(names -> names);
    }

    private void replaceDrafts(String invoice, List<Draft> now) {
        draftsOf.getOrDefault(invoice, List.of()).forEach(draft -> memory.remove(drafts, draft.entry()));
        now.forEach(draft -> memory.put(drafts, draft.entry(), draft));
        memory.put(draftsOf, invoice, now.stream().sorted(BY_KEY).toList());
    }

    @Override
    public List<Draft> drafts(Optional<JournalEntry> after, int limit) {
        return memory.call(() -> after.map(last -> drafts.tailMap(last, false)).orElse(drafts).values().stream()
                .limit(limit).toList());
    }

    @Override
    public List<Draft> sample(String seed, int size) {
        return memory.call(() -> drafts.values().stream()
                .sorted(Comparator.comparing(draft -> lot(seed, draft.entry().key()))).limit(size).toList());
    }

    /** As likely to be small as any other draft's. */
    private static String lot(String seed, EntryKey key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest((seed + "/" + key).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public End claimEnd() {
        return memory.call(() -> posted.isEmpty() ? new End(0, EntryChain.START)
                : new End(posted.size(), posted.get(posted.size() - 1).chain()));
    }

    @Override
    public void post(List<PostedEntry> batch, Seal seal) {
        memory.run(() -> {
            long first = posted.size() + 1L;
            batch.forEach(this::post);
            if (seal.first() != first || seal.last() != posted.size() || !seal.chain().equals(claimEnd().chain())) {
                throw new IllegalStateException("the seal is not on what was posted: " + seal);
            }
            memory.append(seals, seal);
        });
    }

    private void post(PostedEntry entry) {
        EntryKey key = entry.entry().key();
        End end = claimEnd();
        check(entry.sequence() == end.sequence() + 1, "the journal ends at " + end.sequence(), entry);
        check(entry.chain().equals(EntryChain.next(end.chain(), entry)), "the chain does not continue", entry);
        check(!lock().locks(entry.entry().date()), "its day is locked", entry);
        check(!postedByKey.containsKey(key), "it is posted already", entry);
        entry.reverses().ifPresent(reversed -> {
            check(reversed < entry.sequence(), "what it reverses is not posted", entry);
            check(!reversals.containsKey(reversed), "what it reverses is reversed already", entry);
            memory.put(reversals, reversed, entry.sequence());
        });
        memory.append(posted, entry);
        memory.put(postedByKey, key, entry);
        memory.put(postedOf, key.invoice(), with(postedOf.getOrDefault(key.invoice(), List.of()), entry));
        takeAwayDraft(key);
    }

    private void takeAwayDraft(EntryKey key) {
        List<Draft> before = draftsOf.getOrDefault(key.invoice(), List.of());
        before.stream().filter(draft -> draft.entry().key().equals(key)).findFirst().ifPresent(draft -> {
            memory.remove(drafts, draft.entry());
            memory.put(draftsOf, key.invoice(), before.stream().filter(other -> other != draft).toList());
        });
    }

    private static <T> List<T> with(List<T> before, T added) {
        return Stream.concat(before.stream(), Stream.of(added)).toList();
    }

    private static void check(boolean holds, String otherwise, PostedEntry entry) {
        if (!holds) {
            throw new IllegalStateException("entry " + entry.sequence() + ", " + entry.entry().key() + ": " + otherwise);
        }
    }

    @Override
    public Optional<PostedEntry> posted(EntryKey key) {
        return memory.call(() -> Optional.ofNullable(postedByKey.get(key)));
    }

    @Override
    public Optional<Evidence> evidence(String sha256) {
        return memory.call(() -> Optional.ofNullable(evidence.get(sha256)));
    }

    @Override
    public PeriodLock lock() {
        return memory.call(() -> lock.get(0));
    }

    @Override
    public void setLock(PeriodLock now) {
        memory.run(() -> memory.replace(lock, List.of(now)));
    }

    @Override
    public List<Balance> balances(Optional<LocalDate> until, Scope scope) {
        return memory.call(() -> {
            var sums = new TreeMap<MemoryBalances.Place, Balance>();
            entries(scope).filter(entry -> until.isEmpty() || !entry.date().isAfter(until.get()))
                    .forEach(entry -> MemoryBalances.add(sums, Optional.empty(), entry));
            return List.copyOf(sums.values());
        });
    }

    @Override
    public List<MonthlyBalance> monthly(LedgerAccount.Type type, LocalDate from, LocalDate until, Scope scope) {
        return memory.call(() -> {
            var sums = new TreeMap<MemoryBalances.Place, Balance>();
            entries(scope).filter(entry -> !entry.date().isBefore(from) && !entry.date().isAfter(until))
                    .forEach(entry -> MemoryBalances.add(sums, Optional.of(type), entry));
            return sums.entrySet().stream()
                    .map(sum -> new MonthlyBalance(sum.getKey().month().orElseThrow(), sum.getValue())).toList();
        });
    }

    @Override
    public void openItems(LocalDate until, Scope scope, Consumer<List<OpenItem>> page) {
        List<OpenItem> open = memory.call(() -> MemoryBalances.open(
                entries(scope).filter(entry -> !entry.date().isAfter(until)),
                invoice -> Optional.ofNullable(records.get(invoice)).flatMap(IngestedInvoice::document)));
        for (int from = 0; from < open.size(); from += PAGE) {
            page.accept(open.subList(from, Math.min(open.size(), from + PAGE)));
        }
    }

    private Stream<JournalEntry> entries(Scope scope) {
        return Stream.concat(scope == Scope.DRAFTS ? Stream.of() : posted.stream().map(PostedEntry::entry),
                scope == Scope.POSTED ? Stream.of() : drafts.keySet().stream());
    }

    @Override
    public List<OutcomeCount> counts() {
        return memory.call(() -> {
            Comparator<OutcomeCount> order = Comparator.comparing(OutcomeCount::outcome)
                    .thenComparing(count -> count.reason().orElse(""));
            var counted = new TreeMap<OutcomeCount, Long>(order);
            records.values().forEach(record -> counted.merge(
                    new OutcomeCount(record.outcome(), record.reason().map(Reason::code), 0), 1L, Long::sum));
            return counted.entrySet().stream().map(count -> new OutcomeCount(count.getKey().outcome(),
                    count.getKey().reason(), count.getValue())).toList();
        });
    }

    @Override
    public Page<IngestedInvoice> invoices(InvoiceFilter filter, PageRequest request) {
        return memory.call(() -> Page.of(records.values().stream()
                .filter(record -> asks(filter.outcome(), record.outcome())
                        && asks(filter.changed(), !record.changed().isEmpty())
                        && asks(filter.unmatched(), !record.unmatched().isEmpty())).toList(), request));
    }

    private static <T> boolean asks(Optional<T> wanted, T is) {
        return wanted.isEmpty() || wanted.get().equals(is);
    }

    @Override
    public List<ChainRow> chain(long after, int limit) {
        return memory.call(() -> posted.stream().skip(Math.max(0, after)).limit(limit)
                .map(entry -> new ChainRow(entry.sequence(), Optional.of(entry), Optional.empty())).toList());
    }

    @Override
    public List<Seal> seals(long after, int limit) {
        return memory.call(() -> seals.stream().filter(seal -> seal.last() > after).limit(limit).toList());
    }
}
