package com.nexasystems.billing.bench.pure;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Computes one invoice from its usage; and the bare arithmetic of its total. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InvoiceJmh {

    private final SampleInvoice sample = new SampleInvoice();

    @Benchmark
    public BigDecimal ours() {
        return sample.invoice().total().amount();
    }

    @Benchmark
    public BigDecimal baseline() {
        return sample.bareTotal();
    }
}
