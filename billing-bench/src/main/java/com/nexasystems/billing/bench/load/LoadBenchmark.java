package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Benchmark;
import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.jpa.JpaPorts;
import java.util.List;

/** A benchmark on a fresh server, with a company on it. */
abstract class LoadBenchmark implements Benchmark {

    private final String name;
    private final String baseline;
    private final String each;

    /** @param each what is counted, such as {@code record} */
    LoadBenchmark(String name, String baseline, String each) {
        this.name = name;
        this.baseline = baseline;
        this.each = each;
    }

    /** How many subscriptions, and how often to measure. */
    record Size(int subscriptions, int turns) { }

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
        try (Server server = Server.start(); JpaPorts ports = JpaPorts.open(server.settings())) {
            Size size = effort == Effort.QUICK ? quick() : full();
            var database = new Database(server.settings());
            var turns = new Turns(new Meter(database), each);
            run(Company.with(ports.ports(), database, size.subscriptions, "cpu_seconds", "requests"), database, turns,
                    size.turns);
            return turns.measurements();
        }
    }

    abstract Size quick();

    abstract Size full();

    /** Warms up, and then takes the turns. */
    abstract void run(Company company, Database database, Turns turns, int count);
}
