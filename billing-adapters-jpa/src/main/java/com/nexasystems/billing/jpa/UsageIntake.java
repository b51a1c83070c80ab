package com.nexasystems.billing.jpa;

import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords.Answer;
import com.nexasystems.billing.usage.UsageRecords.Result;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One batch of usage: the first record of each key is tried, and the answers follow from what became of these. */
final class UsageIntake {

    /** The same in every process: two batches with keys in common wait for each other in one direction only. */
    private static final Comparator<UsageRecord> ORDER = Comparator.comparing(UsageRecord::key, Comparator
            .comparing(UsageKey::subscription).thenComparing(UsageKey::metric).thenComparing(UsageKey::idempotencyKey));

    private final List<UsageRecord> batch;
    private final boolean replace;
    private final Map<UsageKey, UsageRecord> first = new LinkedHashMap<>();
    private final Map<UsageKey, UsageRecord> stored = new HashMap<>();
    private final Map<UsageKey, UsageRecord> replaced = new LinkedHashMap<>();

    UsageIntake(List<UsageRecord> batch, boolean replace) {
        this.batch = batch;
        this.replace = replace;
        batch.forEach(record -> first.putIfAbsent(record.key(), record));
    }

    /** What to insert, in this order. */
    List<UsageRecord> firstOfEachKey() {
        return first.values().stream().sorted(ORDER).toList();
    }

    /** @param before what was stored already under keys of the batch */
    List<Answer> answers(Collection<UsageRecord> before) {
        before.forEach(record -> stored.put(record.key(), record));
        return batch.stream().map(this::answer).toList();
    }

    /** What to update, once there are answers. */
    Collection<UsageRecord> replacements() {
        return replaced.values();
    }

    private Answer answer(UsageRecord record) {
        UsageRecord before = stored.get(record.key());
        if (before == null) {
            stored.put(record.key(), record);
            return new Answer(Result.STORED, Optional.empty());
        }
        if (before.saysTheSameAs(record)) {
            return new Answer(Result.DUPLICATE, Optional.empty());
        }
        if (replace && before.start().equals(record.start())) {
            stored.put(record.key(), record);
            replaced.put(record.key(), record);
            return new Answer(Result.REPLACED, Optional.of(before));
        }
        return new Answer(Result.CONFLICT, Optional.of(before));
    }
}
