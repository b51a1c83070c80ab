package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.usage.UsageSubmission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Recording usage. Two connections on each side, and a commit after every batch; the records come in any order. */
final class Ingestion extends LoadBenchmark {

    private static final int WARM_UP = 2;
    private static final int BATCH = 5_000;
    private static final int BATCHES = 12;
    /** Records of one subscription that come in a row. */
    static final int ROW = 5;

    private final Random random = new Random(42);
    private int records;

    Ingestion() {
        super("record usage", "COPY of the same rows into the same table and indexes", "record");
    }

    @Override
    Size quick() {
        return new Size(10_000, 3);
    }

    @Override
    Size full() {
        return new Size(10_000, 15);
    }

    @Override
    void run(Company company, Database database, Turns turns, int count) {
        database.execute("CREATE TABLE usage_copy (LIKE usage_record INCLUDING ALL)");
        for (int turn = -WARM_UP; turn < count; turn++) {
            List<List<UsageSubmission>> batches = batches(company);
            List<byte[]> copies = batches.stream().map(this::rows).toList();
            Runnable copy = () -> Turns.parallel(Company.WORKERS, worker -> copy(database, copies, worker));
            Runnable record = () -> Turns.parallel(Company.WORKERS, worker -> record(company, batches, worker));
            if (turn < 0) {
                copy.run();
                record.run();
            } else {
                turns.turn(BATCHES * BATCH, copy, record);
            }
        }
        Company.expect(records, Long.parseLong(database.value("SELECT count(*) FROM usage_record")));
    }

    private List<List<UsageSubmission>> batches(Company company) {
        var batches = new ArrayList<List<UsageSubmission>>();
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ArrayList<UsageSubmission>();
            while (batch.size() < BATCH) {
                int subscription = random.nextInt(company.size());
                for (int j = 0; j < ROW; j++) {
                    batch.add(company.hour(subscription, records++));
                }
            }
            batches.add(batch);
        }
        return batches;
    }

    private byte[] rows(List<UsageSubmission> batch) {
        var rows = new StringBuilder();
        batch.forEach(one -> rows.append(Company.row(one, random.nextLong())));
        return rows.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void copy(Database database, List<byte[]> batches, int worker) {
        database.run(connection -> {
            for (int i = worker; i < batches.size(); i += Company.WORKERS) {
                Database.copyIn(connection, "usage_copy", batches.get(i));
            }
        });
    }

    private static void record(Company company, List<List<UsageSubmission>> batches, int worker) {
        for (int i = worker; i < batches.size(); i += Company.WORKERS) {
            company.billing().usage().record(company.service(), batches.get(i));
        }
    }
}
