package com.nexasystems.billing.testkit;

import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds a {@link UsageRecord}. Immutable: each method answers another sample. */
public final class UsageSample {

    private final UsageRecord built;

    private UsageSample(UsageRecord built) {
        this.built = built;
    }

    static UsageSample of(Subscription subscription, String idempotencyKey) {
        return new UsageSample(new UsageRecord(new UsageKey(subscription.id(), Samples.CPU.code(), idempotencyKey),
                Samples.NEW_YEAR, Optional.empty(), BigDecimal.ONE, Optional.empty(), Map.of(), "hosting", Samples.NEW_YEAR));
    }

    public UsageSample of(Metric metric) {
        return new UsageSample(new UsageRecord(
                new UsageKey(built.key().subscription(), metric.code(), built.key().idempotencyKey()), built.start(),
                built.end(), built.quantity(), built.amount(), built.properties(), built.source(), built.recordedAt()));
    }

    /** An event of that time. */
    public UsageSample at(Instant start) {
        return with(start, Optional.empty(), built.quantity(), built.amount(), built.properties(), built.recordedAt());
    }

    /** A counter of that window. */
    public UsageSample window(Instant start, Instant end) {
        return with(start, Optional.of(end), built.quantity(), built.amount(), built.properties(), built.recordedAt());
    }

    public UsageSample quantity(String quantity) {
        return with(built.start(), built.end(), new BigDecimal(quantity), built.amount(), built.properties(),
                built.recordedAt());
    }

    public UsageSample amount(String amount) {
        return with(built.start(), built.end(), built.quantity(), Optional.of(new BigDecimal(amount)), built.properties(),
                built.recordedAt());
    }

    public UsageSample property(String name, String value) {
        var more = new TreeMap<>(built.properties());
        more.put(name, value);
        return with(built.start(), built.end(), built.quantity(), built.amount(), more, built.recordedAt());
    }

    public UsageSample recordedAt(Instant instant) {
        return with(built.start(), built.end(), built.quantity(), built.amount(), built.properties(), instant);
    }

    public UsageRecord build() {
        return built;
    }

    private UsageSample with(Instant start, Optional<Instant> end, BigDecimal quantity, Optional<BigDecimal> amount,
                             Map<String, String> properties, Instant recordedAt) {
        return new UsageSample(new UsageRecord(built.key(), start, end, quantity, amount, properties, built.source(),
                recordedAt));
    }
}
