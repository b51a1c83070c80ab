package com.nexasystems.billing.testkit;

import com.nexasystems.billing.memory.MemoryWebhookTransport;
import com.nexasystems.billing.webhook.Signature;
import com.nexasystems.billing.webhook.WebhookTransport;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The contract of transports, with receivers that are in memory. */
public abstract class MemoryTransportContract extends WebhookTransportContract {

    private final MemoryWebhookTransport memory = new MemoryWebhookTransport();
    private int receivers;

    /** @param right what it is, or what it is made of */
    protected abstract WebhookTransport transport(MemoryWebhookTransport right);

    @Override
    protected final WebhookTransport transport() {
        return transport(memory);
    }

    @Override
    protected final Receiver receiver() {
        URI url = URI.create("https://receiver-" + ++receivers + ".example/hooks");
        return new Receiver() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public void answer(Reply reply) {
                memory.answer(url, new Answer(Optional.of(reply.status()), Optional.ofNullable(reply.headers()
                        .get("Retry-After")).map(Long::parseLong).map(Duration::ofSeconds), reply.body()));
            }

            @Override
            public List<Received> received() {
                return memory.sent(url).stream().map(MemoryTransportContract::received).toList();
            }
        };
    }

    private static Received received(Message message) {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(message.timestamp());
        return new Received(message.id(), timestamp, message.secrets().stream()
                .map(secret -> Signature.of(secret.key(), message.id(), timestamp, body)).collect(Collectors.joining(" ")),
                body);
    }

    @Override
    protected final URI hanging() {
        return silent("hanging");
    }

    @Override
    protected final URI unreachable() {
        return silent("unreachable");
    }

    @Override
    protected final URI breakingOff() {
        return silent("breaking-off");
    }

    @Override
    protected final URI refused() {
        URI url = URI.create("https://refused.example/");
        memory.refuse(url, "is an address of nobody");
        return url;
    }

    private URI silent(String name) {
        URI url = URI.create("https://" + name + ".example/");
        memory.receive(url, message -> {
            throw new IllegalStateException(name);
        });
        return url;
    }
}
