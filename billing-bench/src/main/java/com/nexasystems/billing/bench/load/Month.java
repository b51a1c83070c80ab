package com.nexasystems.billing.bench.load;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The statements that billing a month cannot do without: adding up the usage, and storing the invoices and their lines. What
 * is stored is what a billing run wrote, into tables that are the same to the last index.
 */
final class Month {

    /** What the engine reads of the usage; takes a further condition. */
    static final String GROUPED = """
            SELECT subscription_id, metric_code, count(*), sum(quantity), sum(amount), sum(fingerprint), min(start_at),
                   max(start_at)
            FROM usage_record WHERE start_at >= '2026-01-01T00:00Z' AND start_at < '2026-02-01T00:00Z' %s
            GROUP BY subscription_id, metric_code
            """;

    private static final List<String> TABLES = List.of("invoice", "invoice_line");

    private final Company company;
    private final Database database;
    private final List<List<byte[]>> written;

    /** Of what has been drafted just now. */
    Month(Company company, Database database) {
        this.company = company;
        this.database = database;
        this.written = IntStream.range(0, Company.WORKERS).mapToObj(worker -> TABLES.stream().map(table ->
                database.copyOut("(SELECT * FROM " + table + " WHERE " + company.partOf(worker, "subject_id") + ")"))
                .toList()).toList();
        TABLES.forEach(table -> database.execute("CREATE TABLE " + table + "_copy (LIKE " + table + " INCLUDING ALL)"));
    }

    /** On as many connections as the engine has workers. */
    void bill() {
        Turns.parallel(Company.WORKERS, worker -> database.run(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute(GROUPED.formatted("AND " + company.partOf(worker, "subscription_id")));
            }
            for (int i = 0; i < TABLES.size(); i++) {
                Database.copyIn(connection, TABLES.get(i) + "_copy", written.get(worker).get(i));
            }
        }));
    }

    void unbill() {
        company.unbill();
        TABLES.forEach(table -> database.execute("TRUNCATE " + table + "_copy"));
    }
}
