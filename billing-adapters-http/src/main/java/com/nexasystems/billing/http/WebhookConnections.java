package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache's client, with everything off that it does by itself: it follows no redirect, repeats nothing, asks no proxy,
 * keeps no cookies, unpacks nothing, answers no challenge.
 *
 * <p>And it looks up no name: a request brings the address along that was checked; the client connects to that, and names
 * the host in TLS and in the request. Each request has a connection of its own. One that is used again may have been closed
 * by the receiver in the same moment, and an attempt would be lost; and it would lead where the name has led before.
 */
final class WebhookConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("billing.webhooks");
    private static final int LONGEST_LINE = 8 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int IO_THREADS = 2;
    /** How many are under way is limited by endpoint, where those are known: two at one host must not share a limit. */
    private static final int MOST_OF_A_HOST = 4_096;

    /** Every request has its address: should the client ever want another one, it goes nowhere. */
    private static final DnsResolver NO_NAMES = new DnsResolver() {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("no address was checked");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    };

    private final CloseableHttpAsyncClient client;
    private final WebhookSettings settings;
    private final Clock clock;

    WebhookConnections(WebhookSettings settings, SSLContext trust, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = client(settings, trust);
        client.start();
    }

    private static CloseableHttpAsyncClient client(WebhookSettings settings, SSLContext trust) {
        // Its own limits count from one byte to the next, and never come first.
        Timeout limit = Timeout.of(settings.timeLimit().multipliedBy(2));
        return HttpAsyncClientBuilder.create().setConnectionManager(connections(settings, trust))
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(IO_THREADS).setSoTimeout(limit).build())
                .setHttp1Config(Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build())
                .setRoutePlanner((host, context) -> new HttpRoute(host, null, URIScheme.HTTPS.same(host.getSchemeName())))
                .setDefaultRequestConfig(RequestConfig.custom().setRedirectsEnabled(false).setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false).setContentCompressionEnabled(false)
                        .setConnectionRequestTimeout(limit).setResponseTimeout(limit).build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setIoSessionDecorator(session -> limited(session, settings))
                .setIoReactorExceptionCallback(WebhookConnections::broken)
                .setThreadFactory(run -> {
                    var thread = new Thread(run, "webhooks");
                    thread.setDaemon(true);
                    return thread;
                })
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching()
                .disableContentCompression().disableConnectionState().build();
    }

    /**
     * Every connection ends when its message's time is over, if not before. The client alone does not see to that: to
     * cancel a request can miss a connection that is made in the same moment, and its limit of a TLS handshake counts from
     * one byte to the next.
     */
    private static IOSession limited(IOSession session, WebhookSettings settings) {
        CompletableFuture.delayedExecutor(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> session.close(CloseMode.IMMEDIATE));
        return session;
    }

    /** That it was closed while it waited is no news. */
    private static void broken(Exception failure) {
        if (!(failure instanceof ClosedSelectorException)) {
            LOG.error("a thread that sends webhooks has ended", failure);
        }
    }

    private static PoolingAsyncClientConnectionManager connections(WebhookSettings settings, SSLContext trust) {
        return PoolingAsyncClientConnectionManagerBuilder.create().setDnsResolver(NO_NAMES)
                .setTlsStrategy(ClientTlsStrategyBuilder.create().setSslContext(trust).setTlsVersions(TLS.V_1_3, TLS.V_1_2)
                        .buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout())).build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX).setMaxConnPerRoute(MOST_OF_A_HOST).build();
    }

    /**
     * Sends to the first of the addresses that can be reached, and completes the answer. Does not block. Whatever else
     * completes the answer ends the request, and closes its connection.
     */
    void send(SignedRequest request, List<InetAddress> addresses, CompletableFuture<Answer> answer) {
        HttpHost host = request.at(addresses.get(0));
        var reader = new AnswerReader(answer, settings.mostRead(), clock);
        Future<Answer> exchange = client.execute(host, request.producer(host), reader, null, HttpClientContext.create(),
                new FutureCallback<>() {

                    @Override
                    public void completed(Answer result) {
                        answer.complete(result);
                    }

                    @Override
                    public void failed(Exception failure) {
                        if (addresses.size() > 1 && WebhookFailures.isBeforeConnecting(failure) && !answer.isDone()) {
                            send(request, addresses.subList(1, addresses.size()), answer);
                        } else {
                            answer.complete(Answer.none(WebhookFailures.reason(failure)));
                        }
                    }

                    @Override
                    public void cancelled() {
                        answer.complete(Answer.none("the connection broke off before the answer was complete"));
                    }
                });
        answer.whenComplete((any, failure) -> exchange.cancel(true));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
