package com.nexasystems.billing.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A body that is read while it is sent. If the rest of it cannot be read, its status was sent long ago: the connection is
 * cut off, so that nobody takes a part for the whole.
 */
final class CutOff extends FilterInputStream {

    private final Consumer<RuntimeException> cut;

    /** @param cut ends the connection */
    CutOff(InputStream body, Consumer<RuntimeException> cut) {
        super(body);
        this.cut = cut;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (RuntimeException e) {
            cut.accept(e);
            return -1;
        }
    }
}
