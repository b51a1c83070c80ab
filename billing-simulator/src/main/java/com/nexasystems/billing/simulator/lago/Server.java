package com.nexasystems.billing.simulator.lago;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The HTTP side: who may ask, and what goes wrong. */
final class Server {

    private static final String PAGE = "<html><body><h1>somebody in between</h1></body></html>";
    private static final String JSON = "application/json; charset=utf-8";
    private static final int RESET_SECONDS = 7;

    static {
        // The JDK's server sends an answer in two parts, and would wait 40 ms for the first one to arrive. Read once, when
        // the JVM makes its first server.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fake-lago");
        thread.setDaemon(true);
        return thread;
    });
    private final String key;
    private final LagoFaults faults;
    private final BiFunction<String, Map<String, String>, Reply> work;
    private final List<String> log = new ArrayList<>();

    record Reply(int status, String body) {

        static Reply error(int status, String error, String code) {
            return new Reply(status, Json.text(Json.object("status", status, "error", error, "code", code)));
        }
    }

    private Server(HttpServer http, String key, LagoFaults faults, BiFunction<String, Map<String, String>, Reply> work) {
        this.http = http;
        this.key = key;
        this.faults = faults;
        this.work = work;
    }

    static Server started(String key, LagoFaults faults, BiFunction<String, Map<String, String>, Reply> work) {
        try {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new Server(http, key, faults, work);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":" + http.getAddress().getPort());
    }

    void stop() {
        http.stop(0);
        threads.shutdownNow();
    }

    List<String> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** Without an answer, the connection is closed: the exchange is. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestURI().toString();
            synchronized (log) {
                log.add(request);
            }
            boolean known = ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Optional<LagoFault> fault = faults.with(request);
            if (!known || fault.isPresent()) {
                fail(exchange, known ? fault.get() : LagoFault.UNAUTHORIZED);
            } else {
                send(exchange, done(exchange));
            }
        }
    }

    private Reply done(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream().flatMap(text -> Stream.of(text.split("&")))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> query.merge(decoded(pair[0]), decoded(pair[1]), (one, other) -> one + "," + other));
        return work.apply(exchange.getRequestURI().getPath(), query);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private void fail(HttpExchange exchange, LagoFault fault) throws IOException {
        switch (fault) {
            case UNAUTHORIZED -> send(exchange, new Reply(401, "{\"status\":401,\"error\":\"Unauthorized\"}"));
            case FORBIDDEN -> send(exchange, Reply.error(403, "Forbidden", "read_action_not_allowed_for_invoice"));
            case FOREIGN_NOT_FOUND -> send(exchange, 404, "text/html", PAGE);
            case NO_SUCH_ROUTE -> send(exchange, Reply.error(404, "Not Found", "resource_not_found"));
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("x-ratelimit-reset", String.valueOf(RESET_SECONDS));
                send(exchange, new Reply(429, "{\"status\":429,\"error\":\"Too Many Requests\"}"));
            }
            case ERROR -> send(exchange, new Reply(500, "{\"status\":500,\"error\":\"Internal Server Error\"}"));
            case BAD_GATEWAY -> send(exchange, 502, "text/html", PAGE);
            case FOREIGN_PAGE -> send(exchange, 200, "text/html", PAGE);
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", base() + "/elsewhere");
                send(exchange, 302, "text/html", PAGE);
            }
            case ENDLESS -> send(exchange, new Reply(200, done(exchange).body()
                    .replaceAll("\"next_page\":(null|[0-9]+)", "\"next_page\":1")));
            case HALF_JSON -> {
                String body = done(exchange).body();
                send(exchange, 200, JSON, body.substring(0, body.length() / 2));
            }
            case CUT_OFF -> cutOff(exchange, done(exchange).body());
            case EMPTY -> send(exchange, 200, JSON, "");
            case LOST -> { }
            case SLOW -> {
                sleep();
                send(exchange, done(exchange));
            }
        }
    }

    private void sleep() {
        try {
            Thread.sleep(faults.slowness().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        send(exchange, reply.status(), JSON, reply.body());
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
