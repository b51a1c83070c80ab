package com.nexasystems.billing.simulator.stripe;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON, of maps, collections, text, whole numbers and truth values. */
final class Json {

    private Json() {
    }

    /** @param namesAndValues a name, its value, the next name and so on; what is an empty text is left out */
    static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!"".equals(namesAndValues[i + 1])) {
                object.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return object;
    }

    static String text(Object value) {
        var text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof Map<?, ?> object) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                quote(text.append(separator), String.valueOf(entry.getKey()));
                append(text.append(':'), entry.getValue());
                separator = ",";
            }
            text.append(object.isEmpty() ? "{}" : "}");
        } else if (value instanceof Collection<?> elements) {
            String separator = "[";
            for (Object element : elements) {
                append(text.append(separator), element);
                separator = ",";
            }
            text.append(elements.isEmpty() ? "[]" : "]");
        } else if (value instanceof String string) {
            quote(text, string);
        } else {
            text.append(value);
        }
    }

    private static void quote(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else if (character < ' ') {
                text.append(String.format("\\u%04x", (int) character));
            } else {
                text.append(character);
            }
        }
        text.append('"');
    }
}
