package com.nexasystems.billing.memory;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryMetrics implements Metrics {

    private final Memory memory;
    private final Map<MetricCode, Metric> byCode = new TreeMap<>();

    MemoryMetrics(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Metric metric) {
        return memory.call(() -> {
            if (byCode.containsKey(metric.code())) {
                return false;
            }
            memory.put(byCode, metric.code(), metric);
            return true;
        });
    }

    @Override
    public Optional<Metric> find(MetricCode code) {
        return memory.call(() -> Optional.ofNullable(byCode.get(code)));
    }

    @Override
    public List<Metric> all() {
        return memory.call(() -> List.copyOf(byCode.values()));
    }

    void remove(MetricCode code) {
        memory.remove(byCode, code);
    }
}
