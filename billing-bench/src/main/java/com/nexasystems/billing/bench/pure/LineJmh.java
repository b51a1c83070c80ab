package com.nexasystems.billing.bench.pure;

import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Rates one line, with its explanation; and the bare arithmetic of the same line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineJmh {

    private static final int ROUNDS = 20_000;

    @Param({})
    public Line line;

    /** The compiler has to have seen all charge models, as in an application: with one alone it cheats. */
    @Setup
    public void rateEveryModel() {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < ROUNDS; i++) {
            for (Line each : Line.values()) {
                sum = sum.add(each.rated()).subtract(each.bare());
            }
        }
        if (sum.signum() != 0) {
            throw new IllegalStateException("the baseline calculates something else: the difference is " + sum);
        }
    }

    @Benchmark
    public BigDecimal ours() {
        return line.rated();
    }

    @Benchmark
    public BigDecimal baseline() {
        return line.bare();
    }
}
