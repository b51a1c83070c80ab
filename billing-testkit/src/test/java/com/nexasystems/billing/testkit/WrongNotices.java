package com.nexasystems.billing.testkit;

import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** As {@link WrongAdapters}, for the notices of payment providers. */
final class WrongNotices {

    private WrongNotices() {
    }

    /** The contract, with the notices in memory behind a mistake. */
    private abstract static class WrongReader extends MemoryNoticesContract implements Notices {

        static Optional<Instant> time(Function<String, Optional<String>> header) {
            return header.apply("webhook-timestamp").filter(text -> text.matches("[0-9]{1,12}"))
                    .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
        }

        @Override
        protected Notices notices() {
            return this;
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
