package com.nexasystems.billing.simulator.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The HTTP side: who may call, what goes wrong, and keys. */
final class Server {

    private static final int LOGGED = 100_000;
    private static final String PAGE = "<html><body><h1>%d</h1>somebody in between</body></html>";

    static {
        // The JDK's server sends an answer in two parts, and would wait 40 ms for the first one to arrive. Read once, when
        // the JVM makes its first server.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-stripe");
        thread.setDaemon(true);
        return thread;
    });
    private final String secretKey;
    private final StripeFaults faults;
    private final Keys keys;
    private final Function<Request, Reply> work;
    private final Deque<Request> log = new ArrayDeque<>();
    private int requests;

    private Server(HttpServer http, String secretKey, StripeFaults faults, Keys keys, Function<Request, Reply> work) {
        this.http = http;
        this.secretKey = secretKey;
        this.faults = faults;
        this.keys = keys;
        this.work = work;
    }

    /** @param work done under no lock of this server's */
    static Server started(String secretKey, StripeFaults faults, Keys keys, Function<Request, Reply> work) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new Server(http, secretKey, faults, keys, work);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String base() {
        return "http://" + http.getAddress().getAddress().getHostAddress() + ":" + http.getAddress().getPort();
    }

    void stop() {
        http.stop(0);
        threads.shutdownNow();
    }

    List<Request> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = request(exchange);
            int number = logged(request);
            StripeFault fault = faults.with(request);
            exchange.getResponseHeaders().set("Request-Id", "req_fake" + number);
            boolean known = ("Bearer " + secretKey).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            answer(exchange, known ? request : request.withoutRight(), fault);
        }
    }

    private static Request request(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Request.of(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), form.isEmpty() ? query : form,
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key")).orElse(""));
    }

    private int logged(Request request) {
        synchronized (log) {
            if (log.size() == LOGGED) {
                log.remove();
            }
            log.add(request);
            requests++;
            return requests;
        }
    }

    /** Without an answer, the connection is closed: the exchange is. */
    private void answer(HttpExchange exchange, Request request, StripeFault fault) throws IOException {
        switch (fault) {
            case NONE -> send(exchange, done(request, fault));
            case LOST_BEFORE_WORK -> { }
            case LOST_AFTER_WORK -> done(request, fault);
            case SLOW -> send(exchange, done(request, fault));
            case CUT_OFF -> cutOff(exchange, done(request, fault).body());
            case CONFLICT -> send(exchange, Keys.inUse(request.key()).reply());
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, Refused.notBegun(429, "invalid_request_error", "rate_limit",
                        "Too many requests hit the API too quickly.").reply());
            }
            case RATE_LIMITED_BY_PROXY -> page(exchange, 429);
            case ERROR_BEFORE_WORK, ERROR_AFTER_WORK -> send(exchange, done(request, fault));
            case UNAVAILABLE -> page(exchange, 503);
            case BAD_GATEWAY -> {
                done(request, fault);
                page(exchange, 502);
            }
            case BAD_GATEWAY_EMPTY -> {
                done(request, fault);
                send(exchange, 502, "application/json", "");
            }
            case EMPTY -> {
                done(request, fault);
                send(exchange, 200, "application/json", "");
            }
            case HALF_JSON -> {
                String body = done(request, fault).body();
                send(exchange, 200, "application/json", body.substring(0, body.length() / 2));
            }
            case MORE_OF_NOTHING -> send(exchange, Reply.of(Json.object("object", "list", "has_more", true,
                    "data", List.of())));
            case FOREIGN_PAGE -> page(exchange, 200);
        }
    }

    /** With what the key's first answer was, if there was one. */
    private Reply done(Request request, StripeFault fault) {
        if (!request.isPost() || request.key().isEmpty() || !request.hasRight()) {
            return slow(fault, worked(request, fault));
        }
        try {
            return keys.begin(request).map(Reply::again).orElseGet(() -> {
                Reply reply = slow(fault, worked(request, fault));
                keys.end(request, reply);
                return reply;
            });
        } catch (Refused e) {
            return e.reply();
        }
    }

    private Reply worked(Request request, StripeFault fault) {
        var error = new Reply(500, Json.text(Json.object("error", Refused.error("api_error", "", "",
                "An unknown error occurred"))), true, false);
        if (fault == StripeFault.ERROR_BEFORE_WORK) {
            return error;
        }
        Reply reply = work.apply(request);
        return fault == StripeFault.ERROR_AFTER_WORK && reply.kept() ? error : reply;
    }

    private Reply slow(StripeFault fault, Reply reply) {
        if (fault == StripeFault.SLOW) {
            try {
                Thread.sleep(faults.slowness().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return reply;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.replayed()) {
            exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
        }
        send(exchange, reply.status(), "application/json", reply.body());
    }

    private static void page(HttpExchange exchange, int status) throws IOException {
        send(exchange, status, "text/html", String.format(PAGE, status));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void cutOff(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
        exchange.getResponseBody().flush();
    }
}
