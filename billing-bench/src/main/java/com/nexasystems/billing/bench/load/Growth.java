package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.Benchmark;
import com.nexasystems.billing.bench.Effort;
import com.nexasystems.billing.bench.Figure;
import com.nexasystems.billing.bench.Measurement;
import com.nexasystems.billing.bench.Measurement.Better;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Drafting and finalising a month of ever more subscriptions in the same memory: what one of them costs stays what it is.
 * Each size has a virtual machine and a server of its own.
 */
final class Growth implements Benchmark {

    private static final double NANOS_A_MICRO = 1000;
    private static final double BYTES_A_MEGABYTE = 1 << 20;

    /** What {@link GrowthProgram} prints. */
    private record Grown(int size, double micros, double processorMicros, double peak, double held) {

        static Grown of(int size, String[] printed) {
            return new Grown(size, Long.parseLong(printed[0]) / NANOS_A_MICRO / size,
                    Long.parseLong(printed[1]) / NANOS_A_MICRO / size, Long.parseLong(printed[2]) / BYTES_A_MEGABYTE,
                    Long.parseLong(printed[3]) / BYTES_A_MEGABYTE);
        }
    }

    @Override
    public String name() {
        return "bill and finalise a month with " + OwnMachine.MEMORY;
    }

    @Override
    public String baseline() {
        return "a smaller company";
    }

    @Override
    public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
        List<Integer> sizes = switch (effort) {
            case QUICK -> List.of(5_000, 20_000);
            case FULL -> List.of(10_000, 100_000);
            case LONG -> List.of(10_000, 100_000, 1_000_000);
        };
        Grown smallest = bill(sizes.get(0));
        var measured = new ArrayList<Measurement>();
        for (int size : sizes.subList(1, sizes.size())) {
            measured.addAll(compared(smallest, bill(size)));
        }
        return measured;
    }

    private static List<Measurement> compared(Grown smallest, Grown more) {
        var measured = new ArrayList<Measurement>();
        String of = String.format(Locale.ROOT, ", of %,d and %,d", smallest.size, more.size);
        measured.add(measurement("time per subscription" + of, "µs", smallest.micros, more.micros));
        if (smallest.processorMicros > 0) {
            measured.add(measurement("processor time per subscription" + of, "µs", smallest.processorMicros, more.processorMicros));
        }
        measured.add(measurement("most heap in use" + of, "MB", smallest.peak, more.peak));
        measured.add(measurement("most heap after a collection" + of, "MB", smallest.held, more.held));
        return measured;
    }

    private static Measurement measurement(String what, String unit, double smallest, double more) {
        return new Measurement(what, unit, Better.LESS, Figure.of(smallest), Figure.of(more));
    }

    private static Grown bill(int size) throws IOException, InterruptedException {
        return Grown.of(size, OwnMachine.run(GrowthProgram.class, size));
    }
}
