package com.nexasystems.billing.event;

import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Something that happened to a subscription.
 *
 * @param service      whom it concerns
 * @param subscription whose it is; sequence numbers count per subscription
 * @param at           to the microsecond
 * @param data         what the receiver needs to act without a look-up: ids (also the service's own), numbers, amounts
 */
public record BillingEvent(UUID id, EventType type, ServiceId service, UUID subscription, Instant at,
                           Map<String, String> data) {

    public BillingEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }
}
