package com.nexasystems.billing.simulator.lago;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON, of maps, collections, text, numbers, truth values and null. */
final class Json {

    private Json() {
    }

    /** @param namesAndValues a name, its value, the next name and so on */
    static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static String text(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ":" + text(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Iterable<?> elements) {
            var joined = new StringBuilder();
            elements.forEach(element -> joined.append(joined.isEmpty() ? "" : ",").append(text(element)));
            return "[" + joined + "]";
        }
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return text.codePoints().mapToObj(Json::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            return "\\" + (char) codePoint;
        }
        return codePoint < ' ' ? String.format("\\u%04x", codePoint) : Character.toString(codePoint);
    }
}
