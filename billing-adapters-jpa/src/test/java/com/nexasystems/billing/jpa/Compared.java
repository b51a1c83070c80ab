package com.nexasystems.billing.jpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Times a candidate against a baseline, turn by turn in one run, so that what else the machine does meets both. */
final class Compared {

    private final String unit;
    private final List<Double> baselines = new ArrayList<>();
    private final List<Double> candidates = new ArrayList<>();

    /** @param unit what is counted, such as {@code rows} */
    Compared(String unit) {
        this.unit = unit;
    }

    /** One turn of each; the first ones, while the machine warms up, are best left out by not calling this for them. */
    void turn(int count, Runnable baseline, Runnable candidate) {
        baselines.add(count / seconds(baseline));
        candidates.add(count / seconds(candidate));
    }

    void print(String baseline, String candidate) {
        List<Double> ratios = IntStream.range(0, baselines.size())
                .mapToObj(i -> candidates.get(i) / baselines.get(i)).toList();
        print(baseline, baselines, "%,.0f " + unit + "/s");
        print(candidate, candidates, "%,.0f " + unit + "/s");
        print("ratio", ratios, "%.2f");
    }

    private static void print(String what, List<Double> values, String format) {
        List<Double> sorted = values.stream().sorted().toList();
        String range = format + " (" + format + " to " + format + ")";
        System.out.printf(Locale.ROOT, "%-45s " + range + "%n", what, sorted.get(sorted.size() / 2), sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Runs the work of every worker at the same time. */
    static void parallel(int workers, IntConsumer work) {
        CompletableFuture.allOf(IntStream.range(0, workers)
                .mapToObj(worker -> CompletableFuture.runAsync(() -> work.accept(worker)))
                .toArray(CompletableFuture[]::new)).join();
    }
}
