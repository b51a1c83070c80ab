package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.Fetched.Missing;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.IngestReport.Problem;
import com.nexasystems.billing.ledger.IngestedInvoice.Document;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.Ingestion.Result;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One ingestion. A source that has not answered for some time is not asked any more: its invoices are left for the next run.
 * Not for several threads.
 */
public final class IngestRun {

    /** One invoice that a source fails on need not be an outage; so many after each other are. */
    private static final int OUTAGE = 10;

    private final Journal journal;
    private final UnitOfWork unitOfWork;
    private final Clock clock;
    private final List<InvoiceSource> sources;
    private final Bookkeeping bookkeeping;
    private final ZoneId zone;
    private final IngestOptions options;
    private final Map<String, Integer> silences = new HashMap<>();
    private IngestReport report = IngestReport.NOTHING;

    IngestRun(Journal journal, UnitOfWork unitOfWork, Clock clock, List<InvoiceSource> sources, Bookkeeping bookkeeping,
              ZoneId zone, IngestOptions options) {
        this.journal = journal;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
        this.sources = List.copyOf(sources);
        this.bookkeeping = bookkeeping;
        this.zone = zone;
        this.options = options;
    }

    public IngestReport report() {
        return report;
    }

    /**
     * Looks at some invoices, and keeps what comes of them, together.
     *
     * @param invoices their ids, as their sources know them; one that is there twice is looked at once
     * @throws PortFailure if the journal failed; the invoices of this page can be given again
     */
    public void take(List<String> invoices) {
        var distinct = new LinkedHashSet<>(invoices).stream().filter(this::isId).toList();
        for (int from = 0; from < distinct.size(); from += InvoiceSource.PAGE) {
            page(distinct.subList(from, Math.min(distinct.size(), from + InvoiceSource.PAGE)));
        }
    }

    /**
     * All that a source lists. If the run is of invoices since a day, also those before it that are not settled: a list from a
     * day on does not name them.
     *
     * @param page what is done with their ids, page by page; usually {@link #take}
     * @throws PortFailure if the list, or the journal, cannot be read to its end
     */
    public void list(InvoiceSource source, Consumer<List<String>> page) {
        if (options.since().isEmpty()) {
            source.ids(Optional.empty(), page);
            return;
        }
        LocalDate day = options.since().get();
        var named = new HashSet<String>();
        source.ids(Optional.of(day.atStartOfDay(zone).toInstant()), ids -> {
            named.addAll(ids);
            page.accept(ids);
        });
        openBefore(day, id -> source.accepts(id) && !named.contains(id), page);
    }

    private void openBefore(LocalDate day, Predicate<String> wanted, Consumer<List<String>> page) {
        PageRequest request = PageRequest.first(PageRequest.LARGEST);
        List<IngestedInvoice> known = journal.invoices(InvoiceFilter.ALL, request).items();
        while (!known.isEmpty()) {
            List<String> open = known.stream().filter(record -> !record.settled() && record.isIssuedBefore(day))
                    .map(IngestedInvoice::invoice).filter(wanted).toList();
            Optional.of(open).filter(ids -> !ids.isEmpty()).ifPresent(page);
            request = new PageRequest(request.number() + 1, request.size());
            known = journal.invoices(InvoiceFilter.ALL, request).items();
        }
    }

    /** An application's table may hold anything; what cannot be an id is reported, and not asked for. */
    private boolean isId(String text) {
        try {
            EntryKey.first(text, EntryKey.Kind.INVOICE, "");
            return true;
        } catch (InvalidValue e) {
            report = report.plus(new IngestReport(1, 0, Map.of(Outcome.UNVERIFIED.code() + ": id", 1L), 0, 0, 0, 0,
                    List.of(new Problem(text, Outcome.UNVERIFIED, "is not the id of an invoice: " + e.getMessage()))));
            return false;
        }
    }

    private void page(List<String> invoices) {
        Map<String, IngestedInvoice> known = journal.find(invoices);
        List<String> wanted = invoices.stream().filter(id -> options.wants(Optional.ofNullable(known.get(id)))).toList();
        Instant asked = clock.instant();
        List<Verified> verified = fetch(wanted).stream().map(this::verify).toList();
        List<Result> results = options.dryRun() ? results(verified, asked, journal::look)
                : unitOfWork.call(() -> keep(verified, asked));
        report = report.plus(new IngestReport(invoices.size(), invoices.size() - wanted.size(), Map.of(), 0, 0, 0, 0,
                List.of()));
        results.forEach(result -> report = report.plus(reportOf(result)));
    }

    private List<Result> keep(List<Verified> verified, Instant asked) {
        Map<String, Known> claimed = journal.claim(verified.stream().map(Verified::invoice).toList());
        List<Result> results = results(verified, asked, claimed::get);
        journal.keep(results.stream().map(Result::keep).toList());
        return results;
    }

    private List<Result> results(List<Verified> verified, Instant asked, Function<String, Known> known) {
        return verified.stream()
                .map(one -> one.result(new Ingestion(known.apply(one.invoice()), asked, this::derivedNow))).toList();
    }

    private List<JournalEntry> derivedNow(PostedEntry posted) {
        return journal.evidence(posted.evidence()).map(evidence -> {
            try {
                return bookkeeping.book(facts(evidence)) instanceof Booked booked ? booked.entries()
                        : List.<JournalEntry>of();
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                return List.<JournalEntry>of();
            }
        }).orElse(List.of());
    }

    /** Of several sources that accept an id, the first one is asked. */
    private List<Fetched> fetch(List<String> wanted) {
        var fetched = new ArrayList<Fetched>();
        List<String> left = wanted;
        for (InvoiceSource source : sources) {
            Map<Boolean, List<String>> accepted = left.stream().collect(Collectors.partitioningBy(source::accepts));
            fetched.addAll(accepted.get(true).isEmpty() ? List.of() : fetch(source, accepted.get(true)));
            left = accepted.get(false);
        }
        left.forEach(id -> fetched.add(new Missing(id, "no source that is configured issues such ids")));
        return fetched;
    }

    private List<Fetched> fetch(InvoiceSource source, List<String> own) {
        if (silences.getOrDefault(source.name(), 0) >= OUTAGE) {
            return own.stream().<Fetched>map(id -> new Unreachable(id, "the source was out of reach in this run")).toList();
        }
        List<Fetched> answers = source.fetch(own);
        boolean silent = answers.stream().allMatch(Unreachable.class::isInstance);
        silences.put(source.name(), silent ? silences.getOrDefault(source.name(), 0) + answers.size() : 0);
        return answers;
    }

    /** What a source's answer makes of an invoice, whatever is known of it. */
    private record Verified(String invoice, Function<Ingestion, Result> result) {

        Result result(Ingestion ingestion) {
            return result.apply(ingestion);
        }
    }

    private Verified verify(Fetched fetched) {
        if (fetched instanceof Found found) {
            return new Verified(fetched.invoice(), read(found.evidence()));
        }
        var reason = fetched instanceof Missing missing ? new Reason("missing", missing.reason())
                : new Reason("unreachable", ((Unreachable) fetched).reason());
        return new Verified(fetched.invoice(), ingestion -> ingestion.unverified(fetched.invoice(), reason));
    }

    private Function<Ingestion, Result> read(Evidence evidence) {
        try {
            InvoiceFacts facts = facts(evidence);
            Booking booking = bookkeeping.book(facts);
            return ingestion -> ingestion.verified(evidence, document(facts), booking);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // Whatever a source makes of amounts and dates, it takes nothing from the other invoices.
            var reason = new Reason("unreadable", e.getMessage());
            return ingestion -> ingestion.unreadable(evidence, reason);
        }
    }

    private InvoiceFacts facts(Evidence evidence) {
        InvoiceSource source = sources.stream().filter(each -> each.accepts(evidence.invoice())).findFirst().orElseThrow();
        InvoiceFacts facts = source.read(evidence);
        if (!facts.id().equals(evidence.invoice())) {
            throw new InvalidValue("id", "is that of another invoice: " + facts.id());
        }
        return facts;
    }

    private Document document(InvoiceFacts facts) {
        Optional<LocalDate> issued = facts.issuedAt().map(at -> at.atZone(zone).toLocalDate());
        return new Document(facts.number(), facts.party(), issued, facts.due().or(() -> issued), facts.totals().total());
    }

    private static IngestReport reportOf(Result result) {
        IngestedInvoice record = result.keep().record();
        String name = record.outcome().code() + record.reason().map(reason -> ": " + reason.code()).orElse("");
        boolean isProblem = record.outcome() == Outcome.HELD || record.outcome() == Outcome.UNVERIFIED;
        List<Problem> problems = isProblem ? List.of(new Problem(record.invoice(), record.outcome(),
                record.reason().map(Reason::text).orElse(""))) : List.of();
        return new IngestReport(0, 0, Map.of(name, 1L), result.drafted(), result.unchanged(), result.posted(),
                record.changed().isEmpty() ? 0 : 1, problems);
    }
}
