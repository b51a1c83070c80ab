package com.nexasystems.billing.approval;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a link's secret: its SHA-256, as hexadecimal text. A secret has 256 random bits, so that a slow hash would
 * add nothing.
 */
public record TokenHash(String sha256) {

    public static TokenHash of(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return new TokenHash(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** In constant time: the answer's delay tells nothing about the secret. */
    public boolean matches(TokenHash other) {
        return MessageDigest.isEqual(sha256.getBytes(StandardCharsets.US_ASCII),
                other.sha256.getBytes(StandardCharsets.US_ASCII));
    }
}
