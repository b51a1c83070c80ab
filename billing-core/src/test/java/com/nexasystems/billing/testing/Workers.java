package com.nexasystems.billing.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few threads that begin at one moment, again and again. */
public final class Workers implements AutoCloseable {

    private final CyclicBarrier begin;
    private final ExecutorService threads;

    public Workers(int number) {
        begin = new CyclicBarrier(number);
        threads = Executors.newFixedThreadPool(number);
    }

    /** @param work one piece for each worker */
    public void race(List<? extends Runnable> work) throws Exception {
        List<Callable<Void>> tasks = work.stream().map(this::begunTogether).toList();
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
    }

    private Callable<Void> begunTogether(Runnable work) {
        return () -> {
            begin.await();
            work.run();
            return null;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
