package com.nexasystems.broken.usage.model;

/** A package inside a feature's package. */
public final class Deep {
}
