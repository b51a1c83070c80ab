package com.nexasystems.billing.directory;

import java.util.Map;
import java.util.Optional;

/**
 * Which entries of a list.
 *
 * @param search     stands in the code or in the value of an attribute, whatever the case of its letters
 * @param attributes have exactly these values
 */
public record EntryQuery(Optional<String> search, Map<String, String> attributes) {

    public static final EntryQuery ALL = new EntryQuery(Optional.empty(), Map.of());

    public EntryQuery {
        attributes = Map.copyOf(attributes);
    }
}
