package com.nexasystems.billing.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * A body that is refused as soon as more of it has come than is allowed, whatever its headers promised, or when it comes so
 * slowly that its sender only holds a thread.
 */
final class LimitedBody extends FilterInputStream {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LEAST_BYTES_PER_SECOND = 1_000;

    private final long most;
    private final long promised;
    private final LargeBodies.Share share;
    private final long began = System.nanoTime();
    private long count;
    private boolean large;

    /** @param promised how long it is said to be; negative if nothing is said */
    LimitedBody(InputStream in, long most, long promised, LargeBodies.Share share) {
        super(in);
        this.most = most;
        this.promised = promised;
        this.share = share;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            counted(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            counted(read);
        }
        return read;
    }

    private void counted(int bytes) {
        count += bytes;
        if (count > most) {
            throw ApiError.tooLarge(most);
        }
        if (count > LargeBodies.SMALL && !large) {
            large = true;
            share.admit(promised < 0 ? most : Math.min(promised, most));
        }
        long nanos = System.nanoTime() - began;
        if (nanos > PATIENCE_NANOS && count < TimeUnit.NANOSECONDS.toSeconds(nanos) * LEAST_BYTES_PER_SECOND) {
            throw ApiError.tooSlow();
        }
    }
}
