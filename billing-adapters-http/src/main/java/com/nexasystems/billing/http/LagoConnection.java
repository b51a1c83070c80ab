package com.nexasystems.billing.http;

import com.nexasystems.billing.http.LagoFailure.Kind;
import io.github.bucket4j.Bucket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to Lago: not more often than agreed, not longer than allowed, not more bytes than there is room for. Follows no
 * redirect, with which the key would go elsewhere; asks no proxy; repeats nothing by itself.
 */
final class LagoConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("billing.lago");
    private static final String AGENT = "nexa-billing-ledger/1";
    private static final String RESET = "x-ratelimit-reset";
    private static final String STOPPED = "asking has stopped";
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final CloseableHttpAsyncClient client;
    private final LagoSettings settings;
    private final HttpHost host;
    private final Bucket bucket;
    private volatile boolean closed;

    LagoConnection(LagoSettings settings) {
        this.settings = settings;
        this.host = HttpHost.create(settings.base());
        this.bucket = Bucket.builder().addLimit(limit -> limit.capacity(settings.perSecond())
                .refillGreedy(settings.perSecond(), Duration.ofSeconds(1))).build();
        this.client = client();
        client.start();
    }

    private CloseableHttpAsyncClient client() {
        // Its own limits count from one byte to the next, and never come first.
        Timeout limit = Timeout.of(settings.timeLimit().multipliedBy(2));
        return HttpAsyncClientBuilder.create().setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setValidateAfterInactivity(TimeValue.of(IDLE)).build())
                        .setMaxConnPerRoute(settings.concurrency() + 1).build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setSoTimeout(limit).build())
                .setDefaultRequestConfig(RequestConfig.custom().setRedirectsEnabled(false).setAuthenticationEnabled(false)
                        .setProtocolUpgradeEnabled(false).setContentCompressionEnabled(false)
                        .setConnectionRequestTimeout(limit).setResponseTimeout(limit).build())
                .setIoReactorExceptionCallback(this::broken)
                .setThreadFactory(run -> {
                    var thread = new Thread(run, "lago");
                    thread.setDaemon(true);
                    return thread;
                })
                .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching()
                .disableContentCompression().disableConnectionState().build();
    }

    /**
     * Waits for the answer, whatever it is.
     *
     * @param path after the API's root, with what is asked
     */
    LagoAnswer get(String path) throws LagoFailure {
        try {
            bucket.asBlocking().consume(1);
            return answer(client.execute(request(path), new Reader(settings.mostRead()), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LagoFailure(Kind.CLOSED, STOPPED);
        } catch (IllegalStateException e) {
            // Closed meanwhile; that a request was cancelled is one as well.
            throw new LagoFailure(Kind.CLOSED, STOPPED);
        }
    }

    private AsyncRequestProducer request(String path) {
        return AsyncRequestBuilder.get().setHttpHost(host).setPath(settings.root() + path)
                .addHeader(HttpHeaders.AUTHORIZATION, "Bearer " + settings.key())
                .addHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType())
                .addHeader(HttpHeaders.USER_AGENT, AGENT).build();
    }

    private LagoAnswer answer(Future<LagoAnswer> asked) throws LagoFailure, InterruptedException {
        try {
            return asked.get(settings.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LagoFailure(Kind.FAILED, "no answer within " + settings.timeLimit().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new LagoFailure(Kind.FAILED, e.getCause() instanceof TooLarge ? e.getCause().getMessage()
                    : "no answer of Lago: " + WebhookFailures.reason(e.getCause()));
        } finally {
            asked.cancel(true);
        }
    }

    /** That its thread stumbles over what was closed under it is no news. */
    private void broken(Exception failure) {
        if (!closed) {
            LOG.error("the thread that asks Lago has ended", failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
    }

    /** More bytes than there is room for. */
    private static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        private TooLarge(int most) {
            super("the answer is larger than " + most + " bytes");
        }
    }

    private static final class Reader extends AbstractBinResponseConsumer<LagoAnswer> {

        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private HttpResponse head;

        private Reader(int most) {
            this.most = most;
        }

        @Override
        protected void start(HttpResponse response, ContentType type) {
            head = response;
        }

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        protected void data(ByteBuffer source, boolean end) throws IOException {
            if (source.remaining() > most - bytes.size()) {
                throw new TooLarge(most);
            }
            byte[] piece = new byte[source.remaining()];
            source.get(piece);
            bytes.writeBytes(piece);
        }

        @Override
        protected LagoAnswer buildResult() {
            Optional<String> retryAfter = Stream.of(HttpHeaders.RETRY_AFTER, RESET).map(head::getFirstHeader)
                    .filter(header -> header != null).map(header -> header.getValue()).findFirst();
            return new LagoAnswer(head.getCode(), retryAfter, bytes.toByteArray());
        }

        @Override
        public void releaseResources() {
            // Bytes in memory only.
        }
    }
}
