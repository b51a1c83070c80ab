package com.nexasystems.billing.bench.pure;

import com.nexasystems.billing.bench.Benchmark;
import java.util.List;
import java.util.stream.Stream;

/** The benchmarks of pure functions. */
public final class PureBenchmarks {

    private PureBenchmarks() {
    }

    public static List<Benchmark> all() {
        return Stream.concat(
                Stream.of(Line.values()).map(line -> JmhBenchmark.of("rate one line, " + line.text(), LineJmh.class,
                        "line", line.name())),
                Stream.of(JmhBenchmark.of("compute one invoice of " + SampleInvoice.LINES + " lines, with tax",
                        InvoiceJmh.class)))
                .<Benchmark>map(benchmark -> benchmark).toList();
    }
}
