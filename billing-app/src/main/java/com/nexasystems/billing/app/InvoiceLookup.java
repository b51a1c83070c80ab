package com.nexasystems.billing.app;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds what a person names on the command line. */
final class InvoiceLookup {

    private final Ports ports;

    InvoiceLookup(Ports ports) {
        this.ports = ports;
    }

    /** @param reference the number, or the id */
    Invoice invoice(String reference) {
        return ports.invoices().findByNumber(reference)
                .or(() -> uuid(reference).flatMap(id -> ports.invoices().find(new InvoiceId(id))))
                .orElseThrow(() -> new InvalidValue("INVOICE", "there is no invoice with the number or id " + reference));
    }

    /**
     * External ids and keys may contain slashes, so every way to cut the text in three is tried.
     *
     * @param reference {@code SUBSCRIPTION/METRIC/KEY}; the subscription by our id or its service's
     */
    UsageKey record(String reference) {
        List<String[]> cuts = cuts(reference);
        if (cuts.isEmpty()) {
            throw new InvalidValue("RECORD", "is written SUBSCRIPTION/METRIC/KEY: " + reference);
        }
        var names = cuts.stream().map(cut -> cut[0]).collect(Collectors.toSet());
        for (Service service : ports.services().all()) {
            Map<String, Subscription> named = ports.subscriptions().resolve(service.id(), names);
            for (String[] cut : cuts) {
                Optional<UsageKey> key = Optional.ofNullable(named.get(cut[0]))
                        .map(subscription -> new UsageKey(subscription.id(), new MetricCode(cut[1]), cut[2]))
                        .filter(candidate -> ports.usageRecords().find(candidate).isPresent());
                if (key.isPresent()) {
                    return key.get();
                }
            }
        }
        throw new InvalidValue("RECORD", "there is no usage record " + reference);
    }

    private static List<String[]> cuts(String reference) {
        var cuts = new ArrayList<String[]>();
        for (int first = reference.indexOf('/', 1); first > 0; first = reference.indexOf('/', first + 1)) {
            int second = reference.indexOf('/', first + 1);
            if (second > first + 1 && second < reference.length() - 1) {
                cuts.add(new String[] {reference.substring(0, first), reference.substring(first + 1, second),
                        reference.substring(second + 1)});
            }
        }
        return cuts;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
