package com.nexasystems.broken.loopa;

import com.nexasystems.broken.loopb.Second;

/** One half of a cycle. */
public final class First {

    public Second second() {
        return new Second(this);
    }
}
