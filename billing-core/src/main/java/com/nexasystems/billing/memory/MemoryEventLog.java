package com.nexasystems.billing.memory;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

final class MemoryEventLog implements EventLog {

    private final Memory memory;
    private final Map<UUID, List<Sequenced>> bySubscription = new HashMap<>();
    private Consumer<Sequenced> watcher = sequenced -> { };

    MemoryEventLog(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void append(List<BillingEvent> events) {
        memory.run(() -> events.forEach(event -> {
            List<Sequenced> log = bySubscription.computeIfAbsent(event.subscription(), id -> new ArrayList<>());
            var sequenced = new Sequenced(log.size() + 1, event);
            memory.append(log, sequenced);
            watcher.accept(sequenced);
        }));
    }

    /** Who is told of what is appended, in its unit of work. */
    void watch(Consumer<Sequenced> newWatcher) {
        watcher = newWatcher;
    }

    @Override
    public List<Sequenced> of(UUID subscription) {
        return memory.call(() -> List.copyOf(bySubscription.getOrDefault(subscription, List.of())));
    }
}
