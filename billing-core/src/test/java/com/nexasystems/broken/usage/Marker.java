package com.nexasystems.broken.usage;

/** Neither closed nor anything to implement. */
public interface Marker {
}
