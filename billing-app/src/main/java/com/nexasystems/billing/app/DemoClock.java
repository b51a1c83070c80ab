package com.nexasystems.billing.app;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of a story: it passes only when the story says so. */
final class DemoClock extends Clock {

    private Instant now;

    DemoClock(Instant begin) {
        this.now = begin;
    }

    void advanceTo(Instant later) {
        now = later;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a story has one time");
    }
}
