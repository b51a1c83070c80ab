package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes one invoice of what a customer has to pay to a service in one currency on one day: with one number, and one
 * computation of taxes. The drafts stay, as the record of what was billed for which subscription: usage that comes late is
 * billed as the difference to them.
 */
public final class Regroup {

    private final Invoices invoices;
    private final LineTaxes taxes;
    private final BillingPolicy policy;

    @Inject
    public Regroup(Invoices invoices, LineTaxes taxes, BillingPolicy policy) {
        this.invoices = invoices;
        this.taxes = taxes;
        this.policy = policy;
    }

    /** Those on other pages that belong together with some of these; none unless the policy says so. */
    List<Invoice> withSiblings(List<Invoice> page, Instant dueUntil) {
        if (!policy.regroup() || page.isEmpty()) {
            return page;
        }
        List<CustomerId> ofPage = page.stream().map(Invoice::customer).distinct().toList();
        return Stream.concat(page.stream(), invoices.draftsOf(ofPage, dueUntil).stream()).distinct().toList();
    }

    /**
     * What is to be issued.
     *
     * @param drafts  single ones, and new ones that stand for several
     * @param members of the new ones, by their id
     */
    record Grouped(List<Invoice> drafts, Map<InvoiceId, List<Invoice>> members) { }

    private record Key(ServiceCustomer holder, Currency currency, LocalDate issueDate, TaxPolicy tax) {

        static Key of(Invoice draft) {
            return new Key(new ServiceCustomer(draft.service(), draft.customer()), draft.currency(), draft.issueDate(),
                    draft.taxPolicy());
        }
    }

    /** Keeps the new drafts. Must be called inside a unit of work, with drafts that are held. */
    Grouped group(List<Invoice> drafts) {
        if (!policy.regroup()) {
            return new Grouped(drafts, Map.of());
        }
        Collection<List<Invoice>> groups = drafts.stream().filter(draft -> draft.reason().kind().takesCredits())
                .collect(Collectors.groupingBy(Key::of, LinkedHashMap::new, Collectors.toList())).values().stream()
                .filter(group -> group.size() > 1).toList();
        Iterator<Invoice> taxed = taxes.on(groups.stream().map(group -> whole(group, List.of(), 1)).toList()).iterator();
        var grouped = new ArrayList<>(drafts);
        var members = new LinkedHashMap<InvoiceId, List<Invoice>>();
        for (List<Invoice> group : groups) {
            Invoice whole = added(group, taxed.next().taxes());
            members.put(whole.id(), group);
            grouped.removeAll(group);
            grouped.add(whole);
        }
        grouped.sort(Comparator.comparing(Invoice::due).thenComparing(draft -> draft.reason().subject().toString()));
        return new Grouped(grouped, members);
    }

    /** The first one of that day, or another one if drafts came after it. */
    private Invoice added(List<Invoice> group, List<TaxAmount> taxAmounts) {
        for (int number = 1;; number++) {
            Invoice whole = whole(group, taxAmounts, number);
            if (!invoices.add(List.of(whole)).isEmpty()) {
                return whole;
            }
        }
    }

    private static Invoice whole(List<Invoice> group, List<TaxAmount> taxAmounts, int number) {
        Invoice first = group.get(0);
        Invoice last = group.get(group.size() - 1);
        Key key = Key.of(first);
        var reason = InvoiceReason.of(key.holder(), InvoiceReason.Kind.REGROUPED,
                key.currency() + "/" + key.issueDate() + "/" + number);
        List<InvoiceLine> lines = group.stream().flatMap(Regroup::lines).toList();
        return new Invoice(reason, first.service(), first.customer(), last.customerName(), Optional.empty(),
                InvoiceStatus.DRAFT, Optional.empty(), last.due(), key.issueDate(), key.currency(), key.tax(), lines,
                List.of(), taxAmounts, List.of());
    }

    private static Stream<InvoiceLine> lines(Invoice draft) {
        BilledSubscription billed = draft.billed().orElseThrow();
        var origin = new LineOrigin(billed.id(), billed.externalId(), draft.id());
        return draft.lines().stream().map(line -> line.of(origin));
    }

    /** The members of an issued invoice take its number. */
    void close(List<Invoice> issued, Map<InvoiceId, List<Invoice>> members) {
        invoices.finalise(issued.stream().filter(invoice -> members.containsKey(invoice.id()))
                .flatMap(invoice -> members.get(invoice.id()).stream()
                        .map(draft -> draft.regroupedInto(invoice.number().orElseThrow()))).toList());
    }
}
