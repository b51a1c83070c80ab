package com.nexasystems.billing.app;

import java.time.Duration;
import java.util.function.Supplier;

/** An answer that is asked for more often than it is worth finding out. */
final class Remembered<T> implements Supplier<T> {

    private final long nanos;
    private final Supplier<T> source;
    private T value;
    private long found;

    Remembered(Duration fresh, Supplier<T> source) {
        this.nanos = fresh.toNanos();
        this.source = source;
    }

    /** At most as old as it may be. */
    @Override
    public synchronized T get() {
        if (value == null || System.nanoTime() - found > nanos) {
            value = source.get();
            found = System.nanoTime();
        }
        return value;
    }
}
