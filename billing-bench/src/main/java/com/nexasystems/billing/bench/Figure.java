package com.nexasystems.billing.bench;

import java.util.Arrays;

/**
 * A measured value.
 *
 * @param value  the median of the repetitions, in the unit of its {@link Measurement}
 * @param spread half of the interval in which eight of ten repetitions lie, in the same unit
 */
public record Figure(double value, double spread) {

    /** @param repetitions at least one; an odd one out, when the machine was busy with something else, counts little */
    public static Figure of(double... repetitions) {
        double[] sorted = repetitions.clone();
        Arrays.sort(sorted);
        return new Figure(quantile(sorted, 0.5), (quantile(sorted, 0.9) - quantile(sorted, 0.1)) / 2);
    }

    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
