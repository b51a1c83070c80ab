package com.nexasystems.broken.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Takes time, ids and chance from wherever it happens to run. */
public final class AsksTheWorld {

    public Instant now() {
        return Instant.now();
    }

    public LocalDate today() {
        return LocalDate.now();
    }

    public UUID id() {
        return UUID.randomUUID();
    }

    public int chance() {
        return new Random().nextInt() + ThreadLocalRandom.current().nextInt();
    }

    public long millis() {
        return System.currentTimeMillis();
    }
}
