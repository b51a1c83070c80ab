package com.nexasystems.billing.jpa;

import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Expression;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.quantity.Unit;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Locale;
import java.util.Optional;

@Entity
@Table(name = "metric")
class MetricRow {

    static final Batch<Metric> BATCH = new Batch<Metric>()
            .text("code", metric -> metric.code().value())
            .text("name", Metric::name)
            .text("aggregation", metric -> metric.aggregation().code())
            .text("property", metric -> metric.property().orElse(null))
            .text("unit", metric -> metric.unit().label())
            .text("rounding_mode", metric -> metric.rounding().mode().name())
            .integer("rounding_scale", metric -> metric.rounding().scale())
            .bool("recurring", Metric::recurring)
            .texts("filter_properties", metric -> Texts.names(metric.filters()))
            .texts("filter_values", metric -> Texts.values(metric.filters()))
            .text("expression", metric -> metric.expression().map(Expression::toString).orElse(null));

    @Id
    String code;
    String name;
    String aggregation;
    String property;
    String unit;
    String roundingMode;
    int roundingScale;
    boolean recurring;
    String[] filterProperties;
    String[] filterValues;
    String expression;

    Metric toDomain() {
        return new Metric(new MetricCode(code), name, Aggregation.valueOf(aggregation.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(property), new Unit(unit),
                new QuantityRounding(QuantityRounding.Mode.valueOf(roundingMode), roundingScale),
                recurring, Texts.lists(filterProperties, filterValues),
                Optional.ofNullable(expression).map(Expression::new));
    }
}
