package com.nexasystems.billing.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param type    content type; empty where there is no body
 * @param headers beside the content type
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {

    static final String JSON = "application/json; charset=utf-8";

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
        return new Answer(200, type, content, Map.of("Content-Disposition", "inline; filename=\"" + name + "\""));
    }

    boolean isSuccess() {
        return status < 300;
    }
}
