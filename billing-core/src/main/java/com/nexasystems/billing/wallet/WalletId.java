package com.nexasystems.billing.wallet;

import java.util.UUID;

/** Identifies a wallet. */
public record WalletId(UUID value) implements Comparable<WalletId> {

    /** By the text of the id, which is how databases sort UUIDs. */
    @Override
    public int compareTo(WalletId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
