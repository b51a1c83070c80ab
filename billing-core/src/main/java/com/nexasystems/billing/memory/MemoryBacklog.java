package com.nexasystems.billing.memory;

import com.nexasystems.billing.invoicing.Backlog;
import com.nexasystems.billing.usage.UsageRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

final class MemoryBacklog implements Backlog {

    private final Memory memory;
    private final MemorySubscriptions subscriptions;
    private final MemoryUsageRecords records;
    private final MemoryInvoices invoices;

    MemoryBacklog(Memory memory, MemorySubscriptions subscriptions, MemoryUsageRecords records, MemoryInvoices invoices) {
        this.memory = memory;
        this.subscriptions = subscriptions;
        this.records = records;
        this.invoices = invoices;
    }

    @Override
    public Figures at(Instant asOf) {
        return memory.call(() -> {
            List<Instant> unbilled = subscriptions.toBeBilled().flatMap(subscription -> records.of(subscription.id())
                    .map(UsageRecord::start).filter(start -> !start.isBefore(subscription.billedThrough()))).toList();
            return new Figures(unbilled.size(), unbilled.stream().min(Comparator.naturalOrder()),
                    subscriptions.countDue(asOf), invoices.countDrafts());
        });
    }
}
