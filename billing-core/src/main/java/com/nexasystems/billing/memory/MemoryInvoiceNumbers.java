package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.InvoiceNumbers;
import java.util.HashMap;
import java.util.Map;

final class MemoryInvoiceNumbers implements InvoiceNumbers {

    private final Memory memory;
    private final Map<ServiceId, Long> next = new HashMap<>();

    MemoryInvoiceNumbers(Memory memory) {
        this.memory = memory;
    }

    @Override
    public long take(ServiceId service, int count) {
        return memory.call(() -> {
            long first = next.getOrDefault(service, 1L);
            memory.put(next, service, first + count);
            return first;
        });
    }
}
