package com.nexasystems.billing.memory;

import com.nexasystems.billing.rating.ThresholdMarks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryThresholdMarks implements ThresholdMarks {

    private final Memory memory;
    private final Map<Mark, Boolean> marks = new LinkedHashMap<>();

    MemoryThresholdMarks(Memory memory) {
        this.memory = memory;
    }

    @Override
    public Set<Mark> set(Collection<Mark> wanted) {
        return memory.call(() -> {
            Set<Mark> added = wanted.stream().filter(mark -> !marks.containsKey(mark)).collect(Collectors.toSet());
            added.forEach(mark -> memory.put(marks, mark, true));
            return added;
        });
    }
}
