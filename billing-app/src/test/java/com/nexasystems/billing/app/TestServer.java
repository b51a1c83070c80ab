package com.nexasystems.billing.app;

import ch.qos.logback.classic.Level;
import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.ApiSettings;
import com.nexasystems.billing.identity.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server in this process, on any free port and a schema of the tests' database. */
final class TestServer implements AutoCloseable {

    static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final RunningServer running;

    private TestServer(String schema, Clock clock, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(TestDatabase.environment());
        environment.put("BILLING_DB_SCHEMA", schema);
        environment.putAll(more);
        var out = new PrintStream(log, true, StandardCharsets.UTF_8);
        var host = new Host(InputStream.nullInputStream(), out, out, environment, Path.of("target"), clock, false);
        LogConfiguration.forServer(log, Level.INFO);
        running = RunningServer.start(host, ServeCommand.api(Settings.of(host)).on("127.0.0.1", 0));
    }

    static TestServer on(String schema, Clock clock, Map<String, String> settings) {
        return new TestServer(TestDatabase.fresh(schema), clock, settings);
    }

    /** Another one beside a server that runs. */
    static TestServer beside(String schema, Clock clock, Map<String, String> settings) {
        return new TestServer(schema, clock, settings);
    }

    static TestServer on(String schema, Map<String, String> settings) {
        return on(schema, Clock.systemUTC(), settings);
    }

    Billing billing() {
        return running.engine().billing();
    }

    Engine engine() {
        return running.engine();
    }

    String address() {
        return running.address();
    }

    /** Of a service that is registered for it. */
    String keyOf(String service) {
        Service registered = billing().register(service, service);
        return billing().apiKeys().issue(registered.id());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> post(String path, String json, String... headers) {
        return send(request(path, headers).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    /** The lines logged since the server started, by all servers of this process if there are several. */
    List<String> logged() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        running.close();
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(running.address() + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
