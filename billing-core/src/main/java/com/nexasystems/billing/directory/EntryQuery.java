package com.nexasystems.billing.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which entries of a list.
 *
 * @param search     stands in the code or in the value of an attribute, whatever the case of its letters
 * @param attributes each has one of these values
 */
public record EntryQuery(Optional<String> search, Map<String, List<String>> attributes) {

    public static final EntryQuery ALL = new EntryQuery(Optional.empty(), Map.of());

    public EntryQuery {
        attributes = Map.copyOf(attributes);
    }
}
