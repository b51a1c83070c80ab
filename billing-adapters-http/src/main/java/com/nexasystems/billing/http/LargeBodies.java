package com.nexasystems.billing.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of large bodies is held in memory at a time, of all requests together: a large one waits until others have been
 * answered, a small one for nobody. So memory does not grow with the number of those who send as much as they may.
 */
final class LargeBodies {

    static final int SMALL = 64 << 10;

    private static final int PART_OF_MEMORY = 16;
    private static final int UNIT = 1 << 10;
    private static final long PATIENCE_SECONDS = 15;

    private final int most;
    private final Semaphore free;

    LargeBodies() {
        this(Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    }

    LargeBodies(long bytes) {
        this.most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(most, true);
    }

    /** The share of one request, which has none at first. */
    Share share() {
        return new Share();
    }

    final class Share implements AutoCloseable {

        private int held;

        /**
         * Waits until that much is free. One that is larger than everything gets everything, when it is alone.
         *
         * @throws ApiError 429, if it takes too long
         */
        void admit(long bytes) {
            int wanted = (int) Math.min(most, bytes / UNIT + 1);
            try {
                if (!free.tryAcquire(wanted, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw ApiError.tooManyRequests();
                }
                held += wanted;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ApiError.unavailable();
            }
        }

        @Override
        public void close() {
            free.release(held);
            held = 0;
        }
    }
}
