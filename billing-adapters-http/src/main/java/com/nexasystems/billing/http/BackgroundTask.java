package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A piece of work that no request waits for, and how far it has come. */
final class BackgroundTask {

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");

    private final Kind kind;
    private final Json asked;
    private final Function<BackgroundTask, Json> work;
    private final AtomicLong done = new AtomicLong();
    private volatile Optional<Long> total = Optional.empty();
    private volatile State state = new State(Status.QUEUED, Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty());
    private volatile BooleanSupplier stopping = () -> false;

    /**
     * @param asked what was asked for
     * @param work  what it comes to; it has to tell of its {@linkplain #step steps}
     */
    BackgroundTask(Kind kind, Json asked, Function<BackgroundTask, Json> work) {
        this.kind = kind;
        this.asked = asked;
        this.work = work;
    }

    enum Kind {
        IMPORT("an import"), RECONCILIATION("a reconciliation"), INFERENCE("a search for rules"),
        INGESTION("an ingestion"), POSTING("posting"), VERIFICATION("a verification");

        final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private enum Status {
        QUEUED, RUNNING, FINISHED, FAILED,
        /** The server was stopped before it had ended. */
        STOPPED
    }

    private record State(Status status, Optional<Instant> startedAt, Optional<Instant> finishedAt, Optional<String> message,
                         Optional<Json> result) { }

    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super(null, null, false, false);
        }
    }

    Kind kind() {
        return kind;
    }

    void of(long all) {
        total = Optional.of(all);
    }

    /** Ends the work if the server stops. */
    void step(long more) {
        done.addAndGet(more);
        if (stopping.getAsBoolean()) {
            throw new Stopped();
        }
    }

    /** @param free called before it is told that the work has ended, so that whoever hears of it can go on */
    void run(Clock clock, BooleanSupplier serverStops, Runnable free) {
        stopping = serverStops;
        Optional<Instant> begun = Optional.of(clock.instant());
        state = new State(Status.RUNNING, begun, Optional.empty(), Optional.empty(), Optional.empty());
        State ended = new State(Status.FAILED, begun, Optional.empty(), Optional.of("it died; the log says of what"),
                Optional.empty());
        try {
            ended = ended(begun);
        } finally {
            free.run();
            state = new State(ended.status, begun, Optional.of(clock.instant()), ended.message, ended.result);
        }
    }

    private State ended(Optional<Instant> begun) {
        try {
            step(0);
            return new State(Status.FINISHED, begun, Optional.empty(), Optional.empty(), Optional.of(work.apply(this)));
        } catch (RuntimeException e) {
            return unfinished(begun, e);
        }
    }

    /** When the server stops, that is why it failed, whatever it died of. */
    private State unfinished(Optional<Instant> begun, RuntimeException why) {
        if (stopping.getAsBoolean()) {
            return unfinished(Status.STOPPED, begun, "the server was stopped; what is in stays, start it again");
        }
        if (why instanceof InvalidValue) {
            return unfinished(Status.FAILED, begun, why.getMessage());
        }
        if (why instanceof PortFailure) {
            LOG.warn("{} failed behind a port: {}", kind.words, why.getMessage());
            return unfinished(Status.FAILED, begun, why.getMessage() + "; start it again");
        }
        LOG.error("{} failed", kind.words, why);
        return unfinished(Status.FAILED, begun, "something went wrong here; the log says what");
    }

    private static State unfinished(Status status, Optional<Instant> begun, String message) {
        return new State(status, begun, Optional.empty(), Optional.of(message), Optional.empty());
    }

    Json json() {
        State now = state;
        return Json.object("status", now.status.name().toLowerCase(Locale.ROOT), "asked", asked, "done", done.get(),
                "total", total.orElse(null), "started_at", Times.of(now.startedAt), "finished_at", Times.of(now.finishedAt),
                "message", now.message.orElse(null), "result", now.result.orElse(null));
    }
}
