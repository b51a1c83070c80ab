package com.nexasystems.billing.bench;

import java.util.List;
import java.util.Optional;

/** What a benchmark came to; without measurements if it failed. */
record Result(Benchmark benchmark, List<Measurement> measurements, Optional<Exception> failure) {

    /** A failure must not cost the hours that the other benchmarks took. */
    static Result of(Benchmark benchmark, Effort effort) {
        try {
            return new Result(benchmark, benchmark.run(effort), Optional.empty());
        } catch (Exception e) {
            return new Result(benchmark, List.of(), Optional.of(e));
        }
    }
}
