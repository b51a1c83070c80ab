package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The engine over HTTP, in Lago's shape. Answers under {@value #BASE} and, for clients that know no other, under
 * {@value #LAGO_BASE}; {@code /health/live} while the process runs, {@code /health/ready} 200 while it can do its work and
 * 503 while it cannot.
 */
public final class BillingApi implements AutoCloseable {

    static final String BASE = "/api/billing/v1";
    static final String LAGO_BASE = "/api/v1";

    private static final int HEADER_BYTES = 16 << 10;
    private static final long IDLE_MILLIS = 30_000;

    private final Javalin javalin;

    private BillingApi(Javalin javalin) {
        this.javalin = javalin;
    }

    /** @param ready asked at each request for {@code /health/ready}; one that throws counts as not ready */
    public static BillingApi start(Billing billing, Clock clock, ApiSettings settings, BooleanSupplier ready) {
        List<Route> routes = ApiRoutes.of(billing);
        var exchanges = new Exchanges(billing, clock, settings);
        return new BillingApi(Javalin.create(config -> {
            configure(config, settings);
            config.routes.get("/health/live", context -> health(context, true));
            config.routes.get("/health/ready", context -> health(context, isReady(ready)));
            for (String base : List.of(BASE, LAGO_BASE)) {
                routes.forEach(route -> config.routes.addHttpHandler(HandlerType.findOrCreate(route.method().name()),
                        base + route.path(), context -> exchanges.handle(route, context)));
            }
            exchanges.handleTheRest(config.routes);
        }).start(settings.host(), settings.port()));
    }

    public int port() {
        return javalin.port();
    }

    /** Finishes the requests that are being answered. */
    @Override
    public void close() {
        javalin.stop();
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
    }

    private static void health(Context context, boolean up) {
        context.status(up ? 200 : 503).contentType("application/json")
                .result("{\"status\":\"" + (up ? "up" : "down") + "\"}");
    }

    /** Whatever the check dies of, the answer is "no" and not an error page. */
    private static boolean isReady(BooleanSupplier ready) {
        try {
            return ready.getAsBoolean();
        } catch (RuntimeException e) {
            return false;
        }
    }
}
