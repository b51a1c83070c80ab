package com.nexasystems.billing.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Lets callers that come at the same time share one unit of work: each gets its own answer, after what it handed in is
 * durable. Whoever comes alone waits for nobody; those who come while others are committed go in together next.
 *
 * <p>If a group fails, each of it is tried alone, so that nobody fails for a neighbour: doing it twice must be safe. But when
 * several fail behind a port also alone, the world outside is down, and those that are left fail with the last of them,
 * untried. A process that dies has answered nobody whose work is lost.
 *
 * @param <T> what is handed in
 * @param <R> what it comes to
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    private static final int FAILURES_ALONE = 3;

    private final Function<List<T>, List<R>> commit;
    private final int most;
    private final LinkedBlockingQueue<Waiting<T, R>> queue = new LinkedBlockingQueue<>();
    private final List<Thread> committers = new ArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    private record Waiting<T, R>(T work, CompletableFuture<R> answer) { }

    /**
     * @param commit  keeps all of it, and answers in its order
     * @param most    in one group
     * @param threads how many groups are committed at a time
     */
    public GroupCommit(String name, int most, int threads, Function<List<T>, List<R>> commit) {
        this.commit = commit;
        this.most = most;
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(this::run, name + "-" + i);
            thread.setDaemon(true);
            thread.start();
            committers.add(thread);
        }
    }

    /** To be waited for later: so that something else can go on meanwhile. */
    public CompletableFuture<R> submit(T work) {
        var answer = new CompletableFuture<R>();
        queue.add(new Waiting<>(work, answer));
        if (closed) {
            drain();
        }
        return answer;
    }

    /**
     * While nothing else is committed, on the caller's own thread: nobody has to be woken up for it.
     *
     * @return the answer, after it is durable; what the commit throws reaches the caller
     */
    public R commit(T work) {
        try {
            if (queue.isEmpty() && running.compareAndSet(0, 1)) {
                return commitAlone(work).join();
            }
            return submit(work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private CompletableFuture<R> commitAlone(T work) {
        var own = new Waiting<T, R>(work, new CompletableFuture<>());
        try {
            keep(List.of(own));
        } finally {
            running.decrementAndGet();
        }
        return own.answer;
    }

    /** Commits what waits, and then takes nothing any more but one by one. */
    @Override
    public void close() {
        closed = true;
        committers.forEach(Thread::interrupt);
        drain();
    }

    private void run() {
        try {
            while (!closed) {
                var group = new ArrayList<Waiting<T, R>>();
                group.add(queue.take());
                queue.drainTo(group, most - 1);
                running.incrementAndGet();
                try {
                    keep(group);
                } finally {
                    running.decrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        var group = new ArrayList<Waiting<T, R>>();
        while (queue.drainTo(group, most) > 0) {
            keep(group);
            group = new ArrayList<>();
        }
    }

    private void keep(List<Waiting<T, R>> group) {
        try {
            answer(group);
        } catch (RuntimeException | Error e) {
            if (group.size() == 1) {
                group.get(0).answer.completeExceptionally(e);
            } else {
                keepOneByOne(group);
            }
        }
    }

    private void keepOneByOne(List<Waiting<T, R>> group) {
        int failures = 0;
        PortFailure last = null;
        for (Waiting<T, R> one : group) {
            try {
                if (failures == FAILURES_ALONE) {
                    throw last;
                }
                answer(List.of(one));
            } catch (PortFailure e) {
                failures += e == last ? 0 : 1;
                last = e;
                one.answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                one.answer.completeExceptionally(e);
            }
        }
    }

    private void answer(List<Waiting<T, R>> group) {
        List<R> answers = commit.apply(group.stream().map(Waiting::work).toList());
        for (int i = 0; i < group.size(); i++) {
            group.get(i).answer.complete(answers.get(i));
        }
    }
}
