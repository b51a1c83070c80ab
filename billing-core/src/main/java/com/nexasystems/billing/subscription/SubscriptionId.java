package com.nexasystems.billing.subscription;

import java.util.UUID;

/** Identifies a subscription. Whatever belongs to one is stored and distributed by it. */
public record SubscriptionId(UUID value) implements Comparable<SubscriptionId> {

    /** By the text of the id, which is how databases sort UUIDs; {@link UUID#compareTo} is signed. */
    @Override
    public int compareTo(SubscriptionId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0 ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
