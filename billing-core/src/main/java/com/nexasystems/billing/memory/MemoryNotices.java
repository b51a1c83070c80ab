package com.nexasystems.billing.memory;

import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.Secret;
import com.nexasystems.billing.webhook.Signature;
import com.nexasystems.billing.webhook.WebhookVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The notices of a provider that is there for tests and demonstrations: a line of text, signed as Standard Webhooks are.
 */
public final class MemoryNotices implements Notices {

    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";

    private final Secret secret;
    private final WebhookVerifier verifier;

    /** @param secret whatever is not signed with it is refused */
    public MemoryNotices(Secret secret, Clock clock) {
        this.secret = secret;
        this.verifier = new WebhookVerifier(List.of(secret.text()), clock);
    }

    /** What the provider sends. */
    public static byte[] body(Notice notice) {
        return String.join(" ", notice.subject().name(), notice.id(), notice.event()).getBytes(StandardCharsets.UTF_8);
    }

    /** The headers it is sent with at that time. */
    public Map<String, String> signature(byte[] body, Instant at) {
        String timestamp = String.valueOf(at.getEpochSecond());
        return Map.of(ID, "notice", TIMESTAMP, timestamp, SIGNATURE,
                Signature.of(secret.key(), "notice", timestamp, body));
    }

    @Override
    public Notice read(byte[] body, Function<String, Optional<String>> header) {
        if (!verifier.isGenuine(header.apply(ID).orElse(""), header.apply(TIMESTAMP).orElse(""),
                header.apply(SIGNATURE).orElse(""), body)) {
            throw new InvalidValue(SIGNATURE, "is not the provider's, or not of now");
        }
        String[] words = new String(body, StandardCharsets.UTF_8).split(" ", 3);
        return Stream.of(Subject.values()).filter(subject -> words.length == 3 && subject.name().equals(words[0]))
                .findFirst().map(subject -> new Notice(subject, words[1], words[2]))
                .orElseThrow(() -> new InvalidValue("body", "is no notice"));
    }
}
