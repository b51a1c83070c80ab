package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.usage.UsageSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** {@code POST /usage} of a thousand counters each, from a few clients; the baseline commits a COPY of a thousand as often. */
final class HttpBatches extends HttpBenchmark {

    private static final int WARM_UP = 12;
    private static final int CLIENTS = 4;
    private static final int BATCH = 1_000;
    private static final int BATCHES = 60;

    private final Random random = new Random(42);
    private int records;

    HttpBatches() {
        super("record usage over HTTP in batches of 1 000", "COPY of as many rows into the same table and indexes");
    }

    @Override
    List<Measurement> measure(ServedCompany served, Database database, Effort effort) {
        var turns = new Turns(new Meter(database), "record");
        int count = effort == Effort.QUICK ? 5 : 15;
        for (int turn = -WARM_UP; turn < count; turn++) {
            List<List<UsageSubmission>> batches = batches(served.company());
            List<byte[]> rows = batches.stream().map(this::rows).toList();
            List<byte[]> requests = batches.stream().map(batch -> request(served, batch)).toList();
            Runnable copy = () -> Turns.parallel(CLIENTS, client -> copy(database, rows, client));
            Runnable post = () -> Turns.parallel(CLIENTS, client -> post(served, requests, client));
            if (turn < 0) {
                copy.run();
                post.run();
            } else {
                turns.turn(BATCHES * BATCH, copy, post);
            }
        }
        Company.expect(records, Long.parseLong(database.value("SELECT count(*) FROM usage_record")));
        return turns.measurements();
    }

    private List<List<UsageSubmission>> batches(Company company) {
        var batches = new ArrayList<List<UsageSubmission>>();
        for (int i = 0; i < BATCHES; i++) {
            var batch = new ArrayList<UsageSubmission>();
            while (batch.size() < BATCH) {
                int subscription = random.nextInt(company.size());
                for (int j = 0; j < Ingestion.ROW; j++) {
                    batch.add(company.hour(subscription, records++));
                }
            }
            batches.add(batch);
        }
        return batches;
    }

    private byte[] rows(List<UsageSubmission> batch) {
        return batch.stream().map(one -> Company.row(one, random.nextLong())).collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] request(ServedCompany served, List<UsageSubmission> batch) {
        return served.post("/usage", batch.stream().map(one -> """
                {"subscription":"%s","metric":"%s","start":"%s","end":"%s","quantity":"%s","idempotency_key":"%s"}"""
                .formatted(one.subscription(), one.metric(), one.start(), one.end().orElseThrow(), one.quantity(),
                        one.idempotencyKey())).collect(Collectors.joining(",", "[", "]")));
    }

    private static void copy(Database database, List<byte[]> batches, int client) {
        database.run(connection -> {
            for (int i = client; i < batches.size(); i += CLIENTS) {
                Database.copyIn(connection, "usage_copy", batches.get(i));
            }
        });
    }

    private static void post(ServedCompany served, List<byte[]> requests, int client) {
        try (KeptConnection connection = served.connect()) {
            for (int i = client; i < requests.size(); i += CLIENTS) {
                connection.send(requests.get(i), 202);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
