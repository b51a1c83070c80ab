package com.nexasystems.broken.usage;

import org.junit.jupiter.api.Assertions;

/** A core that would make its users need a library. */
public final class KnowsAFramework {

    public void check() {
        Assertions.assertTrue(true);
    }
}
