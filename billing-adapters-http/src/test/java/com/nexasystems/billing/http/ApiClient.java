package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Talks to the API. Bodies are JSON texts, in which a quote may be written as an apostrophe. */
final class ApiClient {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final String origin;
    private final Map<String, String> headers;

    ApiClient(String origin, Map<String, String> headers) {
        this.origin = origin;
        this.headers = headers;
    }

    ApiClient with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new ApiClient(origin, more);
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String json) {
        return send("POST", path, json.replace('\'', '"'));
    }

    Reply put(String path, String json) {
        return send("PUT", path, json.replace('\'', '"'));
    }

    Reply delete(String path) {
        return send("DELETE", path, "");
    }

    /** The answer when the attempt that it tells of has ended. */
    Reply settled(String path) {
        for (long began = System.nanoTime(); System.nanoTime() - began < PATIENCE.toNanos(); ) {
            Reply reply = get(path).ok();
            String status = reply.at("/attempt/status").asText();
            if (!status.equals("queued") && !status.equals("running")) {
                return reply;
            }
            pause();
        }
        throw new AssertionError(path + " does not settle");
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param path under the base path, or from the root if it begins with two slashes */
    Reply send(String method, String path, String body) {
        String full = path.startsWith("//") ? path.substring(1) : BillingApi.BASE + path;
        var request = HttpRequest.newBuilder(URI.create(origin + full))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = ApiServer.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            Reply reply = Reply.of(method, full, body, response);
            if (full.startsWith(BillingApi.BASE) && !full.contains("openapi.json")) {
                assertThat(Contract.OURS.violations(method, path.replaceAll("\\?.*", ""), reply))
                        .as(reply.request() + "\n" + reply.text()).isEmpty();
            }
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
