package com.nexasystems.billing.testkit;

import com.nexasystems.billing.memory.MemoryNotices;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** As {@link WrongAdapters}, for the notices of payment providers. */
final class WrongNotices {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private WrongNotices() {
    }

    /** The contract, with the notices in memory behind a mistake. */
    private abstract static class WrongReader extends NoticesContract implements Notices {

        final MemoryNotices right = at(NOW);

        static MemoryNotices at(Instant now) {
            return new MemoryNotices(new Secret("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", Optional.empty()),
                    Clock.fixed(now, ZoneOffset.UTC));
        }

        static Optional<Instant> time(Function<String, Optional<String>> header) {
            return header.apply("webhook-timestamp").filter(text -> text.matches("[0-9]{1,12}"))
                    .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
        }

        @Override
        protected Notices notices() {
            return this;
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
            return new MemoryNotices(new Secret("whsec_MTExMTExMTExMTExMTExMTExMTExMTEx", Optional.empty()),
                    Clock.fixed(NOW, ZoneOffset.UTC)).signature(body, at);
        }
    }

    @Breaks("NO-1")
    static class ThinksThatNoClockIsAhead extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            if (time(header).filter(NOW::isBefore).isPresent()) {
                throw new InvalidValue("webhook-timestamp", "is not of now");
            }
            return right.read(body, header);
        }
    }

    @Breaks("NO-1")
    static class RefusesWhatIsNotOfOurs extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            Notice notice = right.read(body, header);
            if (notice.subject() == Subject.NOTHING_OF_OURS) {
                throw new InvalidValue("body", "is not of ours");
            }
            return notice;
        }
    }

    @Breaks("NO-2")
    static class DoesNotLookAtTheTime extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            return at(time(header).orElse(NOW)).read(body, header);
        }
    }

    @Breaks("NO-2")
    static class BelievesWhatIsNotSigned extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            return header.apply("webhook-signature").isPresent() ? right.read(body, header)
                    : new Notice(Subject.CHARGE, new String(body, StandardCharsets.UTF_8), "evt_1");
        }
    }

    @Breaks("NO-2")
    static class TrimsTheBody extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            boolean padded = body.length > 0 && body[body.length - 1] == ' ';
            return right.read(padded ? Arrays.copyOf(body, body.length - 1) : body, header);
        }
    }

    @Breaks("NO-3")
    static class StumblesOverTheBody extends WrongReader {
        @Override
        public Notice read(byte[] body, Function<String, Optional<String>> header) {
            try {
                return right.read(body, header);
            } catch (InvalidValue e) {
                throw "body".equals(e.field()) ? new IllegalStateException(e) : e;
            }
        }
    }
}
