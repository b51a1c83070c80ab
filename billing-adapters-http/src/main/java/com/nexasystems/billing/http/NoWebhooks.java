package com.nexasystems.billing.http;

import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Of a server that tells nobody. */
final class NoWebhooks implements WebhookTransport {

    private static final String REASON = "this server sends no webhooks";

    @Override
    public Optional<String> body(Endpoint endpoint, Sequenced event) {
        return Optional.empty();
    }

    @Override
    public String ping(Endpoint endpoint, Instant now) {
        return "{}";
    }

    @Override
    public Optional<String> refusal(URI url) {
        return Optional.of(REASON);
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        return CompletableFuture.completedFuture(Answer.none(REASON));
    }
}
