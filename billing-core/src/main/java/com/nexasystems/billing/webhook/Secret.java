package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * What an endpoint's deliveries are signed with, written as Standard Webhooks write it: {@code whsec_} and the key in
 * base 64. It is in no log: its text is not what it prints.
 *
 * @param text  of a key of 24 to 64 bytes
 * @param until from then on it signs no more; empty for the one that stays. To the microsecond
 */
public record Secret(String text, Optional<Instant> until) {

    private static final String PREFIX = "whsec_";
    private static final int LEAST = 24;
    private static final int MOST = 64;
    private static final int BYTES = 32;

    public Secret {
        until = until.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        int length = decoded(text).length;
        if (length < LEAST || length > MOST) {
            throw new InvalidValue("secret", "is a key of " + LEAST + " to " + MOST + " bytes");
        }
    }

    /** A new one, that stays. */
    public static Secret random(Entropy entropy) {
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(entropy.bytes(BYTES)), Optional.empty());
    }

    public byte[] key() {
        return decoded(text);
    }

    public boolean isValidAt(Instant now) {
        return until.isEmpty() || now.isBefore(until.get());
    }

    Secret until(Instant instant) {
        return new Secret(text, Optional.of(instant));
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "?");
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("secret", "is " + PREFIX + " and base 64");
        }
    }

    @Override
    public String toString() {
        return PREFIX + "***";
    }
}
