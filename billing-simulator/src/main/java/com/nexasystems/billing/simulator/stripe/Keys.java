package com.nexasystems.billing.simulator.stripe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Idempotency keys: the first answer is kept for a day, whatever it is, if the work had begun. */
final class Keys {

    private static final Duration KEPT = Duration.ofHours(24);

    private final Map<String, Use> uses = new HashMap<>();
    private final Clock clock;

    Keys(Clock clock) {
        this.clock = clock;
    }

    private record Use(String fingerprint, Instant at, Optional<Reply> reply) { }

    /**
     * The first answer, if there was one; otherwise the key is in use from now on.
     *
     * @throws Refused if it is in use, or was used for something else
     */
    synchronized Optional<Reply> begin(Request request) {
        Optional<Use> before = Optional.ofNullable(uses.get(request.key()))
                .filter(use -> clock.instant().isBefore(use.at.plus(KEPT)));
        before.ifPresent(use -> check(use, request));
        if (before.isEmpty()) {
            uses.put(request.key(), new Use(request.fingerprint(), clock.instant(), Optional.empty()));
        }
        return before.flatMap(Use::reply);
    }

    private static void check(Use use, Request request) {
        if (!use.fingerprint.equals(request.fingerprint())) {
            throw Refused.notBegun(400, "idempotency_error", "", "Keys for idempotent requests can only be used with the "
                    + "same parameters they were first used with. Try using a key other than '" + request.key() + "'.");
        }
        if (use.reply.isEmpty()) {
            throw inUse(request.key());
        }
    }

    static Refused inUse(String key) {
        return Refused.notBegun(409, "invalid_request_error", "idempotency_key_in_use",
                "There is currently another in-progress request using this Idempotent Key: " + key);
    }

    synchronized void end(Request request, Reply reply) {
        if (reply.kept()) {
            uses.computeIfPresent(request.key(), (key, use) -> new Use(use.fingerprint, use.at, Optional.of(reply)));
        } else {
            uses.remove(request.key());
        }
    }

    synchronized void forget() {
        uses.values().removeIf(use -> use.reply.isPresent());
    }
}
