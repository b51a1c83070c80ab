package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values by property: what a metric declares, and what a charge picks of it. */
public final class Filters {

    private Filters() {
    }

    /** A copy, sorted by property; the values keep their order. */
    public static Map<String, List<String>> checked(String field, Map<String, List<String>> values) {
        var copy = new TreeMap<String, List<String>>();
        values.forEach((property, known) -> {
            InvalidValue.checkText(field, property, 128);
            known.forEach(value -> InvalidValue.checkText(field + "." + property, value, 1024));
            if (new HashSet<>(known).size() < known.size()) {
                throw new InvalidValue(field + "." + property, "names a value twice");
            }
            copy.put(property, List.copyOf(known));
        });
        return Collections.unmodifiableMap(copy);
    }
}
