package com.nexasystems.billing.memory;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.usage.FreshUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

final class MemoryShadowRecords implements ShadowRecords {

    private final Memory memory;
    private final MemoryMetrics metrics;
    private final MemoryPlans plans;
    private final MemoryCustomers customers;
    private final MemorySubscriptions subscriptions;
    private final MemoryUsageRecords usage;
    private final FreshUsage fresh;
    private final MemoryHoldings holdings;
    private final Map<Key, Boolean> made = new HashMap<>();
    private final Map<Row, ShadowSubscription> shadows = new TreeMap<>();
    private final Map<Row, SourceInvoice> invoices = new TreeMap<>();
    private final Map<Row, UsageTwin> twins = new TreeMap<>();
    private final List<ImportRun> runs = new ArrayList<>();

    private record Key(ServiceId service, Made kind, String key) { }

    private record Row(ServiceId service, String id) implements Comparable<Row> {

        @Override
        public int compareTo(Row other) {
            int order = service.value().compareTo(other.service.value());
            return order != 0 ? order : id.compareTo(other.id);
        }
    }

    MemoryShadowRecords(Memory memory, MemoryMetrics metrics, MemoryPlans plans, MemoryCustomers customers,
                        MemorySubscriptions subscriptions, MemoryUsageRecords usage, FreshUsage fresh,
                        MemoryHoldings holdings) {
        this.memory = memory;
        this.metrics = metrics;
        this.plans = plans;
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.usage = usage;
        this.fresh = fresh;
        this.holdings = holdings;
    }

    @Override
    public void mark(ServiceId service, Made kind, Collection<String> keys) {
        memory.run(() -> keys.forEach(key -> memory.put(made, new Key(service, kind, key), true)));
    }

    @Override
    public Set<String> marked(ServiceId service, Made kind, Collection<String> keys) {
        return memory.call(() -> keys.stream().filter(key -> made.containsKey(new Key(service, kind, key)))
                .collect(Collectors.toSet()));
    }

    @Override
    public void add(ServiceId service, List<ShadowSubscription> some) {
        memory.run(() -> some.forEach(one -> memory.put(shadows, new Row(service, one.externalId()), one)));
    }

    @Override
    public List<ShadowSubscription> subscriptions(ServiceId service, Optional<String> after, int limit) {
        return memory.call(() -> after(shadows, service, after, one -> true, limit));
    }

    private static <T> List<T> after(Map<Row, T> rows, ServiceId service, Optional<String> after, Predicate<T> wanted,
                                     int limit) {
        return rows.entrySet().stream().filter(row -> row.getKey().service.equals(service)
                        && after.map(id -> row.getKey().id.compareTo(id) > 0).orElse(true) && wanted.test(row.getValue()))
                .limit(limit).map(Map.Entry::getValue).toList();
    }

    @Override
    public long countSubscriptions(ServiceId service) {
        return memory.call(() -> shadows.keySet().stream().filter(row -> row.service.equals(service)).count());
    }

    @Override
    public List<Put> put(ServiceId service, List<SourceInvoice> some) {
        Map<String, SourceInvoice> last = new HashMap<>();
        some.forEach(invoice -> last.put(invoice.id(), invoice));
        return memory.call(() -> {
            Map<String, Put> puts = new HashMap<>();
            last.forEach((id, invoice) -> puts.put(id, put(service, invoice)));
            return some.stream().map(invoice -> puts.get(invoice.id())).toList();
        });
    }

    private Put put(ServiceId service, SourceInvoice invoice) {
        var row = new Row(service, invoice.id());
        SourceInvoice before = invoices.get(row);
        if (invoice.equals(before)) {
            return Put.UNCHANGED;
        }
        memory.put(invoices, row, invoice);
        return before == null ? Put.CREATED : Put.UPDATED;
    }

    @Override
    public long keepOnly(ServiceId service, Optional<String> after, Optional<String> through, Collection<String> ids) {
        return memory.call(() -> {
            Set<String> kept = new HashSet<>(ids);
            List<Row> gone = keysOf(invoices, service).stream().filter(row -> !kept.contains(row.id)
                    && after.map(id -> row.id.compareTo(id) > 0).orElse(true)
                    && through.map(id -> row.id.compareTo(id) <= 0).orElse(true)).toList();
            gone.forEach(row -> memory.remove(invoices, row));
            return (long) gone.size();
        });
    }

    @Override
    public Map<String, List<SourceInvoice>> invoices(ServiceId service, Collection<String> some) {
        return memory.call(() -> {
            Set<String> wanted = new HashSet<>(some);
            return after(invoices, service, Optional.empty(), invoice -> isOf(wanted, invoice), Integer.MAX_VALUE).stream()
                    .collect(Collectors.groupingBy(invoice -> invoice.subscriptionId().orElseThrow()));
        });
    }

    private static boolean isOf(Set<String> some, SourceInvoice invoice) {
        return invoice.subscriptionId().filter(some::contains).isPresent();
    }

    @Override
    public List<SourceInvoice> unlinked(ServiceId service, Optional<String> after, int limit) {
        return memory.call(() -> after(invoices, service, after, invoice -> invoice.subscriptionId()
                .filter(id -> shadows.containsKey(new Row(service, id))).isEmpty(), limit));
    }

    @Override
    public void putTwins(ServiceId service, List<UsageTwin> some) {
        memory.run(() -> some.forEach(twin -> memory.put(twins, new Row(service, twin.id()), twin)));
    }

    @Override
    public List<UsageTwin> twins(Collection<SubscriptionId> some) {
        Set<SubscriptionId> wanted = new HashSet<>(some);
        return memory.call(() -> twins.values().stream().filter(twin -> wanted.contains(twin.subscription()))
                .sorted(Comparator.comparing(UsageTwin::id)).toList());
    }

    @Override
    public void add(ImportRun run) {
        memory.run(() -> memory.append(runs, run));
    }

    @Override
    public Optional<ImportRun> lastRun(ServiceId service) {
        return memory.call(() -> runs.stream().filter(run -> run.service().equals(service))
                .reduce((before, next) -> next));
    }

    @Override
    public Pruned prune(ServiceId service) {
        return memory.call(() -> {
            List<Subscription> shadow = keysOf(shadows, service).stream().map(row -> shadows.get(row).id())
                    .flatMap(id -> subscriptions.find(id).stream())
                    .filter(subscription -> subscription.state() == SubscriptionState.SHADOW).toList();
            long removedUsage = shadow.stream().mapToLong(subscription -> usage.remove(subscription.id())).sum();
            fresh.settle(shadow.stream().map(Subscription::id).toList());
            shadow.forEach(subscriptions::remove);
            long removedPlans = prunePlans(service);
            pruneMetrics(service);
            long removedCustomers = pruneCustomers(service);
            return new Pruned(shadow.size(), removedUsage, removedPlans, removedCustomers, forget(service));
        });
    }

    /** @return how many invoices there were */
    private long forget(ServiceId service) {
        List<Row> removedInvoices = keysOf(invoices, service);
        removedInvoices.forEach(row -> memory.remove(invoices, row));
        keysOf(shadows, service).forEach(row -> memory.remove(shadows, row));
        keysOf(twins, service).forEach(row -> memory.remove(twins, row));
        List.copyOf(made.keySet()).stream().filter(key -> key.service.equals(service))
                .forEach(key -> memory.remove(made, key));
        memory.replace(runs, runs.stream().filter(run -> !run.service().equals(service)).toList());
        return removedInvoices.size();
    }

    private static List<Row> keysOf(Map<Row, ?> rows, ServiceId service) {
        return rows.keySet().stream().filter(row -> row.service.equals(service)).toList();
    }

    private List<String> made(ServiceId service, Made kind) {
        return made.keySet().stream().filter(key -> key.service.equals(service) && key.kind == kind).map(Key::key).toList();
    }

    private long prunePlans(ServiceId service) {
        List<PlanCode> unused = made(service, Made.PLAN).stream().map(PlanCode::new)
                .filter(code -> plans.find(code).isPresent() && subscriptions.countOnPlan(code) == 0 && !hasEdition(code))
                .toList();
        unused.forEach(plans::remove);
        return unused.size();
    }

    private boolean hasEdition(PlanCode code) {
        return plans.all().stream().anyMatch(plan -> plan.terms().overrides().equals(Optional.of(code)));
    }

    private void pruneMetrics(ServiceId service) {
        made(service, Made.METRIC).stream().map(MetricCode::new).filter(code -> plans.all().stream()
                .flatMap(plan -> plan.versions().stream()).flatMap(version -> version.charges().stream())
                .noneMatch(charge -> charge.metric().equals(code))).forEach(metrics::remove);
    }

    private long pruneCustomers(ServiceId service) {
        made(service, Made.LINK).stream().filter(link -> customers.findLinked(service, link)
                .filter(customer -> !holdings.has(service, customer.id())).isPresent())
                .forEach(link -> customers.unlink(service, link));
        List<CustomerId> unused = made(service, Made.CUSTOMER).stream().map(id -> new CustomerId(UUID.fromString(id)))
                .filter(id -> customers.find(id).isPresent() && !customers.isLinked(id) && !holdings.has(id)).toList();
        unused.forEach(customers::remove);
        return unused.size();
    }
}
