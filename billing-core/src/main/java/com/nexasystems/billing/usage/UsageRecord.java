package com.nexasystems.billing.usage;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How much of a metric was used: an aggregated counter of a window, or a single event.
 *
 * @param start      first instant of the window, or the event's time; decides the billing period. To the microsecond
 * @param end        first instant after the window, at most 366 days after its start; empty for an event
 * @param quantity   in the metric's unit; below zero only for an event
 * @param amount     what it costs, in the major unit of the plan's currency, where the sender sets the price
 * @param properties by name; at most 64
 * @param source     who measured it
 * @param recordedAt when it was handed in
 */
public record UsageRecord(UsageKey key, Instant start, Optional<Instant> end, BigDecimal quantity,
                          Optional<BigDecimal> amount, Map<String, String> properties, String source,
                          Instant recordedAt) {

    private static final int MOST_PROPERTIES = 64;
    private static final Duration LONGEST_WINDOW = Duration.ofDays(366);

    public UsageRecord {
        start = start.truncatedTo(ChronoUnit.MICROS);
        end = end.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        recordedAt = recordedAt.truncatedTo(ChronoUnit.MICROS);
        quantity = Decimals.checked("quantity", quantity);
        amount = amount.map(value -> Decimals.nonNegative("amount", value));
        properties = properties.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(properties));
        if (end.isPresent() && !start.isBefore(end.get())) {
            throw new InvalidValue("end", "must be after the start: " + end.get());
        }
        if (end.isPresent() && end.get().isAfter(start.plus(LONGEST_WINDOW))) {
            throw new InvalidValue("end", "is more than " + LONGEST_WINDOW.toDays() + " days after the start: " + end.get());
        }
        if (end.isPresent() && quantity.signum() < 0) {
            throw new InvalidValue("quantity", "a counter is never negative: " + quantity.toPlainString());
        }
        if (properties.size() > MOST_PROPERTIES) {
            throw new InvalidValue("properties", "are more than " + MOST_PROPERTIES);
        }
        properties.forEach((name, value) -> {
            InvalidValue.checkText("properties", name, 128);
            InvalidValue.checkText("properties." + name, value, 1024);
        });
        InvalidValue.checkText("source", source, 128);
    }

    /** Whether it says the same as the other: then handing it in again changes nothing. */
    public boolean saysTheSameAs(UsageRecord other) {
        return fingerprint() == other.fingerprint();
    }

    /**
     * 64 bits of the SHA-256 of all that decides a price. The sum over the records of a period, modulo 2^64, is the
     * period's digest: it does not depend on their order, and changes with any one of them. What has a fixed length stands
     * before; what stands between the other parts is a control character, which no part can contain.
     */
    public long fingerprint() {
        UUID subscription = key.subscription().value();
        Instant until = end.orElse(Instant.MIN);
        StringBuilder text = new StringBuilder(128).append(key.metric().value()).append('\n').append(key.idempotencyKey())
                .append('\n').append(quantity.toPlainString())
                .append('\n').append(amount.map(BigDecimal::toPlainString).orElse(""));
        properties.forEach((name, value) -> text.append('\n').append(name).append('\t').append(value));
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(4 * Long.BYTES + 2 * Integer.BYTES)
                .putLong(subscription.getMostSignificantBits()).putLong(subscription.getLeastSignificantBits())
                .putLong(start.getEpochSecond()).putInt(start.getNano())
                .putLong(until.getEpochSecond()).putInt(until.getNano()).array());
        return ByteBuffer.wrap(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8))).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
