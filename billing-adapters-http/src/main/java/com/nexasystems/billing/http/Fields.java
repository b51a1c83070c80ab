package com.nexasystems.billing.http;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One JSON object that was sent, read field by field. What is wrong is collected, so that {@link #check} can name all of it;
 * a field that is wrong reads as if it were absent. Fields that nobody asks for are ignored.
 */
final class Fields {

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final Map<String, Object> values;
    private final String path;
    private final Map<String, List<String>> problems;
    private final List<String> reasons;

    private Fields(Map<String, Object> values, String path, Map<String, List<String>> problems, List<String> reasons) {
        this.values = values;
        this.path = path;
        this.problems = problems;
        this.reasons = reasons;
    }

    static Fields of(Map<String, Object> values) {
        return new Fields(values, "", new LinkedHashMap<>(), new ArrayList<>());
    }

    /** Whether the field was sent, be it as null. */
    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Whether the field was sent as null. */
    boolean isNull(String name) {
        return has(name) && values.get(name) == null;
    }

    /** The names that were sent. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Text; a number or a truth value reads as its text. Empty text reads as it is. */
    Optional<String> text(String name) {
        return scalar(name).map(Fields::plain).filter(text -> isStorable(name, text));
    }

    /** As {@link #text}; absent, null or blank is a problem. */
    String mandatory(String name) {
        Optional<String> text = text(name).filter(found -> !found.isBlank());
        if (text.isEmpty() && !hasProblem(name)) {
            problem(name, "value_is_mandatory");
        }
        return text.orElse("");
    }

    /** The text of a plain decimal, sent as a number or as text. */
    Optional<BigDecimal> decimal(String name) {
        return scalar(name).flatMap(value -> reading(name, "value_is_invalid", () -> Decimals.parse(name, plain(value))));
    }

    Optional<Long> integer(String name, long least, long most) {
        Optional<BigDecimal> number = decimal(name);
        if (number.isPresent() && number.get().scale() > 0) {
            problem(name, "value_is_invalid");
            return Optional.empty();
        }
        if (number.isPresent() && (number.get().compareTo(BigDecimal.valueOf(least)) < 0
                || number.get().compareTo(BigDecimal.valueOf(most)) > 0)) {
            problem(name, "value_is_out_of_range");
            return Optional.empty();
        }
        return number.map(BigDecimal::longValueExact);
    }

    /** An amount in whole minor units. */
    Optional<Money> cents(String name, Currency currency) {
        return scalar(name).flatMap(value -> reading(name, "value_is_invalid",
                () -> Cents.money(name, currency, plain(value))));
    }

    Optional<Boolean> flag(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return Optional.ofNullable((Boolean) value);
        }
        if (value.equals("true") || value.equals("false")) {
            return Optional.of(value.equals("true"));
        }
        problem(name, "value_is_invalid");
        return Optional.empty();
    }

    /** ISO 8601 with an offset, or a day, which is its first instant in UTC. */
    Optional<Instant> instant(String name) {
        return text(name).filter(text -> !text.isEmpty()).flatMap(text -> reading(name, "invalid_date",
                () -> InvalidValue.checkInstant(name, parse(text))));
    }

    private static Instant parse(String text) {
        return DAY.matcher(text).matches() ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    Optional<LocalDate> date(String name) {
        return text(name).filter(text -> !text.isEmpty()).flatMap(text -> reading(name, "invalid_date", () -> {
            if (!DAY.matcher(text).matches()) {
                throw new DateTimeException("not a day: " + text);
            }
            return LocalDate.parse(text);
        }));
    }

    /** An ISO 4217 code of a currency with a minor unit. */
    Optional<Currency> currency(String name) {
        return text(name).filter(text -> !text.isEmpty()).flatMap(text -> reading(name, "value_is_invalid", () -> {
            Currency currency = Currency.getInstance(text);
            if (currency.getDefaultFractionDigits() < 0) {
                throw new IllegalArgumentException(text + " has no minor unit");
            }
            return currency;
        }));
    }

    /** One of some words. */
    <T> Optional<T> choice(String name, Map<String, T> words) {
        Optional<String> text = text(name).filter(found -> !found.isEmpty());
        if (text.isPresent() && !words.containsKey(text.get())) {
            problem(name, "value_is_invalid", "is one of " + words.keySet().stream().sorted().toList());
        }
        return text.map(words::get);
    }

    /** What is inside an object that was sent; its problems are named with the path to them. */
    Optional<Fields> object(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return inside(name, name, value);
    }

    /** The objects of a list; empty if it is absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        List<Object> elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            inside(name, name + "[" + i + "]", elements.get(i)).ifPresent(objects::add);
        }
        return objects;
    }

    /** The texts of a list; empty if it is absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : elements(name)) {
            if (isScalar(element) && isStorable(name, plain(element))) {
                texts.add(plain(element));
            } else {
                problem(name, "value_is_invalid");
            }
        }
        return texts;
    }

    /** An object of texts, numbers and truth values, as texts; what is null is left out. */
    Map<String, String> textMap(String name) {
        Map<String, String> map = new LinkedHashMap<>();
        object(name).ifPresent(object -> object.values.forEach((key, value) -> {
            if (value != null) {
                object.text(key).ifPresent(text -> map.put(key, text));
            }
        }));
        return map;
    }

    /** The value as it was read, for keeping it. */
    Object raw(String name) {
        return values.get(name);
    }

    /** The same fields, whose problems are named as if they stood alone. */
    Fields detached() {
        return Fields.of(values);
    }

    /** How errors name a field: with the path to it. */
    String name(String field) {
        return path + field;
    }

    void problem(String field, String code) {
        problem(field, code, code.replace('_', ' '));
    }

    void problem(String field, String code, String reason) {
        problems.computeIfAbsent(path + field, any -> new ArrayList<>()).add(code);
        reasons.add(path + field + ": " + reason);
    }

    boolean hasProblem(String field) {
        return problems.containsKey(path + field);
    }

    /** @throws ApiError 422 that names everything that is wrong so far */
    void check() {
        if (!problems.isEmpty()) {
            throw ApiError.invalid(problems, String.join("; ", reasons));
        }
    }

    private Optional<Fields> inside(String field, String place, Object value) {
        if (value instanceof Map<?, ?> object) {
            Map<String, Object> inner = new LinkedHashMap<>();
            object.forEach((key, each) -> inner.put((String) key, each));
            return Optional.of(new Fields(inner, path + place + ".", problems, reasons));
        }
        problem(field, "value_is_invalid", "is not an object");
        return Optional.empty();
    }

    private List<Object> elements(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        problem(name, "value_is_invalid", "is not a list");
        return List.of();
    }

    private Optional<Object> scalar(String name) {
        Object value = values.get(name);
        if (value == null || isScalar(value)) {
            return Optional.ofNullable(value);
        }
        problem(name, "value_is_invalid");
        return Optional.empty();
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof JsonReader.Number || value instanceof Boolean;
    }

    private static String plain(Object value) {
        return value instanceof JsonReader.Number number ? number.text() : value.toString();
    }

    private boolean isStorable(String name, String text) {
        boolean storable = Texts.isStorable(text);
        if (!storable) {
            problem(name, "value_is_invalid", Texts.UNSTORABLE);
        }
        return storable;
    }

    private <T> Optional<T> reading(String name, String code, Supplier<T> parsed) {
        try {
            return Optional.of(parsed.get());
        } catch (InvalidValue e) {
            problem(name, code, e.reason());
        } catch (ApiError e) {
            problem(name, code, e.getMessage());
        } catch (DateTimeParseException e) {
            problem(name, code, "is not a time such as 2026-01-31T10:00:00Z");
        } catch (DateTimeException | IllegalArgumentException e) {
            problem(name, code);
        }
        return Optional.empty();
    }
}
