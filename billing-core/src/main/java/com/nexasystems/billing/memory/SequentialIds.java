package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids 1, 2, 3 … in the shape of a UUID: the same program gets the same ids. */
final class SequentialIds implements Ids {

    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong last = new AtomicLong();

    @Override
    public UUID next() {
        return new UUID(VERSION, VARIANT | last.incrementAndGet());
    }
}
