package com.nexasystems.billing.memory;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

final class MemoryEventLog implements EventLog {

    private final Memory memory;
    private final Map<UUID, List<Sequenced>> bySubscription = new HashMap<>();

    MemoryEventLog(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void append(List<BillingEvent> events) {
        memory.run(() -> events.forEach(event -> {
            List<Sequenced> log = bySubscription.computeIfAbsent(event.subscription(), id -> new ArrayList<>());
            memory.append(log, new Sequenced(log.size() + 1, event));
        }));
    }

    @Override
    public List<Sequenced> of(UUID subscription) {
        return memory.call(() -> List.copyOf(bySubscription.getOrDefault(subscription, List.of())));
    }
}
