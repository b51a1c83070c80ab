package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.LateUsage;
import java.time.Instant;

/** Names a stretch of usage: a subscription has no two that begin together. */
public record Stretch(SubscriptionId subscription, Instant start) {

    public static Stretch of(LateUsage late) {
        return new Stretch(late.subscription(), late.period().start());
    }
}
