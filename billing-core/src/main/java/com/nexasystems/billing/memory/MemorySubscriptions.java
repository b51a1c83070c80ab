package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

final class MemorySubscriptions implements Subscriptions {

    private final Memory memory;
    private final Map<SubscriptionId, Subscription> byId = new TreeMap<>();
    private final Map<ExternalId, SubscriptionId> latest = new HashMap<>();

    private record ExternalId(ServiceId service, String id) { }

    MemorySubscriptions(Memory memory) {
        this.memory = memory;
    }

    @Override
    public List<SubscriptionId> add(List<Subscription> subscriptions) {
        return memory.call(() -> {
            var added = new ArrayList<SubscriptionId>();
            for (Subscription subscription : subscriptions) {
                var externalId = new ExternalId(subscription.service(), subscription.externalId());
                SubscriptionId before = latest.get(externalId);
                if (before == null || byId.get(before).state() == SubscriptionState.TERMINATED) {
                    memory.put(byId, subscription.id(), subscription);
                    memory.put(latest, externalId, subscription.id());
                    added.add(subscription.id());
                }
            }
            return added;
        });
    }

    @Override
    public void update(List<Subscription> subscriptions) {
        memory.run(() -> subscriptions.forEach(subscription -> memory.put(byId, subscription.id(), subscription)));
    }

    @Override
    public void advance(List<Subscription> subscriptions) {
        update(subscriptions);
    }

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Page<Subscription> search(SubscriptionSearch search, PageRequest request) {
        return memory.call(() -> Page.of(byId.values().stream().filter(found -> matches(found, search))
                .sorted(Comparator.comparing(Subscription::id).reversed()).toList(), request));
    }

    private static boolean matches(Subscription found, SubscriptionSearch search) {
        return found.service().equals(search.service())
                && search.customer().map(found.customer()::equals).orElse(true)
                && (search.plans().isEmpty() || found.phases().stream().anyMatch(p -> search.plans().contains(p.plan())))
                && search.states().contains(found.state())
                && search.externalId().map(found.externalId()::equals).orElse(true);
    }

    @Override
    public List<Subscription> findAll(Collection<SubscriptionId> ids) {
        return memory.call(() -> new HashSet<>(ids).stream().sorted().filter(byId::containsKey).map(byId::get).toList());
    }

    @Override
    public Map<String, Subscription> resolve(ServiceId service, Collection<String> references) {
        return memory.call(() -> {
            var resolved = new HashMap<String, Subscription>();
            for (String reference : references) {
                Stream.concat(byOurId(reference), Optional.ofNullable(latest.get(new ExternalId(service, reference))).stream())
                        .map(byId::get).filter(found -> found != null && found.service().equals(service)).findFirst()
                        .ifPresent(found -> resolved.put(reference, found));
            }
            return resolved;
        });
    }

    @Override
    public Map<String, Subscription> hold(ServiceId service, Collection<String> references) {
        return resolve(service, references);
    }

    @Override
    public List<Subscription> claimDue(Instant asOf, Optional<Cursor> after, int limit, WhenHeld whenHeld) {
        return memory.call(() -> due(asOf)
                .filter(subscription -> after.isEmpty() || Cursor.of(subscription).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Cursor::of)).limit(limit).toList());
    }

    @Override
    public long countDue(Instant asOf) {
        return memory.call(() -> due(asOf).count());
    }

    @Override
    public List<Subscription> claim(Collection<SubscriptionId> ids) {
        return findAll(ids);
    }

    @Override
    public List<Subscription> onPlan(PlanCode plan, Optional<PlanCursor> after, int limit) {
        return memory.call(() -> onPlan(plan)
                .filter(subscription -> after.isEmpty() || PlanCursor.of(subscription).compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(PlanCursor::of)).limit(limit).toList());
    }

    @Override
    public long countOnPlan(PlanCode plan) {
        return memory.call(() -> onPlan(plan).count());
    }

    private Stream<Subscription> onPlan(PlanCode plan) {
        return byId.values().stream().filter(
                subscription -> subscription.phases().stream().anyMatch(phase -> phase.plan().equals(plan)));
    }

    private Stream<Subscription> due(Instant asOf) {
        return toBeBilled().filter(subscription -> !subscription.nextInvoiceAt().orElseThrow().isAfter(asOf));
    }

    /** Now or later. */
    Stream<Subscription> toBeBilled() {
        return byId.values().stream()
                .filter(subscription -> subscription.state().isBilled() && subscription.nextInvoiceAt().isPresent());
    }

    private static Stream<SubscriptionId> byOurId(String reference) {
        try {
            return Stream.of(new SubscriptionId(UUID.fromString(reference)));
        } catch (IllegalArgumentException notOurs) {
            return Stream.empty();
        }
    }

    Stream<Subscription> all() {
        return byId.values().stream();
    }

    void remove(Subscription subscription) {
        memory.remove(byId, subscription.id());
        var externalId = new ExternalId(subscription.service(), subscription.externalId());
        if (subscription.id().equals(latest.get(externalId))) {
            memory.remove(latest, externalId);
        }
    }
}
