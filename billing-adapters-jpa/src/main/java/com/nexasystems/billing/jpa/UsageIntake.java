package com.nexasystems.billing.jpa;

import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords.Answer;
import com.nexasystems.billing.usage.UsageRecords.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One batch of usage: the first record of each key is tried, and the answers follow from what became of these. */
final class UsageIntake {

    private static final Answer STORED = new Answer(Result.STORED, Optional.empty());

    private final List<UsageRecord> batch;
    private final boolean replace;
    private final List<UsageRecord> first = new ArrayList<>();
    private final Map<UsageKey, UsageRecord> stored = new HashMap<>();
    private final Map<UsageKey, UsageRecord> replaced = new LinkedHashMap<>();

    UsageIntake(List<UsageRecord> batch, boolean replace) {
        this.batch = batch;
        this.replace = replace;
        var sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparing(UsageRecord::key));
        for (UsageRecord record : sorted) {
            if (first.isEmpty() || !record.key().equals(first.get(first.size() - 1).key())) {
                first.add(record);
            }
        }
    }

    /** What to insert, by key: two batches with keys in common then wait for each other in one direction only. */
    List<UsageRecord> firstOfEachKey() {
        return first;
    }

    /** @param before what was stored already under keys of the batch */
    List<Answer> answers(Collection<UsageRecord> before) {
        if (before.isEmpty() && first.size() == batch.size()) {
            return Collections.nCopies(batch.size(), STORED);
        }
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
            return STORED;
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
