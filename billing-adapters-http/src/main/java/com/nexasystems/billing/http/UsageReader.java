package com.nexasystems.billing.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.nexasystems.billing.usage.UsageSubmission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Usage records on their way in, one by one, without holding the others: a JSON object, an array of them, or one on each
 * line (NDJSON). Numbers stay text.
 */
final class UsageReader implements AutoCloseable {

    private final JsonParser parser;
    private final boolean single;
    private boolean ended;

    private UsageReader(JsonParser parser, boolean single, boolean ended) {
        this.parser = parser;
        this.single = single;
        this.ended = ended;
    }

    /**
     * A record as it was sent.
     *
     * @param submission with the service's own code of the metric
     * @param replace    whether it corrects what is stored under its key
     * @param problem    why it cannot be read; empty if it can
     */
    record Sent(UsageSubmission submission, boolean replace, Optional<Problem> problem) { }

    record Problem(String field, String reason) { }

    /** @param lines whether records stand one after the other, and not in an array */
    static UsageReader of(InputStream body, boolean lines) {
        try {
            JsonParser parser = JsonReader.FACTORY.createParser(body);
            JsonToken first = parser.nextToken();
            if (first == null && !lines) {
                throw ApiError.badRequest("the body is empty");
            }
            if (first == JsonToken.START_ARRAY && !lines) {
                return new UsageReader(parser, false, parser.nextToken() == JsonToken.END_ARRAY);
            }
            if (first != null && first != JsonToken.START_OBJECT) {
                throw ApiError.badRequest("the body is neither a usage record nor a list of them");
            }
            return new UsageReader(parser, !lines, first == null);
        } catch (JsonProcessingException e) {
            throw JsonReader.notJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the body is one record, and no list. */
    boolean isSingle() {
        return single;
    }

    /** The next record; empty after the last one. */
    Optional<Sent> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            Sent sent = read(parser.currentToken());
            JsonToken following = parser.nextToken();
            ended = following == null || following == JsonToken.END_ARRAY;
            if (following == JsonToken.END_ARRAY ? parser.nextToken() != null : single && following != null) {
                throw ApiError.badRequest("there is something after the JSON value");
            }
            return Optional.of(sent);
        } catch (JsonProcessingException e) {
            throw JsonReader.notJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sent read(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            JsonReader.value(parser, token);
            return new Sent(empty(), false, Optional.of(new Problem("record", "is not an object")));
        }
        Fields fields = new Fields();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            fields.put(name, JsonReader.value(parser, parser.nextToken()));
        }
        return record(fields);
    }

    /** The fields that matter, under whichever of their names. A null counts as absent. */
    private static final class Fields {

        private Object subscription;
        private Object metric;
        private Object start;
        private Object end;
        private Object quantity;
        private Object amount;
        private Object properties;
        private Object key;
        private Object replace;
        private Optional<Problem> problem = Optional.empty();

        void put(String name, Object value) {
            switch (name) {
                case "subscription", "external_subscription_id" -> subscription = once(name, subscription, value);
                case "metric", "code" -> metric = once(name, metric, value);
                case "start", "timestamp" -> start = once(name, start, value);
                case "end" -> end = once(name, end, value);
                case "quantity" -> quantity = once(name, quantity, value);
                case "amount" -> amount = once(name, amount, value);
                case "properties" -> properties = once(name, properties, value);
                case "idempotency_key", "transaction_id" -> key = once(name, key, value);
                case "replace" -> replace = once(name, replace, value);
                default -> { }
            }
        }

        private Object once(String name, Object before, Object value) {
            if (before != null && value != null) {
                problem = Optional.of(new Problem(name, "is there twice, under two names"));
            }
            return value == null ? before : value;
        }
    }

    private static Sent record(Fields fields) {
        if (fields.problem.isPresent()) {
            return new Sent(empty(), false, fields.problem);
        }
        try {
            var submission = new UsageSubmission(text("subscription", fields.subscription), text("metric", fields.metric),
                    fields.start == null ? null : time("start", fields.start),
                    Optional.ofNullable(fields.end).map(end -> time("end", end)), text("quantity", fields.quantity),
                    Optional.ofNullable(text("amount", fields.amount)), properties(fields.properties),
                    text("idempotency_key", fields.key));
            return new Sent(submission, Boolean.TRUE.equals(fields.replace), Optional.empty());
        } catch (Unreadable e) {
            return new Sent(empty(), false, Optional.of(e.problem));
        }
    }

    private static UsageSubmission empty() {
        return new UsageSubmission(null, null, null, Optional.empty(), null, Optional.empty(), Map.of(), null);
    }

    private static String text(String field, Object value) {
        return value == null ? null : scalar(field, value);
    }

    private static String scalar(String field, Object value) {
        if (value instanceof String text) {
            return storable(field, text);
        }
        if (value instanceof JsonReader.Number number) {
            return number.text();
        }
        if (value instanceof Boolean flag) {
            return flag.toString();
        }
        throw new Unreadable(field, "is neither text nor a number");
    }

    private static String storable(String field, String text) {
        if (!Texts.isStorable(text)) {
            throw new Unreadable(field, Texts.UNSTORABLE);
        }
        return text;
    }

    /** ISO 8601, a day, or unix seconds with up to nine decimals. */
    static Instant time(String field, Object value) {
        String text = scalar(field, value);
        try {
            if (value instanceof JsonReader.Number || !text.contains("-")) {
                return UnixTime.parse(text);
            }
            return text.length() == 10 ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : IsoTime.parse(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Unreadable(field, "is not a time such as 2026-01-31T10:00:00Z, or unix seconds");
        }
    }

    static Map<String, String> properties(Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> sent)) {
            throw new Unreadable("properties", "is not an object");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        sent.forEach((name, each) -> {
            if (each != null) {
                properties.put(storable("properties", (String) name), each instanceof Map || each instanceof Iterable
                        ? Json.text(each) : scalar("properties." + name, each));
            }
        });
        return properties;
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A field that says nothing that could be recorded. */
    static final class Unreadable extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unreadable(String field, String reason) {
            super(field + ": " + reason);
            this.problem = new Problem(field, reason);
        }

        Problem problem() {
            return problem;
        }
    }
}
