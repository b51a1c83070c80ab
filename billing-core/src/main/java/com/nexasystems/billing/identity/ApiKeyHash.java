package com.nexasystems.billing.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of an API key: its SHA-256, as hexadecimal text. A key has 256 random bits, so that a slow hash would add
 * nothing; the key itself is shown once and never stored.
 */
public record ApiKeyHash(String sha256) {

    public static ApiKeyHash of(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return new ApiKeyHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** In constant time: the answer's delay tells nothing about the key. */
    public boolean matches(ApiKeyHash other) {
        return MessageDigest.isEqual(sha256.getBytes(StandardCharsets.US_ASCII),
                other.sha256.getBytes(StandardCharsets.US_ASCII));
    }
}
