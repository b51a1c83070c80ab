package com.nexasystems.broken.loopb;

import com.nexasystems.broken.loopa.First;

/** The other half. */
public record Second(First first) {
}
