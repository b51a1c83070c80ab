package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Measurement;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** {@code POST /events} from many connections at once; the baseline commits as many rows one by one, on one connection or on as many. */
final class HttpEvents extends HttpBenchmark {

    static final String INSERT = "INSERT INTO usage_copy (subscription_id, metric_code, idempotency_key, start_at, quantity,"
            + " source, recorded_at, fingerprint) VALUES (?, 'requests', ?, ?::timestamptz, 1, 'hosting', now(), ?)";

    private static final int WARM_UP = 12;
    private static final int CLIENTS = 64;
    private static final int EACH = 150;

    private final int inserters;
    private int events;

    /** @param inserters connections of the baseline */
    HttpEvents(int inserters) {
        super("record single events over HTTP, 64 connections, beside " + inserters, "INSERT and commit of each row, "
                + (inserters == 1 ? "one connection" : inserters + " connections"));
        this.inserters = inserters;
    }

    @Override
    List<Measurement> measure(ServedCompany served, Database database, Effort effort) throws Exception {
        var turns = new Turns(new Meter(database), "event");
        int count = effort == Effort.QUICK ? 5 : 15;
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (int turn = -WARM_UP; turn < count; turn++) {
                int first = events;
                events += CLIENTS * EACH;
                List<byte[]> requests = IntStream.range(first, events).mapToObj(i -> request(served, i)).toList();
                int own = inserters == 1 ? EACH : CLIENTS * EACH / inserters;
                Runnable insert = () -> together(threads, inserters, client -> insert(database, first + client * own, own));
                Runnable post = () -> together(threads, CLIENTS, client ->
                        post(served, requests.subList(client * EACH, (client + 1) * EACH)));
                if (turn < 0) {
                    insert.run();
                    post.run();
                } else {
                    turns.baseline(inserters * own, insert);
                    turns.ours(CLIENTS * EACH, post);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        Company.expect(events, Long.parseLong(database.value("SELECT count(*) FROM usage_record")));
        return turns.measurements();
    }

    static byte[] request(ServedCompany served, int event) {
        return served.post("/events", """
                {"event":{"transaction_id":"t-%d","external_subscription_id":"deployment-%d","code":"requests",\
                "timestamp":%d,"quantity":"1"}}""".formatted(event, event % served.company().size(), time(event)));
    }

    private static long time(int event) {
        return Company.NEW_YEAR.getEpochSecond() + event;
    }

    static void insert(PreparedStatement statement, int event) throws SQLException {
        statement.setObject(1, Company.subscription(event % 10_000).value());
        statement.setString(2, "t-" + event);
        statement.setString(3, Company.NEW_YEAR.plusSeconds(event).toString());
        statement.setLong(4, event);
        statement.executeUpdate();
    }

    private static void together(ExecutorService threads, int clients, IntConsumer work) {
        var done = new CountDownLatch(clients);
        for (int i = 0; i < clients; i++) {
            int client = i;
            threads.execute(() -> {
                work.accept(client);
                done.countDown();
            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void insert(Database database, int first, int count) {
        database.run((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                for (int i = 0; i < count; i++) {
                    insert(statement, first + i);
                }
            }
        });
    }

    private static void post(ServedCompany served, List<byte[]> requests) {
        try (KeptConnection connection = served.connect()) {
            for (byte[] request : requests) {
                connection.send(request, 200);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
