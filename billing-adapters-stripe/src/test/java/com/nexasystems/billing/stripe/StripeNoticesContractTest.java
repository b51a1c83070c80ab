package com.nexasystems.billing.stripe;

import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.testkit.NoticesContract;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Stripe's notices pass the contract, as they are written on the wire. */
class StripeNoticesContractTest extends NoticesContract {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Override
    protected Notices notices() {
        return StripeNotices.of(StripeSettings.of("sk_test_1", "whsec_1"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Override
    protected Instant now() {
        return NOW;
    }

    @Override
    protected Duration tolerance() {
        return Duration.ofSeconds(300);
    }

    @Override
    protected byte[] body(Subject subject, String id) {
        String kind = switch (subject) {
            case CHARGE -> "payment_intent";
            case REFUND -> "refund";
            case DISPUTE -> "dispute";
            case NOTHING_OF_OURS -> "product";
        };
        return """
                {"id": "evt_1", "object": "event", "api_version": "2026-07-29.dahlia", "type": "%1$s.updated",
                 "data": {"object": {"id": "%2$s", "object": "%1$s", "description": "größer"}}}
                """.formatted(kind, id).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected Map<String, String> signed(byte[] body, Instant at) {
        return Map.of("Stripe-Signature", signature("whsec_1", body, at));
    }

    @Override
    protected Map<String, String> forged(byte[] body, Instant at) {
        return Map.of("Stripe-Signature", signature("whsec_2", body, at));
    }

    private static String signature(String secret, byte[] body, Instant at) {
        return FakeStripe.signature(secret, at, body);
    }
}
