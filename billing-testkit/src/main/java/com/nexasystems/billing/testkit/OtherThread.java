package com.nexasystems.billing.testkit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work that another thread does meanwhile. */
final class OtherThread<T> {

    private static final long A_WHILE_MILLIS = 150;
    private static final long AT_MOST_SECONDS = 30;

    private final CompletableFuture<T> future;

    private OtherThread(CompletableFuture<T> future) {
        this.future = future;
    }

    static <T> OtherThread<T> doing(Supplier<T> work) {
        return new OtherThread<>(CompletableFuture.supplyAsync(work, OtherThread::start));
    }

    /** Does the work on that many threads, begun at one moment; the answers by thread. */
    static <T> List<T> together(int threads, IntFunction<T> work) {
        var begin = new CyclicBarrier(threads);
        List<OtherThread<T>> running = IntStream.range(0, threads).mapToObj(i -> doing(() -> {
            await(begin);
            return work.apply(i);
        })).toList();
        return running.stream().map(OtherThread::answer).toList();
    }

    /**
     * Its answer, if it gets on while the caller still holds what it holds; empty if it seems to wait for the caller. An
     * adapter may do either, and a right one passes whatever this says: the while only gives a wrong one time to show.
     */
    Optional<T> answerMeanwhile() {
        try {
            return Optional.of(future.get(A_WHILE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException itWaits) {
            return Optional.empty();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("the other thread failed", e);
        }
    }

    /** Its answer, waited for. */
    T answer() {
        try {
            return future.orTimeout(AT_MOST_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("the other thread failed", e.getCause());
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "contract");
        thread.setDaemon(true);
        thread.start();
    }

    private static void await(CyclicBarrier begin) {
        try {
            begin.await(AT_MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("not all threads could begin", e);
        }
    }
}
