package com.nexasystems.billing.identity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Every attempt to authenticate. {@code AuthenticationLogContract} checks these rules.
 *
 * <p>AU-1 An attempt that was recorded is listed exactly as it was, the latest first, then in the order recorded.
 * <p>AU-2 Failures are counted from an instant on, that included; attempts that succeeded are not.
 * <p>AU-3 Of concurrent and later calls for a stretch of time that an alert was raised for, one raises it.
 */
public interface AuthenticationLog {

    /**
     * An attempt.
     *
     * @param succeeded whether it was let in
     * @param key       names the key that was sent, never the key itself; empty if it is unknown, or none was sent
     * @param address   where it came from
     * @param request   by which logs know it
     */
    record Attempt(Instant at, boolean succeeded, Optional<String> key, String address, String request) {

        public Attempt {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    void record(List<Attempt> attempts);

    long failuresSince(Instant from);

    /** @param most at most that many */
    List<Attempt> latest(int most);

    /**
     * Takes it on itself to raise the alert for a stretch of time.
     *
     * @param window a number of the stretch
     * @return false if somebody has
     */
    boolean raise(long window);
}
