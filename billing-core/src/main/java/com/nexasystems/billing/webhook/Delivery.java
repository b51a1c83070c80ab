package com.nexasystems.billing.webhook;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to one endpoint.
 *
 * @param event     what receivers see as {@code webhook-id}: the same however often it is sent
 * @param body      sent to the letter, as UTF-8
 * @param tries     since it was made, or was last asked for again
 * @param nextAt    when it is sent next; while it is being sent, when it is taken for lost. Empty unless it is pending. To the
 *                  microsecond
 * @param createdAt to the microsecond
 */
public record Delivery(DeliveryId id, EndpointId endpoint, ServiceId service, UUID event, EventType type, String body,
                       State state, int tries, Optional<Instant> nextAt, Instant createdAt) {

    /** The life of a delivery. */
    public enum State {
        PENDING, DELIVERED,
        /** The last attempt has failed, or its endpoint is gone. */
        DEAD;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        if ((state == State.PENDING) != nextAt.isPresent()) {
            throw new IllegalArgumentException("a delivery has a next attempt if and only if it is pending: " + id);
        }
        nextAt = nextAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** A new one, to be sent at once. */
    public static Delivery of(DeliveryId id, Endpoint endpoint, UUID event, EventType type, String body, Instant now) {
        return new Delivery(id, endpoint.id(), endpoint.service(), event, type, body, State.PENDING, 0, Optional.of(now), now);
    }

    public Delivery delivered() {
        return as(State.DELIVERED, tries + 1, Optional.empty());
    }

    public Delivery retriedAt(Instant next) {
        return as(State.PENDING, tries + 1, Optional.of(next));
    }

    public Delivery dead() {
        return as(State.DEAD, tries + 1, Optional.empty());
    }

    /** Being sent; due again if nothing is heard of that. */
    public Delivery claimedUntil(Instant lostAt) {
        return as(State.PENDING, tries, Optional.of(lostAt));
    }

    public Delivery as(State next, int newTries, Optional<Instant> newNextAt) {
        return new Delivery(id, endpoint, service, event, type, body, next, newTries, newNextAt, createdAt);
    }
}
