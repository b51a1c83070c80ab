package com.nexasystems.broken.usage;

/** A port that nobody keeps in memory. */
public interface AdapterlessPort {

    void add(Counter counter);
}
