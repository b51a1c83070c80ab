package com.nexasystems.billing.examples;

import com.nexasystems.billing.boundary.Ids;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** An adapter of your own: ids that begin with a counter and end with the number of the node that gave them. */
public final class NodeIds implements Ids {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final AtomicLong last = new AtomicLong();
    private final long node;

    public NodeIds(int node) {
        this.node = node;
    }

    @Override
    public UUID next() {
        return new UUID(last.incrementAndGet() << 16 | VERSION_7, VARIANT | node);
    }
}
