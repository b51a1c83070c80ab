package com.nexasystems.billing.http;

import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A way to receivers who all answer what a test says; they are reached by https only. */
final class StubTransport implements WebhookTransport {

    private volatile int status = 200;

    void answering(int next) {
        status = next;
    }

    @Override
    public Optional<String> body(Endpoint endpoint, Sequenced event) {
        return Optional.of("{\"type\":\"" + event.event().type().code() + "\"}");
    }

    @Override
    public String ping(Endpoint endpoint, Instant now) {
        return "{\"type\":\"ping\"}";
    }

    @Override
    public Optional<String> refusal(URI url) {
        boolean open = "https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null
                && url.getFragment() == null && !url.getHost().equals("localhost");
        return open ? Optional.empty() : Optional.of("is not called");
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        return CompletableFuture.completedFuture(new Answer(Optional.of(status), Optional.empty(), "said the receiver"));
    }
}
