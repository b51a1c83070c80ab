package com.nexasystems.billing.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. UTC; safe for use by several threads. */
public final class TestClock extends Clock {

    private final AtomicReference<Instant> now;
    private final ZoneId zone;

    private TestClock(AtomicReference<Instant> now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** @param instant as {@link Instant#parse} reads it */
    public static TestClock startingAt(String instant) {
        return new TestClock(new AtomicReference<>(Instant.parse(instant)), ZoneOffset.UTC);
    }

    /** Moves to that instant, which may lie in the past. */
    public TestClock at(Instant instant) {
        now.set(instant);
        return this;
    }

    /** Moves to that instant, which may lie in the past. */
    public TestClock at(String instant) {
        return at(Instant.parse(instant));
    }

    /** Moves on. */
    public TestClock advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
        return this;
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, read in another zone: moving one moves both. */
    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(now, other);
    }
}
