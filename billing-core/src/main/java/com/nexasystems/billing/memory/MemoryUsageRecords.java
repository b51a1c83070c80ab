package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.AggregatedUsage;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageList;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageRecords;
import com.nexasystems.billing.usage.UsageSeries;
import com.nexasystems.billing.usage.UsageWindow;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class MemoryUsageRecords implements UsageRecords {

    private static final Comparator<UsageRecord> LATEST_FIRST = Comparator.comparing(UsageRecord::start).reversed()
            .thenComparing(UsageRecord::key);

    private final Memory memory;
    private final Subscriptions subscriptions;
    private final Map<Counter, Map<String, UsageRecord>> byCounter = new HashMap<>();
    private final Map<LateUsage, Boolean> late = new LinkedHashMap<>();

    private record Counter(SubscriptionId subscription, MetricCode metric) {

        static Counter of(UsageKey key) {
            return new Counter(key.subscription(), key.metric());
        }
    }

    MemoryUsageRecords(Memory memory, Subscriptions subscriptions) {
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
    public Page<UsageRecord> list(UsageList list, PageRequest request) {
        return memory.call(() -> Page.of(byCounter.entrySet().stream()
                .filter(counter -> subscriptions.find(counter.getKey().subscription())
                        .filter(found -> found.service().equals(list.service())).isPresent()
                        && list.subscription().map(counter.getKey().subscription()::equals).orElse(true)
                        && list.metric().map(counter.getKey().metric()::equals).orElse(true))
                .flatMap(counter -> counter.getValue().values().stream()).filter(record -> matches(record, list))
                .sorted(LATEST_FIRST).limit(UsageList.MOST).toList(), request));
    }

    private static boolean matches(UsageRecord record, UsageList list) {
        return record.end().isEmpty() && list.key().map(record.key().idempotencyKey()::equals).orElse(true)
                && list.from().map(from -> !record.start().isBefore(from)).orElse(true)
                && list.until().map(record.start()::isBefore).orElse(true);
    }

    @Override
    public List<UsageSeries.Point> series(UsageSeries series) {
        return memory.call(() -> byCounter.getOrDefault(new Counter(series.subscription(), series.metric()), Map.of())
                .values().stream().filter(record -> !record.start().isBefore(series.from())
                        && record.start().isBefore(series.until()))
                .collect(Collectors.groupingBy(record -> series.step().begin(record.start(), series.zone()), TreeMap::new,
                        Collectors.toList()))
                .entrySet().stream().map(step -> new UsageSeries.Point(step.getKey(), step.getValue().size(),
                        Decimals.normal(step.getValue().stream().map(UsageRecord::quantity)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)))).toList());
    }

    @Override
    public Optional<UsageRecord> find(UsageKey key) {
        return memory.call(() -> Optional.ofNullable(
                byCounter.getOrDefault(Counter.of(key), Map.of()).get(key.idempotencyKey())));
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

    /** @return how many records */
    long remove(SubscriptionId subscription) {
        late.keySet().stream().filter(stretch -> stretch.subscription().equals(subscription)).toList()
                .forEach(stretch -> memory.remove(late, stretch));
        long removed = 0;
        for (Map.Entry<Counter, Map<String, UsageRecord>> counter : byCounter.entrySet()) {
            if (counter.getKey().subscription.equals(subscription)) {
                for (String key : List.copyOf(counter.getValue().keySet())) {
                    memory.remove(counter.getValue(), key);
                    removed++;
                }
            }
        }
        return removed;
    }
}
