package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The chain that makes tampering with posted entries evident: each link is the SHA-256 over the link before and all that is
 * known of the entry. Every text goes in with its length before it, so that no two entries read the same.
 */
public final class EntryChain {

    /** The link before the first entry. */
    public static final String START = "0".repeat(64);

    private final MessageDigest digest = Sha256.begin();

    private EntryChain() {
    }

    /** The link of an entry that follows the one before; 64 hexadecimal digits. */
    public static String next(String before, PostedEntry entry) {
        return next(before, entry.sequence(), entry.entry(), entry.evidence(), entry.reverses(), entry.by(), entry.at());
    }

    static String next(String before, long sequence, JournalEntry entry, String evidence, Optional<Long> reverses, Actor by,
                       Instant at) {
        var chain = new EntryChain();
        chain.add(before).add(Long.toString(sequence)).add(entry.key().toString()).add(entry.date().toString())
                .add(entry.party()).add(entry.text()).add(evidence).add(reverses.map(Object::toString).orElse(""))
                .add(by.kind()).add(by.name()).add(Long.toString(at.getEpochSecond())).add(Integer.toString(at.getNano()))
                .add(Integer.toString(entry.postings().size()));
        entry.postings().forEach(posting -> chain.add(posting.account().code())
                .add(posting.amount().currency().getCurrencyCode()).add(posting.amount().amount().toPlainString()));
        return HexFormat.of().formatHex(chain.digest.digest());
    }

    private EntryChain add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }
}
