package com.nexasystems.billing.app;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.invoicing.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The business in figures: what waits to be billed and issued, and how the jobs went, of all instances together. Counted
 * at most once a minute however often it is asked for, and never for more than a tenth of the time.
 */
@Singleton
final class BusinessFigures {

    private static final Logger LOG = LoggerFactory.getLogger("billing.metrics");
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int REST_TO_WORK = 9;

    private final Backlog backlog;
    private final Jobs jobs;
    private final MeterRegistry registry;
    private final Clock clock;
    private final ReentrantLock counting = new ReentrantLock();
    private volatile Optional<Backlog.Figures> figures = Optional.empty();
    private volatile List<ScheduledExecution<Object>> plan = List.of();
    private long countAgainAt = System.nanoTime();

    @Inject
    BusinessFigures(Backlog backlog, Jobs jobs, ServerMetrics metrics, Clock clock) {
        this.backlog = backlog;
        this.jobs = jobs;
        this.registry = metrics.registry();
        this.clock = clock;
        gauge("billing.unrated.records", "Usage records that no invoice has counted yet", Backlog.Figures::unbilledRecords);
        gauge("billing.oldest.unbilled.hour.timestamp.seconds", "Hour in which the oldest of them starts; 0 without any",
                known -> known.oldestUnbilled().map(BusinessFigures::hour).orElse(0L));
        gauge("billing.due.subscriptions", "Subscriptions that a billing run would bill now",
                Backlog.Figures::dueSubscriptions);
        gauge("billing.open.drafts", "Invoices that are not issued yet", Backlog.Figures::openDrafts);
    }

    /** Counts anew if that is due and nobody else is at it. */
    void refresh() {
        if (counting.tryLock()) {
            try {
                if (System.nanoTime() - countAgainAt >= 0) {
                    count();
                }
            } finally {
                counting.unlock();
            }
        }
    }

    private void count() {
        long started = System.nanoTime();
        try {
            figures = Optional.of(backlog.at(clock.instant()));
            plan = jobs.plan();
            plan.forEach(this::watch);
        } catch (PortFailure e) {
            figures = Optional.empty();
            LOG.warn("the business figures cannot be counted: {}", e.getMessage());
        }
        long took = System.nanoTime() - started;
        countAgainAt = System.nanoTime() + Math.max(FRESH.toNanos(), took * REST_TO_WORK);
    }

    private void gauge(String name, String description, ToDoubleFunction<Backlog.Figures> figure) {
        Gauge.builder(name, this, own -> own.figures.map(figure::applyAsDouble).orElse(Double.NaN))
                .description(description).register(registry);
    }

    /** Registering what is registered already changes nothing. */
    private void watch(ScheduledExecution<Object> planned) {
        String job = planned.getTaskInstance().getTaskName();
        registry.gauge("billing.job.last.success.timestamp.seconds", Tags.of("job", job), this,
                own -> own.of(job, execution -> seconds(execution.getLastSuccess())));
        registry.gauge("billing.job.consecutive.failures", Tags.of("job", job), this,
                own -> own.of(job, ScheduledExecution::getConsecutiveFailures));
    }

    private double of(String job, ToDoubleFunction<ScheduledExecution<Object>> figure) {
        return plan.stream().filter(planned -> planned.getTaskInstance().getTaskName().equals(job))
                .mapToDouble(figure).findFirst().orElse(Double.NaN);
    }

    private static long hour(Instant instant) {
        return instant.getEpochSecond() - Math.floorMod(instant.getEpochSecond(), 3600L);
    }

    /** @param instant null if it never was */
    private static double seconds(Instant instant) {
        return instant == null ? 0 : instant.getEpochSecond();
    }
}
