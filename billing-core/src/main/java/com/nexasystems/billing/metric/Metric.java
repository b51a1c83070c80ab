package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.quantity.Unit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is counted, and how.
 *
 * @param code        unique and stable
 * @param name        for display
 * @param aggregation how the records of a period become one quantity
 * @param property    with {@code UNIQUE_COUNT}, the property whose distinct values are counted; with the others, the property
 *                    that has the quantity of a record which names none; never with {@code COUNT}
 * @param unit        what one of it is
 * @param rounding    of the aggregated quantity
 * @param recurring   whether a period begins with the level at which the one before it ended: only with {@code SUM},
 *                    {@code UNIQUE_COUNT} and {@code WEIGHTED_SUM}
 * @param filters     the properties that charges may tell apart, each with its known values
 * @param expression  computes the quantity of a record when it comes in, or with {@code UNIQUE_COUNT} the value of the
 *                    property; not with {@code COUNT}
 */
public record Metric(MetricCode code, String name, Aggregation aggregation, Optional<String> property, Unit unit,
                     QuantityRounding rounding, boolean recurring, Map<String, List<String>> filters,
                     Optional<Expression> expression) {

    /** The property that says whether a value of a {@code UNIQUE_COUNT} metric comes or goes. */
    public static final String OPERATION = "operation_type";

    /** Decimals of a weighted sum, as in Lago. */
    public static final int WEIGHTED_SUM_DECIMALS = 20;

    public Metric {
        InvalidValue.checkText("name", name, 255);
        if (property.isEmpty() && aggregation == Aggregation.UNIQUE_COUNT) {
            throw new InvalidValue("property", "is mandatory: which property's distinct values are counted");
        }
        if (property.isPresent() && aggregation == Aggregation.COUNT) {
            throw new InvalidValue("property", "has no meaning with aggregation " + aggregation.code());
        }
        property.ifPresent(text -> InvalidValue.checkText("property", text, 128));
        if (recurring && !aggregation.canRecur()) {
            throw new InvalidValue("recurring", "has no meaning with aggregation " + aggregation.code());
        }
        filters = Filters.checked("filters", filters);
        if (expression.isPresent() && aggregation == Aggregation.COUNT) {
            throw new InvalidValue("expression", "has no meaning with aggregation count, which looks at no quantity");
        }
    }

    /** A metric whose records say themselves what they count for. */
    public Metric(MetricCode code, String name, Aggregation aggregation, Optional<String> property, Unit unit,
                  QuantityRounding rounding, boolean recurring, Map<String, List<String>> filters) {
        this(code, name, aggregation, property, unit, rounding, recurring, filters, Optional.empty());
    }

    /** A metric of any aggregation but {@code UNIQUE_COUNT}, named by its code, not rounded. */
    public static Metric of(String code, Aggregation aggregation, String unit) {
        return new Metric(new MetricCode(code), code, aggregation, Optional.empty(), new Unit(unit), QuantityRounding.NONE,
                false, Map.of());
    }

    /** A metric that counts the distinct values of a property. */
    public static Metric uniqueCount(String code, String property, String unit) {
        return new Metric(new MetricCode(code), code, Aggregation.UNIQUE_COUNT, Optional.of(property), new Unit(unit),
                QuantityRounding.NONE, false, Map.of());
    }

    public Metric rounded(QuantityRounding newRounding) {
        return new Metric(code, name, aggregation, property, unit, newRounding, recurring, filters, expression);
    }

    /** The same, carried over from period to period. */
    public Metric carriedOver() {
        return new Metric(code, name, aggregation, property, unit, rounding, true, filters, expression);
    }

    public Metric filteredBy(Map<String, List<String>> newFilters) {
        return new Metric(code, name, aggregation, property, unit, rounding, recurring, newFilters, expression);
    }

    /** The same, with what a record counts for computed from its properties. */
    public Metric computedBy(String newExpression) {
        return new Metric(code, name, aggregation, property, unit, rounding, recurring, filters,
                Optional.of(new Expression(newExpression)));
    }
}
