package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Benchmark;
import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.jpa.JpaPorts;
import java.util.List;

/** A benchmark of the server on a fresh database that forces to the disk what it commits. The clients run beside it. */
abstract class HttpBenchmark implements Benchmark {

    private static final int SUBSCRIPTIONS = 10_000;

    private final String name;
    private final String baseline;

    HttpBenchmark(String name, String baseline) {
        this.name = name;
        this.baseline = baseline;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String baseline() {
        return baseline;
    }

    @Override
    public final List<Measurement> run(Effort effort) throws Exception {
        try (Server server = Server.startDurable(); JpaPorts ports = JpaPorts.open(server.settings())) {
            var database = new Database(server.settings());
            database.execute("CREATE TABLE usage_copy (LIKE usage_record INCLUDING ALL)");
            Company company = Company.with(ports.ports(), database, SUBSCRIPTIONS, "cpu_seconds", "requests");
            try (ServedCompany served = ServedCompany.start(company, ports.ports())) {
                return measure(served, database, effort);
            }
        }
    }

    /** The table {@code usage_copy} is for the baseline. */
    abstract List<Measurement> measure(ServedCompany served, Database database, Effort effort) throws Exception;
}
