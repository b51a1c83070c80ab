package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.ApiKeyHash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What lets customers look at their own bills without a key. It is signed with what is kept of the key that it was made with:
 * nothing more has to be stored, any server can check it, and it ends with that key.
 *
 * @param customer the id of the customer's entry in the directory
 * @param until    to the second
 */
record PortalLink(UUID key, UUID customer, Instant until) {

    static final Duration VALID = Duration.ofHours(12);

    private static final String MAC = "HmacSHA256";
    private static final int SIGNED_BYTES = 40;
    private static final int BYTES = SIGNED_BYTES + 32;

    /** A token, and what it says; whether that is true is for {@link #isSignedWith} to say. */
    record Read(PortalLink link, byte[] signature) {

        boolean isSignedWith(ApiKeyHash hash) {
            return MessageDigest.isEqual(signature, link.signature(hash));
        }
    }

    String token(ApiKeyHash hash) {
        byte[] token = ByteBuffer.allocate(BYTES).put(bytes()).put(signature(hash)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    static Optional<Read> read(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            var key = new UUID(bytes.getLong(), bytes.getLong());
            var customer = new UUID(bytes.getLong(), bytes.getLong());
            var link = new PortalLink(key, customer, Instant.ofEpochSecond(Math.max(0, Math.min(bytes.getLong(), 1L << 40))));
            byte[] signature = new byte[BYTES - SIGNED_BYTES];
            bytes.get(signature);
            return Optional.of(new Read(link, signature));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private byte[] bytes() {
        return ByteBuffer.allocate(SIGNED_BYTES).putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits())
                .putLong(customer.getMostSignificantBits()).putLong(customer.getLeastSignificantBits())
                .putLong(until.getEpochSecond()).array();
    }

    private byte[] signature(ApiKeyHash hash) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(("portal " + hash.sha256()).getBytes(StandardCharsets.US_ASCII), MAC));
            return mac.doFinal(bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
