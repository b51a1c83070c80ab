package com.nexasystems.billing.shadow;

import java.util.Optional;

/**
 * A row of the application, or why it cannot be read.
 *
 * @param id      the application's, as text
 * @param value   empty if it cannot be read
 * @param problem which column is wrong, and how; empty if it can be read
 */
public record SourceRow<T>(String id, Optional<T> value, Optional<String> problem) {

    public SourceRow {
        if (value.isPresent() == problem.isPresent()) {
            throw new IllegalArgumentException("a row is either read or has a problem: " + id);
        }
    }

    public static <T> SourceRow<T> of(String id, T value) {
        return new SourceRow<>(id, Optional.of(value), Optional.empty());
    }

    public static <T> SourceRow<T> unreadable(String id, String problem) {
        return new SourceRow<>(id, Optional.empty(), Optional.of(problem));
    }
}
