package com.nexasystems.billing.memory;

import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.LineHold;
import com.nexasystems.billing.invoicing.LineHolds;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

final class MemoryLineHolds implements LineHolds {

    private final Memory memory;
    private final Map<Key, LineHold> holds = new HashMap<>();

    private record Key(InvoiceId invoice, String line) { }

    MemoryLineHolds(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(LineHold hold) {
        return memory.call(() -> {
            var key = new Key(hold.invoice(), hold.line());
            if (holds.containsKey(key)) {
                return false;
            }
            memory.put(holds, key, hold);
            return true;
        });
    }

    @Override
    public boolean release(InvoiceId invoice, String line) {
        return memory.call(() -> {
            var key = new Key(invoice, line);
            boolean held = holds.containsKey(key);
            memory.remove(holds, key);
            return held;
        });
    }

    @Override
    public Map<InvoiceId, List<LineHold>> of(Collection<InvoiceId> invoices) {
        Set<InvoiceId> wanted = Set.copyOf(invoices);
        return memory.call(() -> holds.values().stream().filter(hold -> wanted.contains(hold.invoice()))
                .sorted(Comparator.comparing(LineHold::line)).collect(Collectors.groupingBy(LineHold::invoice)));
    }
}
