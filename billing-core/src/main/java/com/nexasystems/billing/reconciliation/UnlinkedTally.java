package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.reconciliation.Unlinked.Why;
import com.nexasystems.billing.shadow.SourceInvoice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up the charged invoices that were compared with nothing. */
final class UnlinkedTally {

    /** Of an invoice of which no time is known. */
    private static final LocalDate NO_TIME = LocalDate.of(1970, 1, 1);

    private final Map<Key, Unlinked> sums = new LinkedHashMap<>();

    private record Key(Why why, LocalDate month, String currency) { }

    void add(SourceInvoice invoice) {
        add(invoice.subscriptionId().isPresent() ? Why.NOT_IMPORTED : Why.ONE_OFF, invoice);
    }

    void add(Why why, SourceInvoice invoice) {
        if (!Placement.isCharged(invoice) || invoice.subtotal().signum() == 0) {
            return;
        }
        var key = new Key(why, month(invoice), invoice.currency());
        sums.merge(key, new Unlinked(why, key.month, Currency.getInstance(key.currency), 1, invoice.subtotal()),
                (before, more) -> new Unlinked(why, key.month, before.currency(), before.invoices() + 1,
                        before.subtotal().add(more.subtotal())));
    }

    private static LocalDate month(SourceInvoice invoice) {
        Optional<Instant> begin = invoice.items().stream().flatMap(item -> item.start().stream())
                .min(Comparator.naturalOrder()).or(invoice::createdAt);
        return begin.map(instant -> instant.atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1)).orElse(NO_TIME);
    }

    List<Unlinked> sums() {
        return sums.values().stream().sorted(Comparator.comparing(Unlinked::month).thenComparing(Unlinked::why)
                .thenComparing(one -> one.currency().getCurrencyCode())).toList();
    }
}
