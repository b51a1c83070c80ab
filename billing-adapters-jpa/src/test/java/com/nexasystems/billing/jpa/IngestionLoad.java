package com.nexasystems.billing.jpa;

import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageSubmission;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * Recording usage through the core, against COPY of the same rows into a table that is the same to the last index. Two
 * connections each, a commit a batch. Arguments: subscriptions, records a batch, records a subscription has in a batch.
 */
final class IngestionLoad {

    private static final int WORKERS = 2;
    private static final int BATCHES = 24;
    private static final int TURNS = 7;

    private final JpaSettings settings = TestDatabase.freshSchema();
    private final Random random = new Random(42);
    private final int subscriptions;
    private final int batchSize;
    private final int perSubscription;
    private int records;

    private IngestionLoad(int subscriptions, int batchSize, int perSubscription) {
        this.subscriptions = subscriptions;
        this.batchSize = batchSize;
        this.perSubscription = perSubscription;
    }

    public static void main(String[] arguments) {
        new IngestionLoad(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]))
                .run();
    }

    private void run() {
        try (JpaPorts ports = JpaPorts.open(settings)) {
            Company company = Company.with(ports.ports(), subscriptions);
            execute("CREATE TABLE usage_copy (LIKE usage_record INCLUDING ALL)");
            var compared = new Compared("records");
            for (int turn = -2; turn < TURNS; turn++) {
                List<List<UsageSubmission>> batches = batches();
                List<byte[]> copies = copies(ports, company, batches);
                Runnable copy = () -> Compared.parallel(WORKERS, worker -> copy(copies, worker));
                Runnable record = () -> Compared.parallel(WORKERS, worker -> {
                    for (int i = worker; i < BATCHES; i += WORKERS) {
                        company.billing().usage().record(company.service(), batches.get(i));
                    }
                });
                if (turn < 0) {
                    copy.run();
                    record.run();
                } else {
                    compared.turn(BATCHES * batchSize, copy, record);
                }
            }
            compared.print("COPY", "recorded");
        }
    }

    /** In any order of subscriptions; each has its records one after the other. */
    private List<List<UsageSubmission>> batches() {
        var batches = new ArrayList<List<UsageSubmission>>();
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ArrayList<UsageSubmission>();
            while (batch.size() < batchSize) {
                int subscription = random.nextInt(subscriptions);
                for (int j = 0; j < perSubscription; j++) {
                    batch.add(Company.hour(subscription, records++));
                }
            }
            batches.add(batch);
        }
        return batches;
    }

    private List<byte[]> copies(JpaPorts ports, Company company, List<List<UsageSubmission>> batches) {
        return batches.stream().map(batch -> {
            Map<String, Subscription> byName = ports.ports().subscriptions().resolve(company.service().id(),
                    batch.stream().map(UsageSubmission::subscription).distinct().toList());
            var rows = new StringBuilder();
            batch.forEach(one -> rows.append(byName.get(one.subscription()).id()).append('\t').append(one.metric())
                    .append('\t').append(one.idempotencyKey()).append('\t').append(one.start()).append('\t')
                    .append(one.end().orElseThrow()).append('\t').append(one.quantity())
                    .append("\t\\N\t\\N\t\\N\thosting\t2026-02-04T00:00:00Z\t").append(random.nextLong()).append('\n'));
            return rows.toString().getBytes(StandardCharsets.UTF_8);
        }).toList();
    }

    private void copy(List<byte[]> batches, int worker) {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            for (int i = worker; i < batches.size(); i += WORKERS) {
                connection.unwrap(PGConnection.class).getCopyAPI()
                        .copyIn("COPY usage_copy FROM STDIN", new ByteArrayInputStream(batches.get(i)));
                connection.commit();
            }
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
