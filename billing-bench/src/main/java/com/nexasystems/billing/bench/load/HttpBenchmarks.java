package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Benchmark;
import java.util.List;

/** Taking usage in over HTTP, from a socket to the disk, in the order in which they run. */
public final class HttpBenchmarks {

    private HttpBenchmarks() {
    }

    public static List<Benchmark> all() {
        return List.of(new HttpBatches(), new HttpEvents(1), new HttpEvents(64), new HttpLatency());
    }
}
