package com.nexasystems.billing.app;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is still to be done when the process is told to end: one after the other, what was begun last first, so that a
 * server stops before the database under it.
 */
final class AtExit {

    private static final Deque<Runnable> TASKS = new ArrayDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "at-exit"));
    }

    private AtExit() {
    }

    static synchronized void add(Runnable task) {
        TASKS.push(task);
    }

    static synchronized void remove(Runnable task) {
        TASKS.remove(task);
    }

    private static void runAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                System.err.println("billing: " + e.getMessage());
            }
        }
    }

    private static synchronized Runnable next() {
        return TASKS.poll();
    }
}
