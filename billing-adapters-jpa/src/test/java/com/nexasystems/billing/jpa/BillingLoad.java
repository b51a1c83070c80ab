package com.nexasystems.billing.jpa;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/**
 * A billing run, against nothing but the statements it cannot do without: the GROUP BY of the same records, and COPY of the
 * invoices and lines that the run wrote into tables that are the same to the last index; on two connections each. And
 * finalising, against drafting. Arguments: subscriptions (with two metrics each), records of each metric.
 */
final class BillingLoad {

    private static final int WORKERS = 2;
    private static final int TURNS = Integer.getInteger("turns", 3);
    private static final Duration GRACE_IS_OVER = Duration.ofDays(40);
    private static final List<String> PARTS = List.of("invoice", "invoice_line");

    private final JpaSettings settings = TestDatabase.freshSchema();
    private final int subscriptions;
    private final int records;

    private BillingLoad(int subscriptions, int records) {
        this.subscriptions = subscriptions;
        this.records = records;
    }

    public static void main(String[] arguments) {
        new BillingLoad(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() {
        try (JpaPorts ports = JpaPorts.open(settings)) {
            Company company = Company.with(ports.ports(), subscriptions);
            fill();
            PARTS.forEach(part -> execute("CREATE TABLE " + part + "_copy (LIKE " + part + " INCLUDING ALL)"));
            Runnable draft = () -> company.billing().billingRun().run(Company.FEBRUARY, WORKERS, drafted -> { });
            Runnable finalise = () -> company.billing().finalise()
                    .finalise(Company.FEBRUARY.plus(GRACE_IS_OVER), invoice -> { });
            Compared.seconds(draft);
            List<byte[]> written = IntStream.range(0, WORKERS).boxed()
                    .flatMap(worker -> PARTS.stream().map(part -> read(part, worker))).toList();
            var bare = new Compared("invoices");
            var finals = new Compared("invoices");
            for (int turn = 0; turn < TURNS; turn++) {
                reset();
                bare.turn(subscriptions, () -> Compared.parallel(WORKERS, worker -> {
                    aggregate(worker);
                    IntStream.range(0, PARTS.size()).forEach(i ->
                            write(PARTS.get(i), written.get(worker * PARTS.size() + i)));
                }), draft);
                reset();
                finals.turn(subscriptions, draft, finalise);
            }
            bare.print("GROUP BY and COPY", "drafted");
            finals.print("drafted", "finalised");
        }
    }

    /** Hour after hour, subscription after subscription, as usage comes in. */
    private void fill() {
        execute("""
                INSERT INTO usage_record (subscription_id, metric_code, idempotency_key, start_at, end_at, quantity, source,
                    recorded_at, fingerprint)
                SELECT s.id, metric, 'hour-' || hour, s.phase_starts[1] + hour * interval '1 hour',
                       s.phase_starts[1] + (hour + 1) * interval '1 hour', 12.5, 'hosting', now(),
                       hashtextextended(s.id::text, hour)
                FROM generate_series(0, %d) AS hour, unnest('{cpu_seconds,requests}'::text[]) AS metric, subscription s
                """.formatted(records - 1));
        execute("VACUUM (ANALYZE) usage_record");
    }

    private void reset() {
        execute("TRUNCATE invoice, invoice_line, invoice_tax, invoice_number, billing_event, invoice_copy, "
                + "invoice_line_copy");
        execute("UPDATE subscription SET state = 'active', billed_through = phase_starts[1], flat_through = phase_starts[1],"
                + " next_invoice_at = '" + Company.FEBRUARY + "'");
        execute("VACUUM (FULL, ANALYZE) subscription");
        execute("CHECKPOINT");
    }

    private void aggregate(int worker) {
        execute("""
                SELECT subscription_id, metric_code, count(*), sum(quantity), sum(amount), sum(fingerprint), min(start_at),
                       max(start_at)
                FROM usage_record WHERE start_at >= '2026-01-01T00:00Z' AND start_at < '2026-02-01T00:00Z' AND %s
                GROUP BY subscription_id, metric_code
                """.formatted(half("subscription_id", worker)));
    }

    private String half(String column, int worker) {
        UUID middle = single("SELECT id FROM subscription ORDER BY id OFFSET " + subscriptions / 2 + " LIMIT 1");
        return column + (worker == 0 ? " < '" : " >= '") + middle + "'";
    }

    private UUID single(String sql) {
        try (Connection connection = connect()) {
            return Sql.query(connection, sql, row -> row.getObject(1, UUID.class)).get(0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] read(String table, int worker) {
        var bytes = new ByteArrayOutputStream();
        try (Connection connection = connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyOut("COPY (SELECT * FROM %s WHERE %s) TO STDOUT".formatted(table, half("subject_id", worker)),
                            bytes);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(String table, byte[] rows) {
        try (Connection connection = connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI()
                    .copyIn("COPY " + table + "_copy FROM STDIN", new ByteArrayInputStream(rows));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        connection.setSchema(settings.schema());
        return connection;
    }
}
