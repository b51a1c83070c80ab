package com.nexasystems.billing.rating;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The usage of a charge that is priced together.
 *
 * @param filter name of the filter that it matches; empty for what matches none
 * @param group  the values it has of the properties that the charge is grouped by; the empty text for none
 */
public record ChargePart(Optional<String> filter, Map<String, String> group) {

    /** All usage of a charge that has neither filters nor groups, or what none of its filters matches. */
    public static final ChargePart WHOLE = new ChargePart(Optional.empty(), Map.of());

    public ChargePart {
        group = group.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(group));
    }

    /** For display, after the name of the charge, such as {@code calls, cheap, region ca, no size}. */
    public String named(String charge) {
        var words = new ArrayList<String>();
        words.add(charge);
        filter.ifPresent(words::add);
        group.forEach((property, value) -> words.add(value.isEmpty() ? "no " + property : property + " " + value));
        return String.join(", ", words);
    }
}
