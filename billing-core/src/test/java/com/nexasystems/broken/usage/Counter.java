package com.nexasystems.broken.usage;

/** Harmless by itself. */
public final class Counter {
}
