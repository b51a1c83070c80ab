package com.nexasystems.billing.bench.pure;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Computes one invoice from its usage; and the bare arithmetic of its total. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InvoiceJmh {

    private static final int ROUNDS = 20_000;

    private final SampleInvoice sample = new SampleInvoice();

    /** So much has to be compiled here that a warm-up by time alone may not be enough. */
    @Setup
    public void computeMany() {
        for (int i = 0; i < ROUNDS; i++) {
            if (ours().compareTo(baseline()) != 0) {
                throw new IllegalStateException("the baseline calculates something else");
            }
        }
    }

    @Benchmark
    public BigDecimal ours() {
        return sample.invoice().total().amount();
    }

    @Benchmark
    public BigDecimal baseline() {
        return sample.bareTotal();
    }
}
