package com.nexasystems.billing.app;

import com.nexasystems.billing.http.AnsweredRequest;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** What the server measures of itself. */
@Singleton
final class ServerMetrics implements AutoCloseable {

    private static final Duration[] BUCKETS = Stream.of(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Map<Answers, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> left = new ConcurrentHashMap<>();

    /** Requests that are counted together. */
    private record Answers(String method, String route, int status) { }

    @Inject
    ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        garbage.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** The connections of a pool. */
    void watch(DataSource dataSource) {
        try {
            dataSource.unwrap(HikariDataSource.class)
                    .setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
        } catch (SQLException e) {
            throw new IllegalStateException("the connections are no pool that can be watched", e);
        }
    }

    void answered(AnsweredRequest request) {
        var answers = new Answers(request.method(), request.route().orElse("none"), request.status());
        requests.computeIfAbsent(answers, this::timer).record(request.duration());
    }

    /** @param outcome done, failed, or stopped */
    void ran(String job, String outcome, Duration duration) {
        registry.timer("billing.job.runs", "job", job, "outcome", outcome).record(duration);
    }

    /** What became of attempts to collect, to refund and to deliver, and of invoices in the ledger. */
    void count(String name, String outcome, long more) {
        registry.counter(name, "outcome", outcome).increment(more);
    }

    /** What a run of a job could not do, and left for the next. */
    void left(String job, long count) {
        left.computeIfAbsent(job, name -> registry.gauge("billing.job.left",
                Tags.of("job", name), new AtomicLong())).set(count);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }

    private Timer timer(Answers answers) {
        return Timer.builder("http.server.requests").description("Requests by the template of their path")
                .tag("method", answers.method).tag("route", answers.route).tag("status", Integer.toString(answers.status))
                .serviceLevelObjectives(BUCKETS).register(registry);
    }
}
