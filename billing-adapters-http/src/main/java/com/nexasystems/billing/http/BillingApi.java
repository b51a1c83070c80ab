package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine over HTTP, in Lago's shape. Answers under {@value #BASE} and, for clients that know no other, under
 * {@value #LAGO_BASE}; {@code /health/live} while the process runs, {@code /health/ready} 200 while it can do its work and
 * 503 while it cannot, {@code /metrics} for Prometheus.
 */
public final class BillingApi implements AutoCloseable {

    static final String BASE = "/api/billing/v1";
    static final String LAGO_BASE = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");
    private static final int HEADER_BYTES = 16 << 10;
    private static final long IDLE_MILLIS = 30_000;

    private final Javalin javalin;
    private final List<BackgroundWork> background;
    private final List<AutoCloseable> closed;

    private BillingApi(Javalin javalin, List<BackgroundWork> background, List<AutoCloseable> closed) {
        this.javalin = javalin;
        this.background = background;
        this.closed = closed;
    }

    public static BillingApi start(Billing billing, Clock clock, ApiSettings settings, Operations operations) {
        return start(billing, clock, settings, operations, ImportSources.NONE, Connections.NONE);
    }

    /**
     * @param sources     from where operators may import
     * @param connections whom it speaks to
     */
    public static BillingApi start(Billing billing, Clock clock, ApiSettings settings, Operations operations,
                                   ImportSources sources, Connections connections) {
        var events = new EventRoutes(billing);
        var background = new BackgroundWork(clock, settings.drain(), 1);
        var ledgerBackground = new BackgroundWork(clock, settings.drain(), LedgerWork.KINDS);
        List<Route> routes = ApiRoutes.of(billing, events, background, new LedgerWork(billing, ledgerBackground), sources,
                connections);
        var exchanges = new Exchanges(billing, clock, settings);
        return new BillingApi(Javalin.create(config -> {
            configure(config, settings);
            config.requestLogger.http((context, millis) -> operations.answered(answered(context, millis)));
            config.routes.get("/health/live", context -> health(context, Map.of()));
            config.routes.get("/health/ready", context -> health(context, readiness(operations)));
            config.routes.get("/metrics", context -> exchanges.metrics(operations::metrics, context));
            for (String base : List.of(BASE, LAGO_BASE)) {
                routes.forEach(route -> config.routes.addHttpHandler(HandlerType.findOrCreate(route.method().name()),
                        base + route.path(), context -> exchanges.handle(route, context)));
            }
            Documentation.serve(config.routes);
            exchanges.handleTheRest(config.routes);
        }).start(settings.host(), settings.port()), List.of(background, ledgerBackground),
                List.of(background, ledgerBackground, events, exchanges));
    }

    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, and finishes those that are being answered if they end in time. */
    @Override
    public void close() {
        background.forEach(BackgroundWork::stop);
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("requests that did not end in time were cut off: {}", e.getMessage());
        } finally {
            closed.forEach(BillingApi::close);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("could not be closed: {}", e.getMessage());
        }
    }

    private static void configure(JavalinConfig config, ApiSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.router.ignoreTrailingSlashes = true;
        config.http.defaultContentType = Answer.JSON;
        config.http.maxRequestSize = settings.largestBody() * ApiSettings.USAGE_FACTOR;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(HEADER_BYTES);
            http.setIdleTimeout(IDLE_MILLIS);
        });
        config.jetty.modifyServer(server -> drainAtStop(server, settings.drain()));
    }

    /** Requests in flight are finished, and new ones on open connections refused, until the time is over. */
    private static void drainAtStop(Server server, Duration drain) {
        server.setHandler(new GracefulHandler());
        server.setErrorHandler(new ServerErrors());
        server.setStopTimeout(drain.toMillis());
    }

    /** Whatever the checks die of, the answer is "no" and not an error page. */
    private static Map<String, Boolean> readiness(Operations operations) {
        try {
            return operations.readiness();
        } catch (RuntimeException e) {
            return Map.of("checks", false);
        }
    }

    private static void health(Context context, Map<String, Boolean> checks) {
        boolean up = !checks.containsValue(false);
        Json answer = Json.object("status", word(up));
        if (!checks.isEmpty()) {
            Json each = Json.object();
            checks.forEach((name, holds) -> each.with(name, word(holds)));
            answer.with("checks", each);
        }
        context.status(up ? 200 : 503).contentType(Answer.JSON).result(Json.text(answer));
    }

    private static String word(boolean up) {
        return up ? "up" : "down";
    }

    private static AnsweredRequest answered(Context context, float millis) {
        return new AnsweredRequest(Optional.ofNullable(context.attribute(Exchanges.REQUEST_ID)), context.method().name(),
                Optional.ofNullable(context.attribute(Exchanges.ROUTE)), Optional.ofNullable(context.attribute(Exchanges.SERVICE)),
                context.statusCode(), Duration.ofNanos((long) (millis * 1_000_000)));
    }
}
