package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.InvoiceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

final class MemoryCreditNotes implements CreditNotes {

    private static final Comparator<Draw> BY_INSTANT = Comparator.comparing(Draw::at)
            .thenComparing(draw -> draw.note().toString());

    private final Memory memory;
    private final Map<CreditNoteId, CreditNote> byId = new LinkedHashMap<>();
    private final Map<Use, Draw> standing = new LinkedHashMap<>();
    private final Map<Use, Draw> takenBack = new LinkedHashMap<>();

    private record Use(InvoiceId invoice, CreditNoteId note) {

        static Use of(Draw draw) {
            return new Use(draw.invoice(), draw.note());
        }
    }

    MemoryCreditNotes(Memory memory) {
        this.memory = memory;
    }

    @Override
    public List<CreditNoteId> add(List<CreditNote> notes) {
        return memory.call(() -> notes.stream().filter(note -> {
            boolean free = !byId.containsKey(note.id());
            if (free) {
                memory.put(byId, note.id(), note);
            }
            return free;
        }).map(CreditNote::id).toList());
    }

    @Override
    public void update(List<CreditNote> notes) {
        memory.run(() -> notes.stream().filter(note -> byId.containsKey(note.id()))
                .forEach(note -> memory.put(byId, note.id(), note)));
    }

    @Override
    public Optional<CreditNote> find(CreditNoteId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public List<CreditNote> of(InvoiceId invoice) {
        return sorted(CreditNote.OLDEST_FIRST, note -> note.invoice().equals(invoice));
    }

    @Override
    public List<CreditNote> claim(Collection<ServiceCustomer> holders) {
        Set<ServiceCustomer> wanted = Set.copyOf(holders);
        return sorted(CreditNote.OLDEST_FIRST, note -> wanted.contains(note.holder()) && !note.balance().isZero());
    }

    @Override
    public List<CreditNote> claimAll(Collection<CreditNoteId> ids) {
        Set<CreditNoteId> wanted = Set.copyOf(ids);
        return sorted(CreditNote.OLDEST_FIRST, note -> wanted.contains(note.id()));
    }

    @Override
    public void record(List<Draw> draws) {
        memory.run(() -> draws.forEach(draw -> {
            Use use = Use.of(draw);
            if (standing.containsKey(use) || takenBack.containsKey(use)) {
                throw new IllegalStateException("credit note " + draw.note() + " has paid " + draw.invoice() + " already");
            }
            memory.put(standing, use, draw);
        }));
    }

    @Override
    public List<Draw> draws(InvoiceId invoice) {
        return standing(draw -> draw.invoice().equals(invoice));
    }

    @Override
    public List<Draw> drawsOf(CreditNoteId note) {
        return standing(draw -> draw.note().equals(note));
    }

    private List<Draw> standing(Predicate<Draw> wanted) {
        return memory.call(() -> standing.values().stream().filter(wanted).sorted(BY_INSTANT).toList());
    }

    @Override
    public List<Draw> takeBack(InvoiceId invoice) {
        return memory.call(() -> {
            List<Draw> taken = draws(invoice);
            taken.forEach(draw -> {
                memory.remove(standing, Use.of(draw));
                memory.put(takenBack, Use.of(draw), draw);
            });
            return taken;
        });
    }

    @Override
    public List<CreditNote> list(ServiceId service, Optional<CustomerId> customer, Optional<CreditNote> after, int limit) {
        Comparator<CreditNote> newestFirst = CreditNote.OLDEST_FIRST.reversed();
        return sorted(newestFirst, note -> note.holder().service().equals(service)
                && customer.map(note.holder().customer()::equals).orElse(true)
                && after.map(last -> newestFirst.compare(note, last) > 0).orElse(true)).stream().limit(limit).toList();
    }

    @Override
    public Page<CreditNote> list(ServiceId service, Optional<CustomerId> customer, PageRequest request) {
        return Page.of(list(service, customer, Optional.empty(), Integer.MAX_VALUE), request);
    }

    private List<CreditNote> sorted(Comparator<CreditNote> order, Predicate<CreditNote> wanted) {
        return memory.call(() -> byId.values().stream().filter(wanted).sorted(order).toList());
    }

    Stream<CreditNote> all() {
        return byId.values().stream();
    }
}
