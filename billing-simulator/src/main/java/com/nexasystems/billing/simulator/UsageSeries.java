package com.nexasystems.billing.simulator;

import java.time.Instant;

/** The usage of a deployment, record by record, in millionths of core-hours. A record counts where it starts. */
final class UsageSeries {

    private final long base;
    private final int step;
    private final long[] micros;

    /**
     * @param base where the first record starts
     * @param step seconds that a record covers
     */
    UsageSeries(Instant base, int step, long[] micros) {
        this.base = base.getEpochSecond();
        this.step = step;
        this.micros = micros;
    }

    int size() {
        return micros.length;
    }

    boolean recorded(int index) {
        return micros[index] != UsagePattern.NONE;
    }

    long micros(int index) {
        return micros[index];
    }

    void add(int index, long more) {
        micros[index] += more;
    }

    Instant start(int index) {
        return Instant.ofEpochSecond(base + (long) index * step);
    }

    Instant end(int index) {
        return start(index + 1);
    }

    /** The first record that starts at that time or later. */
    int indexFrom(Instant time) {
        long index = Math.floorDiv(time.getEpochSecond() - base + step - 1, (long) step);
        return (int) Math.max(0, Math.min(micros.length, index));
    }

    long between(Instant from, Instant to) {
        return sum(indexFrom(from), indexFrom(to));
    }

    long sum(int from, int to) {
        long sum = 0;
        for (int index = from; index < to; index++) {
            sum += Math.max(0, micros[index]);
        }
        return sum;
    }
}
