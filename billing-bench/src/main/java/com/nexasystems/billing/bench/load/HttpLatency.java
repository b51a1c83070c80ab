package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Figure;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.bench.Measurement.Better;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** How long one client waits for one event when it is the only one: the median of many. */
final class HttpLatency extends HttpBenchmark {

    private static final int WARM_UP = 3_000;
    private static final double NANOS_A_MICRO = 1000;

    HttpLatency() {
        super("one event over HTTP, one client", "INSERT and commit of one row");
    }

    @Override
    List<Measurement> measure(ServedCompany served, Database database, Effort effort) {
        int count = effort == Effort.QUICK ? 1_000 : 5_000;
        var baseline = new double[count];
        var ours = new double[count];
        database.run((Connection connection) -> {
            try (PreparedStatement statement = connection.prepareStatement(HttpEvents.INSERT);
                 KeptConnection client = served.connect()) {
                for (int i = -WARM_UP; i < count; i++) {
                    double inserted = insert(statement, i + WARM_UP);
                    double posted = post(served, client, i + WARM_UP);
                    if (i >= 0) {
                        baseline[i] = inserted;
                        ours[i] = posted;
                    }
                }
            }
        });
        return List.of(new Measurement("time until it is answered", "µs", Better.LESS, Figure.of(baseline), Figure.of(ours)));
    }

    private static double insert(PreparedStatement statement, int event) throws SQLException {
        long start = System.nanoTime();
        HttpEvents.insert(statement, event);
        return (System.nanoTime() - start) / NANOS_A_MICRO;
    }

    private static double post(ServedCompany served, KeptConnection client, int event) throws IOException {
        byte[] request = HttpEvents.request(served, event);
        long start = System.nanoTime();
        client.send(request, 200);
        return (System.nanoTime() - start) / NANOS_A_MICRO;
    }
}
