package com.nexasystems.billing.memory;

import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.FreshUsage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class MemoryFreshUsage implements FreshUsage {

    private final Memory memory;
    private final Map<SubscriptionId, Boolean> marks = new HashMap<>();

    MemoryFreshUsage(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void mark(Collection<SubscriptionId> subscriptions) {
        memory.run(() -> subscriptions.forEach(id -> memory.put(marks, id, true)));
    }

    @Override
    public List<SubscriptionId> waiting(Optional<SubscriptionId> after, int limit) {
        return memory.call(() -> marks.keySet().stream()
                .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0).sorted().limit(limit).toList());
    }

    @Override
    public void settle(Collection<SubscriptionId> subscriptions) {
        memory.run(() -> subscriptions.forEach(id -> memory.remove(marks, id)));
    }
}
