package com.nexasystems.billing.http;

import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Expression;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.QuantityRounding;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quantity.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A metric as {@code billable_metric}. */
final class MetricJson {

    private static final String SUFFIX = "_agg";
    private static final Map<String, Aggregation> AGGREGATIONS = aggregations();
    private static final Map<String, QuantityRounding.Mode> ROUNDINGS = Map.of("round", QuantityRounding.Mode.HALF_UP,
            "ceil", QuantityRounding.Mode.UP, "floor", QuantityRounding.Mode.DOWN);

    private MetricJson() {
    }

    private static Map<String, Aggregation> aggregations() {
        Map<String, Aggregation> words = new LinkedHashMap<>();
        for (Aggregation aggregation : Aggregation.values()) {
            words.put(aggregation.code() + SUFFIX, aggregation);
        }
        return words;
    }

    static String word(Aggregation aggregation) {
        return aggregation.code() + SUFFIX;
    }

    static Json of(Entry entry, Metric metric) {
        boolean rounded = metric.rounding().mode() != QuantityRounding.Mode.NONE;
        return Json.object("lago_id", entry.id(), "name", entry.attribute("name").orElse(metric.name()),
                "code", entry.code(), "description", entry.attribute("description").orElse(null),
                "aggregation_type", word(metric.aggregation()), "field_name", metric.property().orElse(null),
                "recurring", metric.recurring(), "expression", metric.expression().map(Expression::toString).orElse(null),
                "rounding_function", rounded ? word(metric.rounding().mode()) : null,
                "rounding_precision", rounded ? metric.rounding().scale() : null,
                "weighted_interval", metric.aggregation() == Aggregation.WEIGHTED_SUM ? "seconds" : null,
                "unit", metric.unit().label(), "created_at", Times.of(entry.createdAt()),
                "filters", metric.filters().entrySet().stream().map(filter -> Json.object("key", filter.getKey(),
                        "values", filter.getValue().stream().sorted().toList())).toList(),
                "active_subscriptions_count", 0, "draft_invoices_count", 0, "plans_count", 0);
    }

    private static String word(QuantityRounding.Mode mode) {
        return ROUNDINGS.entrySet().stream().filter(entry -> entry.getValue() == mode).findFirst().orElseThrow().getKey();
    }

    /** @param before what fields that were not sent keep; empty for a new metric */
    static Metric read(Fields fields, MetricCode code, Optional<Metric> before) {
        Optional<Aggregation> chosen = fields.choice("aggregation_type", AGGREGATIONS)
                .or(() -> before.map(Metric::aggregation));
        if (chosen.isEmpty() && !fields.hasProblem("aggregation_type")) {
            fields.problem("aggregation_type", "value_is_mandatory");
        }
        Aggregation aggregation = chosen.orElse(Aggregation.COUNT);
        Optional<String> property = text(fields, "field_name", before.flatMap(Metric::property))
                .filter(any -> aggregation != Aggregation.COUNT);
        Optional<Expression> expression = expression(fields, before.flatMap(Metric::expression));
        if (property.isEmpty() && aggregation != Aggregation.COUNT) {
            fields.problem("field_name", "value_is_mandatory");
        }
        boolean recurring = fields.flag("recurring").or(() -> before.map(Metric::recurring)).orElse(false);
        if (recurring && !aggregation.canRecur()) {
            fields.problem("recurring", "not_compatible_with_aggregation_type");
        }
        QuantityRounding rounding = rounding(fields, before.map(Metric::rounding).orElse(QuantityRounding.NONE));
        Map<String, List<String>> filters = fields.has("filters") ? filters(fields)
                : before.map(Metric::filters).orElse(Map.of());
        String unit = fields.text("unit").filter(text -> !text.isBlank()).or(() -> before.map(m -> m.unit().label()))
                .orElse("unit");
        fields.check();
        return new Metric(code, code.value(), aggregation, property, new Unit(unit), rounding, recurring, filters,
                expression);
    }

    private static Optional<String> text(Fields fields, String name, Optional<String> before) {
        return fields.has(name) ? fields.text(name).filter(text -> !text.isBlank()) : before;
    }

    private static Optional<Expression> expression(Fields fields, Optional<Expression> before) {
        if (!fields.has("expression")) {
            return before;
        }
        try {
            return fields.text("expression").filter(text -> !text.isBlank()).map(Expression::new);
        } catch (InvalidValue e) {
            fields.problem("expression", "invalid_expression", e.reason());
            return Optional.empty();
        }
    }

    private static QuantityRounding rounding(Fields fields, QuantityRounding before) {
        Optional<QuantityRounding.Mode> mode = fields.has("rounding_function")
                ? fields.choice("rounding_function", ROUNDINGS)
                : Optional.of(before.mode()).filter(known -> known != QuantityRounding.Mode.NONE);
        int scale = fields.integer("rounding_precision", -26, 12).map(Long::intValue)
                .orElse(fields.has("rounding_precision") ? 0 : before.scale());
        return mode.map(known -> new QuantityRounding(known, scale)).orElse(QuantityRounding.NONE);
    }

    private static Map<String, List<String>> filters(Fields fields) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        fields.objects("filters").forEach(filter -> {
            String key = filter.mandatory("key");
            if (!key.isEmpty() && filters.put(key, filter.texts("values").stream().distinct().sorted().toList()) != null) {
                filter.problem("key", "value_already_exist");
            }
        });
        return filters;
    }
}
