package com.nexasystems.billing.http;

import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What operators start and no request waits for: on threads of its own, and for each service one thing at a time. Whatever
 * else must not happen meanwhile to the same service is done {@link #alone}.
 */
final class BackgroundWork implements AutoCloseable {

    private static final Duration TO_NOTICE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Duration drain;
    private final ExecutorService threads;
    private final Map<String, Holder> busy = new ConcurrentHashMap<>();
    private final Map<Key, BackgroundTask> latest = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param most how many things happen at a time */
    BackgroundWork(Clock clock, Duration drain, int most) {
        this.clock = clock;
        this.drain = drain;
        this.threads = Executors.newFixedThreadPool(most, work -> {
            var worker = new Thread(work, "billing-background");
            worker.setDaemon(true);
            return worker;
        });
    }

    /**
     * To what one thing happens at a time.
     *
     * @param name for people
     * @param busy code of the refusal
     */
    record Subject(String id, String name, String busy) {

        static Subject of(Service service) {
            return new Subject(service.id().toString(), service.code(), "service_is_busy");
        }
    }

    private record Key(String subject, Kind kind) { }

    /** Who has a subject to himself: the one object, not whoever does the like. */
    private static final class Holder {

        private final String what;

        Holder(String what) {
            this.what = what;
        }
    }

    /**
     * Starts a task after it is kept who has started it.
     *
     * @param begun keeps that, and answers
     */
    Answer begin(Call call, Service service, BackgroundTask task, Supplier<Answer> begun) {
        return begin(call, Subject.of(service), task, begun);
    }

    /** The same of whatever it happens to. */
    Answer begin(Call call, Subject subject, BackgroundTask task, Supplier<Answer> begun) {
        var holder = new Holder(task.kind().words);
        var started = new AtomicBoolean();
        try {
            var isNew = new AtomicBoolean();
            Answer answer = call.once(() -> {
                claim(subject, holder);
                isNew.set(true);
                return begun.get();
            });
            if (isNew.get()) {
                start(subject, task, holder);
                started.set(true);
            }
            return answer;
        } finally {
            if (!started.get()) {
                free(subject, holder);
            }
        }
    }

    /** Does something in one unit of work while nothing else that is heeded here happens to the service. */
    Answer alone(Call call, Service service, String what, Supplier<Answer> work) {
        var holder = new Holder(what);
        Subject subject = Subject.of(service);
        try {
            return call.once(() -> {
                claim(subject, holder);
                return work.get();
            });
        } finally {
            free(subject, holder);
        }
    }

    private void claim(Subject subject, Holder holder) {
        Holder first = busy.putIfAbsent(subject.id, holder);
        if (first != null && first != holder) {
            throw ApiError.conflict(subject.busy, first.what + " of " + subject.name
                    + " has not ended yet on this server; try again after it");
        }
    }

    private void free(Subject subject, Holder holder) {
        busy.remove(subject.id, holder);
    }

    private void start(Subject subject, BackgroundTask task, Holder holder) {
        try {
            latest.put(new Key(subject.id, task.kind()), task);
            threads.execute(() -> task.run(clock, () -> stopping, () -> free(subject, holder)));
        } catch (RejectedExecutionException e) {
            throw ApiError.unavailable();
        }
    }

    /** The last one that was started on this server, or runs. */
    Optional<BackgroundTask> latest(Service service, Kind kind) {
        return Optional.ofNullable(latest.get(new Key(Subject.of(service).id, kind)));
    }

    /** When what they came to is not there any more. */
    void forget(Service service) {
        Arrays.stream(Kind.values()).forEach(kind -> latest.remove(new Key(Subject.of(service).id, kind)));
    }

    /** Work that runs ends with the page that it is at, and no other begins. */
    void stop() {
        stopping = true;
        threads.shutdown();
    }

    /** Waits for the work that runs, and interrupts it if it does not end in time. */
    @Override
    public void close() {
        stop();
        try {
            if (!threads.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                threads.awaitTermination(TO_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
