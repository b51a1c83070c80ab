package com.nexasystems.billing.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** A JSON object on its way out; its fields keep their order. Decimals are handed in as text, whole numbers as numbers. */
final class Json extends LinkedHashMap<String, Object> {

    private static final long serialVersionUID = 1L;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {
    }

    /** Names and values in turn. */
    static Json object(Object... namesAndValues) {
        Json json = new Json();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            json.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return json;
    }

    Json with(String name, Object value) {
        put(name, value);
        return this;
    }

    /** The fields of the other after its own. */
    Json withAll(Json other) {
        putAll(other);
        return this;
    }

    /** As it goes over the wire. */
    static byte[] bytes(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written", e);
        }
    }
}
