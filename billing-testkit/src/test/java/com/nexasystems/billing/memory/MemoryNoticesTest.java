package com.nexasystems.billing.memory;

import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.testkit.NoticesContract;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

class MemoryNoticesTest extends NoticesContract {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final MemoryNotices notices = of("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");
    private final MemoryNotices somebodyElse = of("whsec_MTExMTExMTExMTExMTExMTExMTExMTEx");

    private static MemoryNotices of(String secret) {
        return new MemoryNotices(new Secret(secret, Optional.empty()), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    protected Notices notices() {
        return notices;
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
        return notices.signature(body, at);
    }

    @Override
    protected Map<String, String> forged(byte[] body, Instant at) {
        return somebodyElse.signature(body, at);
    }
}
