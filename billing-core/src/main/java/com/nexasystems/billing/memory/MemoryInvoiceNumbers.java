package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import java.util.HashMap;
import java.util.Map;

final class MemoryInvoiceNumbers implements InvoiceNumbers {

    private final Memory memory;
    private final Map<Counter, Long> next = new HashMap<>();

    private record Counter(ServiceId service, Series series) { }

    MemoryInvoiceNumbers(Memory memory) {
        this.memory = memory;
    }

    @Override
    public long take(ServiceId service, Series series, int count) {
        return memory.call(() -> {
            var counter = new Counter(service, series);
            long first = next.getOrDefault(counter, 1L);
            memory.put(next, counter, first + count);
            return first;
        });
    }
}
