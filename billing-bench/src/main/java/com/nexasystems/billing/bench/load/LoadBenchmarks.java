package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Benchmark;
import java.util.List;

/** The benchmarks against PostgreSQL, in the order in which they run. */
public final class LoadBenchmarks {

    private LoadBenchmarks() {
    }

    public static List<Benchmark> all() {
        return List.of(new Ingestion(), new Aggregating(), new Billed(), new Finalised(), new SmallChanges(), new FewNews(),
                new DraftAgain(), Reconciled.first(), Reconciled.again(), new Simulated(), new Growth(), new Shadowed());
    }
}
