package com.nexasystems.billing.http;

import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
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
 * What operators start and no request waits for: on one thread of the server, and for each service one thing at a time.
 * Whatever else must not happen meanwhile to the same service is done {@link #alone}.
 */
final class BackgroundWork implements AutoCloseable {

    private static final Duration TO_NOTICE = Duration.ofSeconds(5);

    private final Clock clock;
    private final Duration drain;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        var worker = new Thread(work, "billing-background");
        worker.setDaemon(true);
        return worker;
    });
    private final Map<ServiceId, Holder> busy = new ConcurrentHashMap<>();
    private final Map<Key, BackgroundTask> latest = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    BackgroundWork(Clock clock, Duration drain) {
        this.clock = clock;
        this.drain = drain;
    }

    private record Key(ServiceId service, Kind kind) { }

    /** Who has a service to himself: the one object, not whoever does the like. */
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
        var holder = new Holder(task.kind().words);
        var started = new AtomicBoolean();
        try {
            var isNew = new AtomicBoolean();
            Answer answer = call.once(() -> {
                claim(service, holder);
                isNew.set(true);
                return begun.get();
            });
            if (isNew.get()) {
                start(service, task, holder);
                started.set(true);
            }
            return answer;
        } finally {
            if (!started.get()) {
                free(service, holder);
            }
        }
    }

    /** Does something in one unit of work while nothing else that is heeded here happens to the service. */
    Answer alone(Call call, Service service, String what, Supplier<Answer> work) {
        var holder = new Holder(what);
        try {
            return call.once(() -> {
                claim(service, holder);
                return work.get();
            });
        } finally {
            free(service, holder);
        }
    }

    private void claim(Service service, Holder holder) {
        Holder first = busy.putIfAbsent(service.id(), holder);
        if (first != null && first != holder) {
            throw ApiError.conflict("service_is_busy", first.what + " of " + service.code()
                    + " has not ended yet on this server; try again after it");
        }
    }

    private void free(Service service, Holder holder) {
        busy.remove(service.id(), holder);
    }

    private void start(Service service, BackgroundTask task, Holder holder) {
        try {
            latest.put(new Key(service.id(), task.kind()), task);
            thread.execute(() -> task.run(clock, () -> stopping, () -> free(service, holder)));
        } catch (RejectedExecutionException e) {
            throw ApiError.unavailable();
        }
    }

    /** The last one that was started on this server, or runs. */
    Optional<BackgroundTask> latest(Service service, Kind kind) {
        return Optional.ofNullable(latest.get(new Key(service.id(), kind)));
    }

    /** When what they came to is not there any more. */
    void forget(Service service) {
        Arrays.stream(Kind.values()).forEach(kind -> latest.remove(new Key(service.id(), kind)));
    }

    /** Work that runs ends with the page that it is at, and no other begins. */
    void stop() {
        stopping = true;
        thread.shutdown();
    }

    /** Waits for the work that runs, and interrupts it if it does not end in time. */
    @Override
    public void close() {
        stop();
        try {
            if (!thread.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
                thread.awaitTermination(TO_NOTICE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
