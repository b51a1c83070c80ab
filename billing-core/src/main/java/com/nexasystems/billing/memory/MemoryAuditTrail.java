package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import java.util.ArrayList;
import java.util.List;

final class MemoryAuditTrail implements AuditTrail {

    private final Memory memory;
    private final List<AuditEntry> entries = new ArrayList<>();

    MemoryAuditTrail(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void add(List<AuditEntry> more) {
        memory.run(() -> more.forEach(entry -> memory.append(entries, entry)));
    }

    @Override
    public List<AuditEntry> of(String subject) {
        return memory.call(() -> entries.stream().filter(entry -> entry.subject().equals(subject)).toList());
    }
}
