package com.nexasystems.billing.usage;

import java.util.List;
import java.util.Set;

/**
 * Some of the records of a window: those whose properties have certain values.
 *
 * @param properties which ones are looked at
 * @param values     the combinations that belong to it: a value for each of the properties, in their order; the empty text
 *                   where a record does not have the property
 */
public record UsageSlice(List<String> properties, Set<List<String>> values) {

    public UsageSlice {
        properties = List.copyOf(properties);
        values = Set.copyOf(values);
    }

    boolean contains(UsageRecord record) {
        return values.contains(valuesOf(record, properties));
    }

    /** The record's values of these properties, in their order; the empty text for one that it does not have. */
    public static List<String> valuesOf(UsageRecord record, List<String> properties) {
        return properties.stream().map(property -> record.properties().getOrDefault(property, "")).toList();
    }
}
