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

    private JsonReader() {
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

    /** Recursion is as deep as the constraints let it. */
    static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> fields(parser);
            case START_ARRAY -> elements(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Map<String, Object> fields(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, value(parser, parser.nextToken()));
        }
        return fields;
    }

    private static List<Object> elements(JsonParser parser) throws IOException {
        List<Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return elements;
    }
}
