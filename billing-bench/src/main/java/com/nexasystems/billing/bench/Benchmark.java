package com.nexasystems.billing.bench;

import java.util.List;

/** A program that measures one thing of the engine beside the least that this thing can cost. */
public interface Benchmark {

    /** What is measured, in a few words; unique. */
    String name();

    /** What it is compared with, such as {@code the bare arithmetic}. */
    String baseline();

    /**
     * Measures the baseline and ours, by turns where that is possible, so that both meet the same machine.
     *
     * @return one measurement for each thing that was looked at, such as time and memory
     * @throws Exception if it cannot be measured; the other benchmarks still run
     */
    List<Measurement> run(Effort effort) throws Exception;
}
