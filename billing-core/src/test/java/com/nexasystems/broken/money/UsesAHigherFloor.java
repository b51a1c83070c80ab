package com.nexasystems.broken.money;

import com.nexasystems.broken.usage.Counter;

/** Money that knows of usage. */
public final class UsesAHigherFloor {

    private final Counter counter = new Counter();

    public Counter counter() {
        return counter;
    }
}
