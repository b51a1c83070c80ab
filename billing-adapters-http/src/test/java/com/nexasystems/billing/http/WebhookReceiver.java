package com.nexasystems.billing.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A receiver of webhooks: keeps what it is sent, and answers what a test says; at first 204. */
final class WebhookReceiver implements AutoCloseable {

    /** What a receiver answers. */
    interface Behaviour {

        void answer(HttpExchange exchange) throws IOException;
    }

    /** What it was sent. */
    record Received(String method, String target, Map<String, List<String>> headers, byte[] body, String localAddress) {

        String header(String name) {
            return headers.getOrDefault(name.substring(0, 1).toUpperCase() + name.substring(1), List.of("")).get(0);
        }
    }

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final AtomicReference<Behaviour> behaviour = new AtomicReference<>(exchange -> exchange.sendResponseHeaders(204, -1));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final boolean https;

    private WebhookReceiver(HttpServer server, boolean https) {
        this.server = server;
        this.https = https;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static WebhookReceiver http() {
        return http("127.0.0.1");
    }

    static WebhookReceiver http(String address) {
        try {
            return new WebhookReceiver(HttpServer.create(new InetSocketAddress(address, 0), 0), false);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static WebhookReceiver https() {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.SHARED.ofTheReceiver()));
            return new WebhookReceiver(server, true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url(String path) {
        return on("127.0.0.1", path);
    }

    URI on(String host, String path) {
        return URI.create((https ? "https://" : "http://") + host + ":" + port() + path);
    }

    void answers(Behaviour next) {
        behaviour.set(next);
    }

    void answers(int status, Map<String, String> headers, String body) {
        answers(exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    Received next() {
        try {
            Received next = received.poll(1, TimeUnit.MINUTES);
            if (next == null) {
                throw new AssertionError("nothing was received");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestBody().readAllBytes(),
                exchange.getLocalAddress().getAddress().getHostAddress()));
        try (exchange) {
            behaviour.get().answer(exchange);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
