package com.nexasystems.billing.testkit;

import com.nexasystems.billing.memory.MemoryNotices;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** The contract over the notices in memory, or over what stands before them. */
public abstract class MemoryNoticesContract extends NoticesContract {

    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    final MemoryNotices right = at(NOW);
    private final MemoryNotices somebodyElse = of("whsec_MTExMTExMTExMTExMTExMTExMTExMTEx", NOW);

    static MemoryNotices at(Instant now) {
        return of("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", now);
    }

    private static MemoryNotices of(String secret, Instant now) {
        return new MemoryNotices(new Secret(secret, Optional.empty()), Clock.fixed(now, ZoneOffset.UTC));
    }

    @Override
    protected Notices notices() {
        return right;
    }

    @Override
    protected Instant now() {
        return NOW;
    }

    @Override
    protected Duration tolerance() {
        return WebhookVerifier.TOLERANCE;
    }

    @Override
    protected byte[] body(Subject subject, String id) {
        return MemoryNotices.body(new Notice(subject, id, "evt_1 something.happened"));
    }

    @Override
    protected Map<String, String> signed(byte[] body, Instant at) {
        return right.signature(body, at);
    }

    @Override
    protected Map<String, String> forged(byte[] body, Instant at) {
        return somebodyElse.signature(body, at);
    }
}
