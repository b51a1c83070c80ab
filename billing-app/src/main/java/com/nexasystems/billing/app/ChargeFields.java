package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A JSON object whose fields are read one by one; an error names the field with its place. A field that is null counts as
 * absent. Decimals may be texts or numbers: of both, the characters count.
 */
final class ChargeFields {

    private final String place;
    private final Map<?, ?> fields;

    private ChargeFields(String place, Map<?, ?> fields) {
        this.place = place;
        this.fields = fields;
    }

    /** @param name how errors name the value itself */
    static ChargeFields of(String name, String prefix, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidValue(name, "must be an object");
        }
        return new ChargeFields(prefix, map);
    }

    /** How errors name a field. */
    String name(String field) {
        return place + field;
    }

    Set<String> names() {
        return fields.keySet().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    Optional<Object> value(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    String text(String field) {
        Object value = value(field).orElseThrow(() -> new InvalidValue(name(field), "is mandatory"));
        if (!(value instanceof String text)) {
            throw new InvalidValue(name(field), "must be a text");
        }
        return text;
    }

    Optional<BigDecimal> decimal(String field) {
        return value(field).map(value -> decimal(name(field), value));
    }

    Optional<BigDecimal> nonNegative(String field) {
        return decimal(field).map(value -> Decimals.nonNegative(name(field), value));
    }

    /** A quantity that was aggregated before, so finer than what single records may say. */
    Optional<BigDecimal> aggregate(String field) {
        return value(field).map(value -> Decimals.parseAggregate(name(field), characters(name(field), value)));
    }

    BigDecimal mandatory(String field) {
        return nonNegative(field).orElseThrow(() -> new InvalidValue(name(field), "is mandatory"));
    }

    BigDecimal orZero(String field) {
        return nonNegative(field).orElse(BigDecimal.ZERO);
    }

    int wholeNumberOrZero(String field) {
        BigDecimal value = orZero(field);
        try {
            return value.intValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidValue(name(field), "must be a whole number of at most " + Integer.MAX_VALUE + ": "
                    + value.toPlainString());
        }
    }

    boolean isTrue(String field) {
        Object value = value(field).orElse(Boolean.FALSE);
        if (!(value instanceof Boolean is)) {
            throw new InvalidValue(name(field), "must be true or false");
        }
        return is;
    }

    /** The objects of a list that must not be empty. */
    List<ChargeFields> objects(String field) {
        List<ChargeFields> objects = objectsOrNone(field);
        if (objects.isEmpty()) {
            throw new InvalidValue(name(field), "is mandatory (missing_" + field + ")");
        }
        return objects;
    }

    List<ChargeFields> objectsOrNone(String field) {
        if (!(value(field).orElse(List.of()) instanceof List<?> list)) {
            throw new InvalidValue(name(field), "must be a list");
        }
        var objects = new ArrayList<ChargeFields>();
        for (int i = 0; i < list.size(); i++) {
            String element = name(field) + "[" + i + "]";
            objects.add(of(element, element + ".", list.get(i)));
        }
        return objects;
    }

    /** A decimal from a JSON text or number, by its characters. */
    static BigDecimal decimal(String name, Object value) {
        return Decimals.parse(name, characters(name, value));
    }

    private static String characters(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Json.Number number) {
            return number.text();
        }
        throw new InvalidValue(name, "must be a decimal");
    }
}
