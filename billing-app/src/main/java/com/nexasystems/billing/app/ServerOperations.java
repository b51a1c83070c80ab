package com.nexasystems.billing.app;

import com.nexasystems.billing.http.AnsweredRequest;
import com.nexasystems.billing.http.Operations;
import com.nexasystems.billing.jpa.JpaPorts.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the running server answers its operators, and the log of its requests. */
@Singleton
final class ServerOperations implements Operations {

    private static final Logger ACCESS = LoggerFactory.getLogger("billing.access");
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final ServerMetrics metrics;
    private final BusinessFigures figures;
    private final Remembered<State> state;
    private volatile boolean stopping;

    @Inject
    ServerOperations(ServerMetrics metrics, BusinessFigures figures, Supplier<State> state) {
        this.metrics = metrics;
        this.figures = figures;
        this.state = new Remembered<>(FRESH, state);
    }

    /** From now on it is not ready. */
    void stop() {
        stopping = true;
    }

    @Override
    public Map<String, Boolean> readiness() {
        State database = state.get();
        Map<String, Boolean> checks = new LinkedHashMap<>();
        checks.put("database", database != State.UNREACHABLE);
        checks.put("schema", database == State.READY);
        checks.put("accepting", !stopping);
        return checks;
    }

    @Override
    public String metrics() {
        figures.refresh();
        return metrics.registry().scrape();
    }

    /** One line a request; those for health and metrics would only be noise. */
    @Override
    public void answered(AnsweredRequest request) {
        metrics.answered(request);
        if (request.requestId().isEmpty()) {
            return;
        }
        var entry = request.status() < 500 ? ACCESS.atInfo() : ACCESS.atWarn();
        entry.addKeyValue("request_id", request.requestId().get());
        request.service().ifPresent(service -> entry.addKeyValue("service", service));
        entry.addKeyValue("method", request.method()).addKeyValue("route", request.route().orElse("none"))
                .addKeyValue("status", request.status())
                .addKeyValue("duration_ms", request.duration().toNanos() / 1000 / 1000.0).log("request");
    }
}
