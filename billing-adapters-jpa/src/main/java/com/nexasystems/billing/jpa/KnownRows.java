package com.nexasystems.billing.jpa;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rows that were read before, and need not be read again as long as they are what they were. A version names one state of
 * one row: who wrote it, and where it stands ({@code xmin} and {@code ctid}). Whoever changes a row makes another version.
 */
final class KnownRows<V> {

    static final String VERSION = "s.xmin::text || s.ctid::text AS version";

    private static final int MOST = 100_000;

    private final Map<UUID, Known<V>> known = new ConcurrentHashMap<>();

    private record Known<V>(String version, V row) { }

    Optional<V> find(UUID id, String version) {
        Known<V> found = known.get(id);
        return found != null && found.version.equals(version) ? Optional.of(found.row) : Optional.empty();
    }

    void add(UUID id, String version, V row) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(id, new Known<>(version, row));
    }
}
