package com.nexasystems.billing.metric;

import java.util.List;
import java.util.Optional;

/**
 * The metrics of the catalogue. {@code MetricsContract} checks these rules.
 *
 * <p>ME-1 A metric that was added is found by its code, exactly as it was.
 * <p>ME-2 A code is taken once: adding another metric under it answers false and changes nothing.
 * <p>ME-3 {@link #all} is sorted by code.
 */
public interface Metrics {

    /** @return false if the code is taken */
    boolean add(Metric metric);

    Optional<Metric> find(MetricCode code);

    List<Metric> all();
}
