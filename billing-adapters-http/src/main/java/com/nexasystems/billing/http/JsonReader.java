package com.nexasystems.billing.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON on its way in: maps, lists, texts, booleans and {@link Number}s. A number stays the text it is, because neither
 * {@code double} nor {@code BigDecimal} can be trusted with what a stranger wrote.
 */
final class JsonReader {

    /** Of everything that is read: nesting, the length of a number and of a name. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).maxNumberLength(100)
                    .maxNameLength(1000).maxStringLength(1 << 20).build())
            .build();

    /** A value takes many times the memory of its text. */
    private static final int MOST_VALUES = 200_000;

    private final JsonParser parser;
    private int values;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    /** A number as it was written. */
    record Number(String text) { }

    /** @throws ApiError 400, if the text is not one JSON value */
    static Object read(InputStream body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw ApiError.badRequest("the body is empty");
            }
            Object value = value(parser, first);
            if (parser.nextToken() != null) {
                throw ApiError.badRequest("there is something after the JSON value");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ApiError notJson(JsonProcessingException e) {
        return ApiError.badRequest("the body is not valid JSON: " + withoutAdvice(e.getOriginalMessage()));
    }

    /** The parser's advice is for whoever programs it. */
    private static String withoutAdvice(String message) {
        return message.replaceFirst("(?s)(: enable |, from )?[`\\[].*", "").strip();
    }

    /** @throws ApiError 400, if it is made of more values than anything needs */
    static Object value(JsonParser parser, JsonToken token) throws IOException {
        return new JsonReader(parser).value(token);
    }

    /** Recursion is as deep as the constraints let it. */
    private Object value(JsonToken token) throws IOException {
        if (++values > MOST_VALUES) {
            throw ApiError.badRequest("the body is made of more than " + MOST_VALUES + " values");
        }
        return switch (token) {
            case START_OBJECT -> fields();
            case START_ARRAY -> elements();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private Map<String, Object> fields() throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, value(parser.nextToken()));
        }
        return fields;
    }

    private List<Object> elements() throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token));
        }
        return elements;
    }
}
