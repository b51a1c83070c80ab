package com.nexasystems.billing.memory;

import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approvals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class MemoryApprovals implements Approvals {

    private final Memory memory;
    private final Map<UUID, Approval> approvals = new LinkedHashMap<>();

    MemoryApprovals(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void add(Approval approval) {
        memory.run(() -> memory.put(approvals, approval.id(), approval));
    }

    @Override
    public Optional<Approval> find(UUID id) {
        return memory.call(() -> Optional.ofNullable(approvals.get(id)));
    }

    @Override
    public boolean decide(UUID id, Approval.Decision decision) {
        return memory.call(() -> find(id).filter(open -> open.decision().isEmpty()).map(open -> {
            memory.put(approvals, id, new Approval(open.id(), open.subject(), open.text(), open.approver(), open.askedBy(),
                    open.askedAt(), open.token(), open.until(), Optional.of(decision)));
            return true;
        }).orElse(false));
    }

    @Override
    public List<Approval> of(String subject) {
        return memory.call(() -> approvals.values().stream().filter(each -> each.subject().equals(subject)).toList());
    }
}
