package com.nexasystems.billing.app;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs, on a scheduler that keeps its plan in the database: of all instances one runs a job at a time, and what
 * an instance leaves behind when it dies another takes over once its heartbeat is missed. A job that failed is tried again
 * soon, and then less and less often. The plan goes by the machine's clock, the work by the engine's.
 */
@Singleton
final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("billing.jobs");
    private static final String TABLE = "job";
    private static final Duration LONGEST_POLLING = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;
    private static final int MISSED_HEARTBEATS = 4;

    private final List<Job> jobs;
    private final StoppableUnitOfWork unitOfWork;
    private final ServerMetrics metrics;
    private final Clock clock;
    private final Optional<Scheduler> scheduler;

    @Inject
    Jobs(Set<JobSource> sources, StoppableUnitOfWork unitOfWork, ServerMetrics metrics, Clock clock, DataSource dataSource,
         Settings settings) {
        this(settings.is(Setting.BILLING_JOBS) ? wanted(sources) : List.of(), unitOfWork, metrics, clock, dataSource,
                Duration.ofSeconds(settings.integer(Setting.BILLING_JOB_HEARTBEAT_SECONDS)),
                Duration.ofSeconds(settings.integer(Setting.BILLING_STOP_SECONDS)));
    }

    /** @param drain how long the pages that are being worked on may take when it stops */
    Jobs(List<Job> jobs, StoppableUnitOfWork unitOfWork, ServerMetrics metrics, Clock clock, DataSource dataSource,
         Duration heartbeat, Duration drain) {
        this.jobs = jobs;
        this.unitOfWork = unitOfWork;
        this.metrics = metrics;
        this.clock = clock;
        this.scheduler = jobs.isEmpty() ? Optional.empty() : Optional.of(scheduler(dataSource, heartbeat, drain));
    }

    private static List<Job> wanted(Set<JobSource> sources) {
        return sources.stream().flatMap(source -> source.all().stream()).filter(job -> !job.interval().isZero()).toList();
    }

    void start() {
        scheduler.ifPresent(Scheduler::start);
    }

    /** Waits for the pages that are being worked on; what is left of a job then goes on elsewhere, or later. */
    @Override
    public void close() {
        unitOfWork.stop();
        scheduler.ifPresent(Scheduler::stop);
    }

    /** How the jobs of all instances went. */
    List<ScheduledExecution<Object>> plan() {
        return scheduler.map(known -> known.getScheduledExecutions(ScheduledExecutionsFilter.all())).orElse(List.of());
    }

    private Scheduler scheduler(DataSource dataSource, Duration heartbeat, Duration drain) {
        Duration shortest = jobs.stream().map(Job::interval).min(Comparator.naturalOrder()).orElseThrow();
        return Scheduler.create(dataSource)
                .startTasks(jobs.stream().map(this::task).toList())
                .tableName(TABLE)
                .threads(jobs.size())
                .pollingInterval(shortest.compareTo(LONGEST_POLLING) < 0 ? shortest : LONGEST_POLLING)
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(drain)
                .commitWhenAutocommitDisabled(true)
                .failureLogging(LogLevel.OFF, false)
                .build();
    }

    private RecurringTask<Void> task(Job job) {
        return Tasks.recurring(job.name(), FixedDelay.of(job.interval()))
                .onFailure((complete, operations) -> tryAgain(job, complete, operations))
                .execute((instance, context) -> run(job));
    }

    private void run(Job job) {
        long started = System.nanoTime();
        try {
            Job.Result result = job.work().at(clock.instant());
            metrics.ran(job.name(), "done", since(started));
            metrics.left(job.name(), result.failed());
            report(job, result, since(started));
        } catch (StoppableUnitOfWork.Stopped e) {
            metrics.ran(job.name(), "stopped", since(started));
            LOG.info("job {} stopped before it was done; it goes on with the next instance", job.name());
            throw e;
        } catch (RuntimeException | Error e) {
            metrics.ran(job.name(), "failed", since(started));
            LOG.atError().addKeyValue("job", job.name()).setCause(e)
                    .log("job {} failed and will be tried again", job.name());
            throw e;
        }
    }

    private static void report(Job job, Job.Result result, Duration duration) {
        var entry = result.failed() > 0 ? LOG.atWarn().addKeyValue("failures", result.failures())
                : result.done() > 0 ? LOG.atInfo() : LOG.atDebug();
        entry.addKeyValue("job", job.name()).addKeyValue("done", result.done()).addKeyValue("failed", result.failed())
                .addKeyValue("duration_ms", duration.toMillis()).log("job {} ran", job.name());
    }

    /** At once if it was only stopped; else after a while that doubles, but is never longer than the job's own. */
    private void tryAgain(Job job, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Instant now = complete.getTimeDone();
        if (complete.getCause().filter(StoppableUnitOfWork.Stopped.class::isInstance).isPresent()) {
            operations.reschedule(complete, now);
            return;
        }
        int doublings = Math.min(complete.getExecution().consecutiveFailures, MOST_DOUBLINGS);
        Duration pause = FIRST_RETRY.multipliedBy(1L << doublings);
        operations.reschedule(complete, now.plus(pause.compareTo(job.interval()) < 0 ? pause : job.interval()));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
