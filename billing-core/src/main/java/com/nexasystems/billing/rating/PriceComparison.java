package com.nexasystems.billing.rating;

import com.nexasystems.billing.money.CurrencyMismatchException;
import java.util.Collection;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a price changes, and what of it each part explains. The total is the sum of the parts, so that the two cannot
 * disagree.
 *
 * @param parts by code of the charge; the flat price, which comes first, has none. Charges as they are follow in the plan's
 *              order, then those that are new
 */
public record PriceComparison(Map<Optional<String>, PriceChange> parts) {

    /** Names the flat price among the parts. */
    public static final Optional<String> FLAT = Optional.empty();

    public PriceComparison {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (!parts.containsKey(FLAT)) {
            throw new IllegalArgumentException("a comparison has a flat price, if only zero: " + parts.keySet());
        }
    }

    /** Nothing before and after, of a flat price and these charges. */
    static PriceComparison none(Currency currency, Collection<String> charges) {
        var parts = new LinkedHashMap<Optional<String>, PriceChange>();
        parts.put(FLAT, PriceChange.none(currency));
        charges.forEach(charge -> parts.put(Optional.of(charge), PriceChange.none(currency)));
        return new PriceComparison(parts);
    }

    public PriceChange total() {
        return parts.values().stream().reduce(PriceChange::plus).orElseThrow();
    }

    PriceComparison plus(Optional<String> part, PriceChange change) {
        var sum = new LinkedHashMap<>(parts);
        sum.merge(part, change, PriceChange::plus);
        return new PriceComparison(sum);
    }

    /** @throws CurrencyMismatchException if the currencies differ */
    public PriceComparison plus(PriceComparison other) {
        var sum = new LinkedHashMap<>(parts);
        other.parts.forEach((part, change) -> sum.merge(part, change, PriceChange::plus));
        return new PriceComparison(sum);
    }
}
