package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.AuthenticationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

final class MemoryAuthenticationLog implements AuthenticationLog {

    private final Memory memory;
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Long, Boolean> raised = new HashMap<>();

    MemoryAuthenticationLog(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void record(List<Attempt> some) {
        memory.run(() -> some.forEach(attempt -> memory.append(attempts, attempt)));
    }

    @Override
    public long failuresSince(Instant from) {
        return memory.call(() -> attempts.stream().filter(attempt -> !attempt.succeeded() && !attempt.at().isBefore(from))
                .count());
    }

    @Override
    public List<Attempt> latest(int most) {
        return memory.call(() -> attempts.stream().sorted(Comparator.comparing(Attempt::at).reversed()).limit(most).toList());
    }

    @Override
    public boolean raise(long window) {
        return memory.call(() -> {
            boolean first = !raised.containsKey(window);
            memory.put(raised, window, true);
            return first;
        });
    }
}
