package com.nexasystems.billing.memory;

import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * Receivers that are functions; whoever is not given one takes everything. Remembers what was sent. Its bodies are words:
 * the event's type, its sequence number, whose it is, and its data.
 */
public final class MemoryWebhookTransport implements WebhookTransport {

    private static final Answer TAKEN = new Answer(Optional.of(200), Optional.empty(), "");

    private final Map<URI, Function<Message, CompletableFuture<Answer>>> receivers = new ConcurrentHashMap<>();
    private final Map<URI, String> refused = new ConcurrentHashMap<>();
    private final Queue<Message> sent = new ConcurrentLinkedQueue<>();

    /** @param receiver answers at once, or later, or throws: then there was no answer */
    public void receive(URI url, Function<Message, CompletableFuture<Answer>> receiver) {
        receivers.put(url, receiver);
    }

    /** From now on, that is what is answered there. */
    public void answer(URI url, Answer answer) {
        receive(url, message -> CompletableFuture.completedFuture(answer));
    }

    /** From now on, nothing is sent there. */
    public void refuse(URI url, String reason) {
        refused.put(url, reason);
    }

    /** What was sent there, the earliest first. */
    public List<Message> sent(URI url) {
        return sent.stream().filter(message -> message.endpoint().url().equals(url)).toList();
    }

    /** As if Lago had no event of reconciliations, which is so. */
    @Override
    public Optional<String> body(Endpoint endpoint, Sequenced event) {
        if (endpoint.format() == Endpoint.Format.LAGO && event.event().type() == EventType.RECONCILIATION_DELTA) {
            return Optional.empty();
        }
        return Optional.of(String.join(" ", event.event().type().code(), Long.toString(event.sequence()),
                event.event().subscription().toString(), event.event().data().toString()));
    }

    @Override
    public String ping(Endpoint endpoint, Instant now) {
        return "ping " + now;
    }

    @Override
    public Optional<String> refusal(URI url) {
        return Optional.ofNullable(refused.get(url));
    }

    @Override
    public CompletableFuture<Answer> send(Message message) {
        URI url = message.endpoint().url();
        Optional<String> refusal = refusal(url);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(Answer.none(refusal.get()));
        }
        sent.add(message);
        return received(message).exceptionally(failure -> Answer.none(failure.toString()));
    }

    private CompletableFuture<Answer> received(Message message) {
        try {
            return receivers.getOrDefault(message.endpoint().url(), any -> CompletableFuture.completedFuture(TAKEN))
                    .apply(message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
