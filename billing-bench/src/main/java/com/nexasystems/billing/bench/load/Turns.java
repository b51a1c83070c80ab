package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Figure;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.bench.Measurement.Better;
import com.nexasystems.billing.bench.load.Meter.Spent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Ours and its baseline, one after the other in one run, so that what else the machine does meets both. */
final class Turns {

    private static final double NANOS_A_MICRO = 1000;

    private final Meter meter;
    private final String each;
    private final List<Each> baselines = new ArrayList<>();
    private final List<Each> ours = new ArrayList<>();

    /** @param each what is counted, such as {@code record} */
    Turns(Meter meter, String each) {
        this.meter = meter;
        this.each = each;
    }

    private record Each(Spent spent, int count) { }

    void turn(int count, Runnable baseline, Runnable candidate) {
        baseline(count, baseline);
        ours(count, candidate);
    }

    void baseline(int count, Runnable work) {
        baselines.add(new Each(meter.spent(work), count));
    }

    void ours(int count, Runnable work) {
        ours.add(new Each(meter.spent(work), count));
    }

    /** Processor time is missing where the system does not tell it. */
    List<Measurement> measurements() {
        var measured = new ArrayList<Measurement>();
        measured.add(measurement("time per " + each, spent -> spent.clock()));
        if (baselines.get(0).spent.processors().isPresent()) {
            measured.add(measurement("processor time per " + each, spent -> spent.processors().orElseThrow()));
        }
        return measured;
    }

    private Measurement measurement(String what, ToDoubleFunction<Spent> nanos) {
        return new Measurement(what, "µs", Better.LESS, figure(baselines, nanos), figure(ours, nanos));
    }

    private static Figure figure(List<Each> turns, ToDoubleFunction<Spent> nanos) {
        return Figure.of(turns.stream()
                .mapToDouble(turn -> nanos.applyAsDouble(turn.spent) / turn.count / NANOS_A_MICRO).toArray());
    }

    /** Runs the work of every worker at the same time. */
    static void parallel(int workers, IntConsumer work) {
        CompletableFuture.allOf(IntStream.range(0, workers)
                .mapToObj(worker -> CompletableFuture.runAsync(() -> work.accept(worker)))
                .toArray(CompletableFuture[]::new)).join();
    }
}
