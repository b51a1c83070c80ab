package com.nexasystems.billing.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a source has answered about an invoice, byte by byte. What is booked can be derived again from it.
 *
 * @param fetchedAt when it was complete; to the microsecond
 */
public record Evidence(String invoice, Instant fetchedAt, List<Document> documents) {

    /** One answer. */
    public static final class Document {

        private final String name;
        private final byte[] bytes;

        /** @param name what was asked, such as {@code invoice} or {@code lines-2} */
        public Document(String name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes.clone();
        }

        public String name() {
            return name;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Document that && name.equals(that.name) && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return name + " (" + bytes.length + " bytes)";
        }
    }

    public Evidence {
        fetchedAt = fetchedAt.truncatedTo(ChronoUnit.MICROS);
        documents = List.copyOf(documents);
    }

    /** The answers with this name, or whose name begins with it and a dash; in their order. */
    public List<Document> documents(String name) {
        return documents.stream()
                .filter(document -> document.name.equals(name) || document.name.startsWith(name + "-")).toList();
    }

    /** SHA-256 over the invoice's id and all documents with their names and lengths, in lower-case hexadecimal digits. */
    public String sha256() {
        MessageDigest digest = Sha256.begin();
        add(digest, invoice.getBytes(StandardCharsets.UTF_8));
        documents.forEach(document -> {
            add(digest, document.name.getBytes(StandardCharsets.UTF_8));
            add(digest, document.bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).array());
        digest.update(bytes);
    }
}
