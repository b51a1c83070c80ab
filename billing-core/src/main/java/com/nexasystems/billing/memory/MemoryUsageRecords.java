package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.EventSearch;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageTotal;
import com.nexasystems.billing.usage.UsageWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class MemoryUsageRecords implements UsageRecords {

    private static final Comparator<UsageRecord> NEWEST = Comparator.comparing(UsageRecord::start).reversed()
            .thenComparing(UsageRecord::key);

    private final Memory memory;
    private final MemorySubscriptions subscriptions;
    private final Map<Counter, Map<String, UsageRecord>> byCounter = new HashMap<>();
    private final Map<LateUsage, Boolean> late = new LinkedHashMap<>();

    private record Counter(SubscriptionId subscription, MetricCode metric) {

        static Counter of(UsageKey key) {
            return new Counter(key.subscription(), key.metric());
        }
    }

    MemoryUsageRecords(Memory memory, MemorySubscriptions subscriptions) {
        this.memory = memory;
        this.subscriptions = subscriptions;
    }

    @Override
    public List<Answer> add(List<UsageRecord> records, boolean replace) {
        return memory.call(() -> records.stream().map(record -> add(record, replace)).toList());
    }

    private Answer add(UsageRecord record, boolean replace) {
        Map<String, UsageRecord> stored = byCounter.computeIfAbsent(Counter.of(record.key()), key -> new HashMap<>());
        UsageRecord before = stored.get(record.key().idempotencyKey());
        if (before == null) {
            memory.put(stored, record.key().idempotencyKey(), record);
            return new Answer(Result.STORED, Optional.empty());
        }
        if (before.saysTheSameAs(record)) {
            return new Answer(Result.DUPLICATE, Optional.empty());
        }
        if (replace && before.start().equals(record.start())) {
            memory.put(stored, record.key().idempotencyKey(), record);
            return new Answer(Result.REPLACED, Optional.of(before));
        }
        return new Answer(Result.CONFLICT, Optional.of(before));
    }

    @Override
    public List<AggregatedUsage> aggregate(List<UsageWindow> windows) {
        return memory.call(() -> windows.stream().map(window -> AggregatedUsage.of(window, of(window))).toList());
    }

    @Override
    public List<List<List<String>>> combinations(List<UsageWindow> windows, List<List<String>> properties) {
        return memory.call(() -> IntStream.range(0, windows.size())
                .mapToObj(i -> AggregatedUsage.combinations(windows.get(i), properties.get(i), of(windows.get(i))))
                .toList());
    }

    private Collection<UsageRecord> of(UsageWindow window) {
        return byCounter.getOrDefault(new Counter(window.subscription(), window.metric().code()), Map.of()).values();
    }

    Stream<UsageRecord> of(SubscriptionId subscription) {
        return byCounter.entrySet().stream().filter(counter -> counter.getKey().subscription().equals(subscription))
                .flatMap(counter -> counter.getValue().values().stream());
    }

    @Override
    public Optional<UsageRecord> find(UsageKey key) {
        return memory.call(() -> Optional.ofNullable(
                byCounter.getOrDefault(Counter.of(key), Map.of()).get(key.idempotencyKey())));
    }

    @Override
    public List<UsageRecord> events(ServiceId service, String idempotencyKey) {
        return memory.call(() -> byCounter.values().stream().flatMap(stored -> Optional.ofNullable(
                        stored.get(idempotencyKey)).stream())
                .filter(record -> record.end().isEmpty() && isOf(service, record))
                .sorted(Comparator.comparing(UsageRecord::key)).toList());
    }

    @Override
    public Page<UsageRecord> events(EventSearch search, PageRequest request) {
        return memory.call(() -> Page.of(byCounter.values().stream().flatMap(stored -> stored.values().stream())
                .filter(record -> search.contains(record) && isOf(search.service(), record))
                .sorted(NEWEST).limit(EventSearch.MOST).toList(), request));
    }

    private boolean isOf(ServiceId service, UsageRecord record) {
        return subscriptions.find(record.key().subscription()).filter(found -> found.service().equals(service)).isPresent();
    }

    @Override
    public List<UsageTotal> totals(SubscriptionId subscription, MetricCode metric, List<Instant> bounds) {
        return memory.call(() -> {
            var totals = new ArrayList<>(Collections.nCopies(bounds.size() - 1, UsageTotal.NONE));
            for (UsageRecord record : byCounter.getOrDefault(new Counter(subscription, metric), Map.of()).values()) {
                int found = Collections.binarySearch(bounds, record.start());
                int stretch = found >= 0 ? found : -found - 2;
                if (stretch >= 0 && stretch < totals.size()) {
                    totals.set(stretch, totals.get(stretch).plus(record));
                }
            }
            return totals;
        });
    }

    @Override
    public void markLate(Collection<LateUsage> more) {
        memory.run(() -> more.forEach(stretch -> memory.put(late, stretch, true)));
    }

    @Override
    public List<LateUsage> late(Collection<SubscriptionId> wanted) {
        var ids = new HashSet<>(wanted);
        return memory.call(() -> late.keySet().stream().filter(stretch -> ids.contains(stretch.subscription()))
                .sorted(Comparator.comparing(LateUsage::subscription)
                        .thenComparing(stretch -> stretch.period().start()).thenComparing(LateUsage::metric))
                .toList());
    }

    @Override
    public void settle(Collection<LateUsage> settled) {
        memory.run(() -> settled.forEach(stretch -> memory.remove(late, stretch)));
    }
}
