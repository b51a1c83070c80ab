package com.nexasystems.billing.wallet;

import java.util.UUID;

/** Identifies a transaction of a wallet. */
public record TransactionId(UUID value) implements Comparable<TransactionId> {

    /** By the text of the id, which is how databases sort UUIDs. */
    @Override
    public int compareTo(TransactionId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
