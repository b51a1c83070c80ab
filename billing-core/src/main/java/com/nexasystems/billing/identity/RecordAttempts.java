package com.nexasystems.billing.identity;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.AuthenticationLog.Attempt;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Records attempts to authenticate, and raises an alert where many of them fail: once a minute, whatever the instances. */
public final class RecordAttempts {

    /** More failures than that within a minute, in all, are a burst. */
    public static final int BURST = 20;

    /** Under which the audit trail has the alerts. */
    public static final String SUBJECT = "authentication";

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AuthenticationLog log;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RecordAttempts(AuthenticationLog log, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.log = log;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @return how many failures an alert was raised for; empty if none was */
    public OptionalLong record(List<Attempt> attempts) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            log.record(attempts);
            if (attempts.stream().allMatch(Attempt::succeeded)) {
                return OptionalLong.empty();
            }
            long failures = log.failuresSince(now.minus(WINDOW));
            if (failures <= BURST || !log.raise(now.getEpochSecond() / WINDOW.toSeconds())) {
                return OptionalLong.empty();
            }
            trail.add(List.of(new AuditEntry(now, Actor.service("billing"), "authentication.failures_burst", SUBJECT,
                    Map.of("failures", String.valueOf(failures), "within", WINDOW.toString()))));
            return OptionalLong.of(failures);
        });
    }
}
