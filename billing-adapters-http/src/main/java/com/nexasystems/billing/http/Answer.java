package com.nexasystems.billing.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a route answers.
 *
 * @param type    content type; empty where there is no body
 * @param headers beside the content type
 * @param stream  what is sent instead of the body, as it is read; for what is too large to hold
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers, Optional<InputStream> stream) {

    static final String JSON = "application/json; charset=utf-8";

    Answer(int status, String type, byte[] body, Map<String, String> headers) {
        this(status, type, body, headers, Optional.empty());
    }

    static Answer ok(Object json) {
        return of(200, json);
    }

    static Answer of(int status, Object json) {
        return new Answer(status, JSON, Json.bytes(json), Map.of());
    }

    static Answer of(ApiError error) {
        return of(error.status(), error.json());
    }

    /** 200 without a body. */
    static Answer empty() {
        return new Answer(200, "", new byte[0], Map.of());
    }

    static Answer text(String text) {
        return new Answer(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer file(byte[] content, String type, String name) {
        return new Answer(200, type, content, named(name));
    }

    /** A file that is read while it is sent, and closed after that. */
    static Answer file(InputStream content, String type, String name) {
        return new Answer(200, type, new byte[0], named(name), Optional.of(content));
    }

    private static Map<String, String> named(String name) {
        return Map.of("Content-Disposition", "inline; filename=\"" + name + "\"");
    }

    boolean isSuccess() {
        return status < 300;
    }
}
