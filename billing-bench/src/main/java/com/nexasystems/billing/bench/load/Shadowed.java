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
 * Importing ever larger hosting platforms into the shadow, again when nothing has changed, and reconciling them: what a row
 * costs stays what it is. Each size has a virtual machine and a server of its own.
 */
final class Shadowed implements Benchmark {

    private static final double NANOS_A_MICRO = 1000;
    private static final double BYTES_A_MEGABYTE = 1 << 20;

    /** What {@link ShadowProgram} prints: time of a usage row, imported and met again; of a period; and memory. */
    private record Spent(int size, double imported, double again, double reconciled, double peak) {

        static Spent of(int size, String[] printed) {
            double usage = Long.parseLong(printed[0]) * NANOS_A_MICRO;
            double periods = Long.parseLong(printed[1]) * NANOS_A_MICRO;
            return new Spent(size, Long.parseLong(printed[2]) / usage, Long.parseLong(printed[3]) / usage,
                    Long.parseLong(printed[4]) / periods, Long.parseLong(printed[5]) / BYTES_A_MEGABYTE);
        }
    }

    @Override
    public String name() {
        return "import and reconcile a hosting platform with " + OwnMachine.MEMORY;
    }

    @Override
    public String baseline() {
        return "a smaller platform";
    }

    @Override
    public List<Measurement> run(Effort effort) throws IOException, InterruptedException {
        List<Integer> sizes = switch (effort) {
            case QUICK -> List.of(1_000, 4_000);
            case FULL -> List.of(4_000, 20_000);
            case LONG -> List.of(4_000, 20_000, 100_000);
        };
        Spent smallest = shadow(sizes.get(0));
        var measured = new ArrayList<Measurement>();
        for (int size : sizes.subList(1, sizes.size())) {
            measured.addAll(compared(smallest, shadow(size)));
        }
        return measured;
    }

    private static List<Measurement> compared(Spent smallest, Spent more) {
        String of = String.format(Locale.ROOT, ", of %,d and %,d subscriptions", smallest.size, more.size);
        return List.of(measurement("import of a usage row" + of, "µs", smallest.imported, more.imported),
                measurement("the same row again" + of, "µs", smallest.again, more.again),
                measurement("reconciling a period" + of, "µs", smallest.reconciled, more.reconciled),
                measurement("most heap in use" + of, "MB", smallest.peak, more.peak));
    }

    private static Measurement measurement(String what, String unit, double smallest, double more) {
        return new Measurement(what, unit, Better.LESS, Figure.of(smallest), Figure.of(more));
    }

    private static Spent shadow(int size) throws IOException, InterruptedException {
        return Spent.of(size, OwnMachine.run(ShadowProgram.class, size));
    }
}
