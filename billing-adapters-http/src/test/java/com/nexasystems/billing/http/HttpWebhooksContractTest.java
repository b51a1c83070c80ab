package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.testkit.TestClock;
import com.nexasystems.billing.testkit.WebhookTransportContract;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpWebhooksContractTest extends WebhookTransportContract {

    @RegisterExtension
    final Opened opened = new Opened();

    @Override
    protected WebhookTransport transport() {
        return opened.open(HttpWebhooks.open(Billing.inMemory(TestClock.startingAt("2026-03-01T00:00:00Z")),
                WebhookSettings.DEFAULT.allowingLoopback(true).within(Duration.ofSeconds(1), Duration.ofSeconds(2))));
    }

    @Override
    protected Receiver receiver() {
        WebhookReceiver receiver = opened.open(WebhookReceiver.http());
        receiver.answers(200, java.util.Map.of(), "");
        return new Receiver() {

            private final List<Received> received = new ArrayList<>();

            @Override
            public URI url() {
                return receiver.url("/hook");
            }

            @Override
            public void answer(Reply reply) {
                receiver.answers(reply.status(), reply.headers(), reply.body());
            }

            @Override
            public List<Received> received() {
                for (var next = receiver.received.poll(); next != null; next = receiver.received.poll()) {
                    received.add(new Received(next.header("webhook-id"), next.header("webhook-timestamp"),
                            next.header("webhook-signature"), next.body()));
                }
                return List.copyOf(received);
            }
        };
    }

    @Override
    protected URI hanging() {
        return opened.open(RawReceiver.answering(connection -> connection.getInputStream().read())).url("/");
    }

    @Override
    protected URI unreachable() {
        try (var closed = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected URI breakingOff() {
        return opened.open(RawReceiver.answering(connection -> RawReceiver.write(connection, "HTTP/1.1 200 OK\r\nContent-Le")))
                .url("/");
    }

    @Override
    protected URI refused() {
        return URI.create("https://169.254.169.254/latest/meta-data/");
    }
}
