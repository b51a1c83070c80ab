package com.nexasystems.billing.stripe;

import com.stripe.Stripe;
import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends each request that changes something once, and knows whether it has left. A GET may be repeated by the JDK.
 *
 * <p>The SDK's own transport is {@code HttpURLConnection}. That resends a POST by itself when the connection dies, so that a
 * refused connection may follow a request that has arrived; and its timeout begins anew with each byte. It also writes a
 * file to tell Stripe's telemetry who we are, unless a static field is changed for the whole process. None of that happens
 * here.
 */
final class StripeTransport extends com.stripe.net.HttpClient {

    private static final Set<String> NOT_SENT = Set.of("x-stripe-client-telemetry", "x-stripe-client-user-agent");

    private final HttpClient http;
    private final Duration answerTimeout;

    StripeTransport(StripeSettings settings) {
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout()).build();
        this.answerTimeout = settings.answerTimeout();
    }

    /** @throws ApiConnectionException whose cause is what happened, as {@link HttpClient} tells it */
    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        HttpResponse<byte[]> answer = answer(http.sendAsync(toSend(request), BodyHandlers.ofByteArray()));
        return new StripeResponse(answer.statusCode(), HttpHeaders.of(answer.headers().map()),
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static HttpRequest toSend(StripeRequest request) {
        var builder = HttpRequest.newBuilder(URI.create(request.url().toString()));
        request.headers().map().entrySet().stream()
                .filter(header -> !NOT_SENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .forEach(header -> builder.setHeader(header.getKey(), String.join(",", header.getValue())));
        builder.setHeader("User-Agent", "Stripe/v1 JavaBindings/" + Stripe.VERSION);
        if (request.content() == null) {
            return builder.method(request.method().name(), BodyPublishers.noBody()).build();
        }
        return builder.setHeader("Content-Type", request.content().contentType())
                .method(request.method().name(), BodyPublishers.ofByteArray(request.content().byteArrayContent())).build();
    }

    /** In time as a whole: the timeout of a {@link HttpRequest} ends where the body begins. */
    private HttpResponse<byte[]> answer(CompletableFuture<HttpResponse<byte[]>> underWay) throws ApiConnectionException {
        try {
            return underWay.get(answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (TimeoutException e) {
            underWay.cancel(true);
            throw failed(new IOException("no answer within " + answerTimeout));
        } catch (InterruptedException e) {
            underWay.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private static ApiConnectionException failed(Throwable cause) {
        return new ApiConnectionException("Stripe has not answered", cause);
    }
}
