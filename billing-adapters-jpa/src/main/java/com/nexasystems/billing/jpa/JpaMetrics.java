package com.nexasystems.billing.jpa;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import java.util.List;
import java.util.Optional;

final class JpaMetrics implements Metrics {

    private static final String ADD = """
            INSERT INTO metric (%s) SELECT * FROM %s
            ON CONFLICT DO NOTHING
            """.formatted(MetricRow.BATCH.names(), MetricRow.BATCH.rows());

    private final JpaUnitOfWork unitOfWork;

    JpaMetrics(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Metric metric) {
        return unitOfWork.inConnection(connection -> MetricRow.BATCH.update(connection, ADD, List.of(metric))) == 1;
    }

    @Override
    public Optional<Metric> find(MetricCode code) {
        return unitOfWork.inSession(session -> Optional.ofNullable(session.get(MetricRow.class, code.value())))
                .map(MetricRow::toDomain);
    }

    @Override
    public List<Metric> all() {
        return unitOfWork.inSession(session -> session
                .createSelectionQuery("from MetricRow order by code", MetricRow.class).list())
                .stream().map(MetricRow::toDomain).toList();
    }
}
