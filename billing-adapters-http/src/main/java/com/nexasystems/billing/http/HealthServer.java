package com.nexasystems.billing.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.function.BooleanSupplier;

/**
 * Tells an orchestrator about this process: {@code /health/live} answers while it runs, {@code /health/ready} answers 200
 * while it can do its work and 503 while it cannot.
 */
public final class HealthServer implements AutoCloseable {

    private final Javalin javalin;

    private HealthServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /**
     * @param port  0 for any free one
     * @param ready asked at each request; one that throws counts as not ready
     */
    public static HealthServer start(String host, int port, BooleanSupplier ready) {
        return new HealthServer(Javalin.create(config -> configure(config, ready)).start(host, port));
    }

    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(JavalinConfig config, BooleanSupplier ready) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.routes.get("/health/live", context -> answer(context, true));
        config.routes.get("/health/ready", context -> answer(context, isReady(ready)));
    }

    private static void answer(Context context, boolean up) {
        context.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE).contentType("application/json")
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
