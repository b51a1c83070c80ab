package com.nexasystems.billing.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For receivers: whether a message is from whoever has one of the secrets, and is not old. Needs nothing but the JDK.
 *
 * <pre>{@code
 * var verifier = new WebhookVerifier(List.of("whsec_..."), Clock.systemUTC());
 * if (!verifier.isGenuine(header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), bytes)) {
 *     return 401;
 * }
 * }</pre>
 *
 * <p>Verify the bytes as they came, before anything reads them. A message comes at least once: whoever has dealt with its
 * {@code webhook-id}, or with a higher sequence number of the same subscription, answers 200 and does nothing.
 */
public final class WebhookVerifier {

    /** How far the sender's clock and ours may be apart, and how long a message may take. */
    public static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final int LONGEST_TIMESTAMP = 12;
    private static final int LONGEST_HEADER = 4_096;

    private final List<byte[]> keys;
    private final Clock clock;

    /** @param secrets any of them may have signed: during a rotation there are two */
    public WebhookVerifier(List<String> secrets, Clock clock) {
        this.keys = secrets.stream().map(text -> new Secret(text, Optional.empty()).key()).toList();
        this.clock = clock;
    }

    /**
     * Never throws, whatever the headers are.
     *
     * @param id        header {@code webhook-id}; null if there is none, as of the others
     * @param timestamp header {@code webhook-timestamp}
     * @param signature header {@code webhook-signature}: words, any of which may be right
     * @param body      as it came, to the byte
     */
    public boolean isGenuine(String id, String timestamp, String signature, byte[] body) {
        if (id == null || timestamp == null || signature == null || body == null || !isId(id)
                || signature.length() > LONGEST_HEADER || !isRecent(timestamp)) {
            return false;
        }
        boolean genuine = false;
        for (byte[] key : keys) {
            byte[] expected = Signature.of(key, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
            for (String word : signature.split(" ")) {
                genuine |= MessageDigest.isEqual(expected, word.getBytes(StandardCharsets.UTF_8));
            }
        }
        return genuine;
    }

    /** With a point in it, a part of another message's body could stand for its end: points part what is signed. */
    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_HEADER && text.indexOf('.') < 0;
    }

    private boolean isRecent(String timestamp) {
        if (timestamp.isEmpty() || timestamp.length() > LONGEST_TIMESTAMP
                || !timestamp.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant()).abs();
        return age.compareTo(TOLERANCE) <= 0;
    }
}
