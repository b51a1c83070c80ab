package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Ids;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDs of version 7 (RFC 9562): the milliseconds, then a counter in the 12 bits after them, then 62 random bits. Rising
 * strictly within a process, also when the clock stands still or is set back; when the counter is used up, it borrows from
 * the next millisecond.
 */
final class TimeOrderedIds implements Ids {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong last = new AtomicLong();
    private final SecureRandom random = new SecureRandom();

    @Override
    public UUID next() {
        long now = System.currentTimeMillis() << COUNTER_BITS;
        long tick = last.updateAndGet(before -> Math.max(before + 1, now));
        return new UUID((tick & ~COUNTER_MASK) << (16 - COUNTER_BITS) | VERSION | tick & COUNTER_MASK,
                VARIANT | random.nextLong() >>> 2);
    }
}
