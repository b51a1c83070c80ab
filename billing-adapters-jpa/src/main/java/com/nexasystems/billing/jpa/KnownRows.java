package com.nexasystems.billing.jpa;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Rows that were read before, and need not be read again as long as they are what they were. A version names one state of
 * one row: who wrote it, and where it stands ({@code xmin} and {@code ctid}). Whoever changes a row makes another version.
 */
final class KnownRows<V> {

    private final int most;
    private final Function<V, UUID> id;
    private final Map<UUID, Known<V>> known = new ConcurrentHashMap<>();

    /** @param most how many are kept; then all are forgotten */
    KnownRows(int most, Function<V, UUID> id) {
        this.most = most;
        this.id = id;
    }

    private record Known<V>(String version, V row) { }

    /** For a SELECT: the version of a row. */
    static String version(String table) {
        return table + ".xmin::text || " + table + ".ctid::text";
    }

    /**
     * The rows, by id.
     *
     * @param versions of the rows by id, as they are now. A row is read after its version: if that is the same later,
     *                 nobody has changed the row since
     * @param read     reads rows that are not known
     */
    Map<UUID, V> get(Map<UUID, String> versions, Function<Collection<UUID>, List<V>> read) {
        var rows = new HashMap<UUID, V>();
        var unknown = new ArrayList<UUID>();
        versions.forEach((row, version) -> {
            Known<V> found = known.get(row);
            if (found != null && found.version.equals(version)) {
                rows.put(row, found.row);
            } else {
                unknown.add(row);
            }
        });
        if (!unknown.isEmpty()) {
            read.apply(unknown).forEach(row -> {
                rows.put(id.apply(row), row);
                add(versions.get(id.apply(row)), row);
            });
        }
        return rows;
    }

    private void add(String version, V row) {
        if (known.size() >= most) {
            known.clear();
        }
        known.put(id.apply(row), new Known<>(version, row));
    }
}
