package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.CreditNotes.Draw;
import com.nexasystems.billing.money.Money;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a customer has with a service, set against the invoices that are being issued: after taxes the credit notes, the
 * oldest first. Looks everything up once for a page, and claims it, so that nothing is spent twice.
 */
public final class Settlement {

    private final CreditNotes notes;
    private final Clock clock;

    @Inject
    public Settlement(CreditNotes notes, Clock clock) {
        this.notes = notes;
        this.clock = clock;
    }

    /** The drafts with what is taken off and paid; in their order, which is the order in which they are served. */
    List<Invoice> settle(List<Invoice> drafts) {
        Set<ServiceCustomer> holders = drafts.stream().filter(draft -> draft.reason().kind().takesCredits())
                .map(Settlement::holder).collect(Collectors.toCollection(LinkedHashSet::new));
        if (holders.isEmpty()) {
            return drafts;
        }
        var page = new Page(notes.claim(holders), clock.instant());
        List<Invoice> settled = drafts.stream().map(page::settle).toList();
        page.keep();
        return settled;
    }

    private static ServiceCustomer holder(Invoice invoice) {
        return new ServiceCustomer(invoice.service(), invoice.customer());
    }

    /** What was claimed, as the invoices so far have left it. */
    private final class Page {

        private final Map<CreditNoteId, CreditNote> available = new LinkedHashMap<>();
        private final Instant now;
        private final List<Draw> draws = new ArrayList<>();

        Page(Collection<CreditNote> claimed, Instant now) {
            claimed.forEach(note -> available.put(note.id(), note));
            this.now = now;
        }

        Invoice settle(Invoice draft) {
            if (!draft.reason().kind().takesCredits()) {
                return draft;
            }
            List<Credit> credits = draw(draft);
            return credits.isEmpty() ? draft : draft.settled(draft.discounts(), draft.taxes(), credits);
        }

        private List<Credit> draw(Invoice draft) {
            var credits = new ArrayList<Credit>();
            Money left = draft.total();
            for (CreditNote note : List.copyOf(available.values())) {
                if (left.amount().signum() <= 0) {
                    break;
                }
                if (!note.holder().equals(holder(draft)) || !note.currency().equals(draft.currency())
                        || note.balance().isZero()) {
                    continue;
                }
                Money drawn = note.balance().compareTo(left) < 0 ? note.balance() : left;
                available.put(note.id(), note.drawn(drawn));
                draws.add(new Draw(draft.id(), note.id(), drawn, now));
                credits.add(new Credit(Credit.Kind.CREDIT_NOTE, note.id().value(), drawn));
                left = left.minus(drawn);
            }
            return credits;
        }

        void keep() {
            if (!draws.isEmpty()) {
                Set<CreditNoteId> used = draws.stream().map(Draw::note).collect(Collectors.toSet());
                notes.update(available.values().stream().filter(note -> used.contains(note.id())).toList());
                notes.record(draws);
            }
        }
    }

    /** Gives back what an invoice that is being voided took. Again, it gives back nothing. */
    void restore(InvoiceId invoice) {
        Map<CreditNoteId, Money> drawn = notes.takeBack(invoice).stream()
                .collect(Collectors.toMap(Draw::note, Draw::amount));
        if (!drawn.isEmpty()) {
            notes.update(notes.claimAll(drawn.keySet()).stream().map(note -> note.restored(drawn.get(note.id()))).toList());
        }
    }
}
