package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.FactsText;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Invoices that are issued in memory, for a first look, tests and simulations: whoever puts facts into it decides what it
 * says. Its evidence is {@link FactsText}. Safe for use by several threads.
 */
public final class MemoryInvoiceSource implements InvoiceSource {

    private static final String OUT_OF_REACH = "the source does not answer";
    private static final String DOCUMENT = "facts";

    private final String name;
    private final String prefix;
    private final Clock clock;
    private final Map<String, Issued> invoices = new HashMap<>();
    private boolean reachable = true;

    private record Issued(Instant madeAt, InvoiceFacts facts) { }

    /**
     * @param prefix of all its ids, such as {@code in_}
     * @param clock  says when something is fetched
     */
    public MemoryInvoiceSource(String name, String prefix, Clock clock) {
        this.name = name;
        this.prefix = prefix;
        this.clock = clock;
    }

    // --- what happens at the source

    /**
     * Issues an invoice, or changes what is said of it.
     *
     * @param madeAt when it was made, which need not be when it was issued
     * @throws InvalidValue if its id is another source's
     */
    public synchronized void put(Instant madeAt, InvoiceFacts facts) {
        if (!accepts(facts.id())) {
            throw new InvalidValue("id", "does not begin with " + prefix + ": " + facts.id());
        }
        invoices.put(facts.id(), new Issued(madeAt, facts));
    }

    /** From now on it knows no such invoice. */
    public synchronized void remove(String invoice) {
        invoices.remove(invoice);
    }

    /** Whether it answers. */
    public synchronized void reachable(boolean is) {
        reachable = is;
    }

    // --- what it is asked

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith(prefix);
    }

    @Override
    public synchronized List<Fetched> fetch(List<String> some) {
        return some.stream().map(this::fetch).toList();
    }

    private Fetched fetch(String invoice) {
        if (!reachable) {
            return new Fetched.Unreachable(invoice, OUT_OF_REACH);
        }
        return Optional.ofNullable(invoices.get(invoice)).<Fetched>map(issued -> new Fetched.Found(evidence(issued.facts)))
                .orElseGet(() -> new Fetched.Missing(invoice, "there is no such invoice"));
    }

    private Evidence evidence(InvoiceFacts facts) {
        return new Evidence(facts.id(), clock.instant(), List.of(new Evidence.Document(DOCUMENT, FactsText.write(facts))));
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        InvoiceFacts facts = evidence.documents(DOCUMENT).stream().findFirst()
                .map(document -> FactsText.read(document.bytes()))
                .orElseThrow(() -> new InvalidValue(DOCUMENT, "are missing"));
        if (!facts.id().equals(evidence.invoice())) {
            throw new InvalidValue("id", "is that of another invoice: " + facts.id());
        }
        return facts;
    }

    /** The oldest first. */
    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        List<String> ids = issued(since);
        for (int from = 0; from < ids.size(); from += PAGE) {
            page.accept(ids.subList(from, Math.min(ids.size(), from + PAGE)));
        }
    }

    private synchronized List<String> issued(Optional<Instant> since) {
        if (!reachable) {
            throw new PortFailure(PortFailure.Effect.NONE, OUT_OF_REACH, null);
        }
        return invoices.values().stream().filter(issued -> issued.facts.state() != InvoiceFacts.State.DRAFT)
                .filter(issued -> since.isEmpty() || !issued.madeAt.isBefore(since.get()))
                .sorted(Comparator.comparing(Issued::madeAt).thenComparing(issued -> issued.facts.id()))
                .map(issued -> issued.facts.id()).toList();
    }
}
