package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the API answered. */
record Reply(String request, int status, HttpHeaders headers, byte[] bytes) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Reply of(String method, String path, String body, HttpResponse<byte[]> response) {
        return new Reply(method + " " + path + " " + body, response.statusCode(), response.headers(), response.body());
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return bytes.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text(), e);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** @param pointer such as {@code /customer/external_id} */
    JsonNode at(String pointer) {
        return json().at(pointer);
    }

    Reply ok() {
        return is(200);
    }

    Reply is(int expected) {
        assertThat(status).as(request + "\n" + text()).isEqualTo(expected);
        return this;
    }

    Reply isNotFound(String code) {
        is(404);
        assertThat(at("/code").asText()).isEqualTo(code);
        return this;
    }

    Reply isNotAllowed(String code) {
        is(405);
        assertThat(at("/code").asText()).isEqualTo(code);
        return this;
    }

    /** 422 with this code for this field. */
    Reply isInvalid(String field, String code) {
        is(422);
        assertThat(at("/code").asText()).isEqualTo("validation_errors");
        assertThat(json().path("error_details").path(field).toString()).as(text()).contains("\"" + code + "\"");
        return this;
    }
}
