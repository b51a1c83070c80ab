package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.UUID;

/**
 * Identifies a usage record: the scope of idempotency, and nothing beside it.
 *
 * @param idempotencyKey the sender's; any text of up to 255 characters
 */
public record UsageKey(SubscriptionId subscription, MetricCode metric, String idempotencyKey)
        implements Comparable<UsageKey> {

    public UsageKey {
        InvalidValue.checkText("idempotency_key", idempotencyKey, 255);
    }

    /** Reads what {@link #toString} writes. */
    public static UsageKey parse(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length != 3) {
            throw new InvalidValue("usage_record", "is written SUBSCRIPTION/METRIC/KEY: " + text);
        }
        try {
            return new UsageKey(new SubscriptionId(UUID.fromString(parts[0])), new MetricCode(parts[1]), parts[2]);
        } catch (InvalidValue e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("usage_record", "does not begin with the id of a subscription: " + text);
        }
    }

    /** By subscription, metric and the key's text. */
    @Override
    public int compareTo(UsageKey other) {
        int order = subscription.compareTo(other.subscription);
        order = order != 0 ? order : metric.compareTo(other.metric);
        return order != 0 ? order : idempotencyKey.compareTo(other.idempotencyKey);
    }

    /** {@code SUBSCRIPTION/METRIC/KEY}. */
    @Override
    public String toString() {
        return subscription + "/" + metric + "/" + idempotencyKey;
    }
}
