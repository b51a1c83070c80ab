package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjLongConsumer;

/**
 * A file of CPU-seconds per deployment and hour. It is read twice: once to know what is in it, before anything is stored,
 * and once to load it.
 */
final class HostingFile {

    static final List<String> HEADER = List.of("customer", "deployment", "hour_start", "cpu_seconds");
    private static final int LONGEST_ID = 255;

    private final Path file;
    private final Instant latest;
    private final Map<String, String> owners = new LinkedHashMap<>();
    private long rows;
    private Optional<Instant> earliest = Optional.empty();

    private HostingFile(Path file, Instant latest) {
        this.file = file;
        this.latest = latest;
    }

    /**
     * One good row.
     *
     * @param customer   the service's id, to the letter
     * @param deployment the service's id, to the letter
     */
    record Row(String customer, String deployment, Instant hour, String cpuSeconds) { }

    /**
     * Looks through the file and stores nothing.
     *
     * @param latest   what is later is in the future, and neither loaded nor subscribed to
     * @param problems told of the bad rows
     * @throws InvalidValue if the file cannot be read, has another header, or no good row
     */
    static HostingFile scan(Path file, Instant latest, RowProblems problems) {
        var scanned = new HostingFile(file, latest);
        scanned.read(problems, (row, number) -> scanned.note(row));
        if (scanned.rows == 0) {
            problems.summarise();
            throw new InvalidValue("FILE", "has no good row: " + file);
        }
        return scanned;
    }

    /** Every good row with its line number. Bad rows were reported by the scan and are left out. */
    void forEach(ObjLongConsumer<Row> row) {
        read(RowProblems.unheard(), row);
    }

    long rows() {
        return rows;
    }

    /** The customer of each deployment, by the first good row. */
    Map<String, String> owners() {
        return Collections.unmodifiableMap(owners);
    }

    /** Midnight UTC of the first day of the month of the earliest record. */
    Instant firstMonth() {
        LocalDate day = earliest.orElseThrow().atZone(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void read(RowProblems problems, ObjLongConsumer<Row> row) {
        try (CsvRows rows = CsvRows.open(file)) {
            if (!rows.header().equals(HEADER)) {
                throw new InvalidValue("FILE", "must have the header " + String.join(",", HEADER) + ", it "
                        + (rows.header().isEmpty() ? "is empty or no UTF-8" : "has " + String.join(",", rows.header())));
            }
            rows.forEach(problems, (columns, number) -> row.accept(row(columns), number));
        }
    }

    private void note(Row row) {
        rows++;
        earliest = Optional.of(earliest.filter(known -> !row.hour.isBefore(known)).orElse(row.hour));
    }

    /** The first good row of a deployment says whose it is. */
    private Row row(List<String> columns) {
        var row = new Row(InvalidValue.checkText("customer", columns.get(0), LONGEST_ID),
                InvalidValue.checkText("deployment", columns.get(1), LONGEST_ID), CsvRows.time("hour_start", columns.get(2)),
                columns.get(3));
        Decimals.parseNonNegative("cpu_seconds", row.cpuSeconds);
        if (row.hour.isAfter(latest)) {
            throw new InvalidValue("hour_start", "is in the future: " + row.hour);
        }
        String owner = owners.putIfAbsent(row.deployment, row.customer);
        if (owner != null && !owner.equals(row.customer)) {
            throw new InvalidValue("customer", "deployment '" + row.deployment + "' belongs to '" + owner + "', not to '"
                    + row.customer + "'");
        }
        return row;
    }
}
