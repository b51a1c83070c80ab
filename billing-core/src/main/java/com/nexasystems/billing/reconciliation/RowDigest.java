package com.nexasystems.billing.reconciliation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over rows, in the order of subscription and first day: another figure, row or status is another digest. */
final class RowDigest {

    private final MessageDigest digest;
    private long rows;

    RowDigest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(ReconciledRow row) {
        digest.update(row.line().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        rows++;
    }

    long rows() {
        return rows;
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
