package com.nexasystems.billing.bench;

/**
 * A line of the table.
 *
 * @param what     was measured, such as {@code time}
 * @param unit     of both figures, such as {@code ns}
 * @param better   which way figures get better
 * @param baseline the least that it can cost
 * @param ours     what it costs in the engine
 */
public record Measurement(String what, String unit, Better better, Figure baseline, Figure ours) {

    /** Less is better of times and sizes, more of speeds. */
    public enum Better { LESS, MORE }

    /** What ours costs, as a multiple of the baseline: 2 is twice the time, or half the speed. */
    public double ratio() {
        return better == Better.LESS ? ours.value() / baseline.value() : baseline.value() / ours.value();
    }
}
