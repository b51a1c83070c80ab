package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointUrl;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Webhooks over HTTPS. Calls public addresses and no others, whatever a name leads to when a message is sent; follows no
 * redirect, uses no proxy, repeats nothing by itself, and waits no longer than its settings say.
 *
 * <p>One is enough for a process. It can be used by several threads at once.
 */
public final class HttpWebhooks implements WebhookTransport, AutoCloseable {

    private static final String STOPPED = "sending has stopped";

    private final WebhookBodies bodies;
    private final WebhookSettings settings;
    private final Lookups lookups;
    private final WebhookConnections connections;
    private final Set<CompletableFuture<Answer>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HttpWebhooks(Billing billing, WebhookSettings settings, Lookups.Names names, SSLContext trust) {
        this.bodies = new WebhookBodies(billing);
        this.settings = settings;
        this.lookups = new Lookups(names, settings.guard());
        this.connections = new WebhookConnections(settings, trust, billing.clock());
    }

    /** Trusts whom the JDK trusts. */
    public static HttpWebhooks open(Billing billing, WebhookSettings settings) {
        return open(billing, settings, SSLContexts.createDefault());
    }

    /** @param trust whose certificates are trusted */
    public static HttpWebhooks open(Billing billing, WebhookSettings settings, SSLContext trust) {
        return open(billing, settings, trust, Lookups.Names.OF_THE_MACHINE);
    }

    static HttpWebhooks open(Billing billing, WebhookSettings settings, SSLContext trust, Lookups.Names names) {
        return new HttpWebhooks(billing, settings, names, trust);
    }

    @Override
    public Optional<String> body(Endpoint endpoint, Sequenced event) {
        return bodies.of(endpoint, event);
    }

    @Override
    public String ping(Endpoint endpoint, Instant now) {
        return bodies.ping(endpoint, now);
    }

    /**
     * A name without an address, or whose look-up takes too long, is not refused: it is looked up again whenever it is
     * called.
     */
    @Override
    public Optional<String> refusal(URI url) {
        Optional<String> said = EndpointUrl.refusal(url.toString(), settings.guard());
        return said.isPresent() ? said : hostRefusal(url.getHost());
    }

    private Optional<String> hostRefusal(String host) {
        try {
            lookups.of(host).get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return e.getCause() instanceof NeverCalled ? Optional.of(e.getCause().getMessage()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("could not be checked");
        }
    }

    /** What hangs on the answer runs on a thread that others need: it does not block. */
    @Override
    public CompletableFuture<Answer> send(Message message) {
        var answer = new CompletableFuture<Answer>();
        underWay.add(answer);
        answer.whenComplete((any, failure) -> underWay.remove(answer));
        if (closed) {
            answer.complete(Answer.none(STOPPED));
            return answer;
        }
        answer.completeOnTimeout(Answer.none("no answer within " + settings.timeLimit().toMillis() + " ms"),
                settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        try {
            begin(message, answer);
        } catch (RuntimeException e) {
            answer.complete(Answer.none(WebhookFailures.reason(e)));
        }
        return answer;
    }

    private void begin(Message message, CompletableFuture<Answer> answer) {
        URI url = message.endpoint().url();
        EndpointUrl.refusal(url.toString(), settings.guard()).ifPresent(reason -> {
            throw new NeverCalled(reason);
        });
        var request = new SignedRequest(message);
        lookups.of(url.getHost()).thenAccept(addresses -> call(request, addresses, answer)).exceptionally(failure -> {
            answer.complete(Answer.none(WebhookFailures.reason(failure)));
            return null;
        });
    }

    private void call(SignedRequest request, List<InetAddress> addresses, CompletableFuture<Answer> answer) {
        if (!answer.isDone()) {
            connections.send(request, addresses, answer);
        }
    }

    /** Ends what is under way: it has no answer then. */
    @Override
    public void close() {
        closed = true;
        lookups.close();
        connections.close();
        underWay.forEach(answer -> answer.complete(Answer.none(STOPPED)));
    }
}
