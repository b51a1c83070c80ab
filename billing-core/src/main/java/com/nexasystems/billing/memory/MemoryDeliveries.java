package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Deliveries;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.DeliverySearch;
import com.nexasystems.billing.webhook.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

final class MemoryDeliveries implements Deliveries {

    private static final Comparator<Delivery> NEWEST_FIRST = Comparator.comparing(Delivery::createdAt)
            .thenComparing(delivery -> delivery.id().toString()).reversed();

    /** When a delivery is due. */
    private record Due(Instant at, DeliveryId id) { }

    /** What goes to an endpoint once. */
    private record Goal(UUID event, EndpointId endpoint) { }

    private static final Comparator<Due> LONGEST = Comparator.comparing(Due::at).thenComparing(due -> due.id().toString());

    private final Memory memory;
    private final MemoryEndpoints endpoints;
    private final List<Sequenced> untaken = new ArrayList<>();
    private final Map<DeliveryId, Delivery> byId = new LinkedHashMap<>();
    private final Map<Goal, DeliveryId> byGoal = new HashMap<>();
    private final Map<EndpointId, SortedMap<Due, Delivery>> pending = new HashMap<>();
    private final Map<DeliveryId, List<DeliveryAttempt>> attempts = new HashMap<>();

    MemoryDeliveries(Memory memory, MemoryEventLog events, MemoryEndpoints endpoints) {
        this.memory = memory;
        this.endpoints = endpoints;
        endpoints.onRemoval(this::forgetAll);
        events.watch(this::keepForLater);
    }

    private void keepForLater(Sequenced event) {
        if (endpoints.hasAny(event.event().service())) {
            memory.append(untaken, event);
        }
    }

    private void forgetAll(EndpointId endpoint) {
        forget(byId.values().stream().filter(delivery -> delivery.endpoint().equals(endpoint)).toList());
    }

    @Override
    public List<Sequenced> takeNew(int limit) {
        return memory.call(() -> {
            List<Sequenced> taken = untaken.stream().limit(limit).toList();
            memory.replace(untaken, untaken.stream().skip(limit).toList());
            return taken;
        });
    }

    @Override
    public void add(List<Delivery> deliveries) {
        memory.run(() -> deliveries.stream().filter(this::isNew).forEach(delivery -> {
            memory.put(byGoal, goal(delivery), delivery.id());
            put(delivery);
        }));
    }

    private boolean isNew(Delivery delivery) {
        return endpoints.has(delivery.endpoint()) && !byId.containsKey(delivery.id())
                && !byGoal.containsKey(goal(delivery));
    }

    private static Goal goal(Delivery delivery) {
        return new Goal(delivery.event(), delivery.endpoint());
    }

    private void put(Delivery delivery) {
        Optional.ofNullable(byId.get(delivery.id())).ifPresent(this::removeFromPending);
        memory.put(byId, delivery.id(), delivery);
        delivery.nextAt().ifPresent(at -> memory.put(pendingAt(delivery.endpoint()), new Due(at, delivery.id()), delivery));
    }

    private void removeFromPending(Delivery delivery) {
        delivery.nextAt().ifPresent(at -> memory.remove(pendingAt(delivery.endpoint()), new Due(at, delivery.id())));
    }

    private SortedMap<Due, Delivery> pendingAt(EndpointId endpoint) {
        return pending.computeIfAbsent(endpoint, id -> new TreeMap<>(LONGEST));
    }

    @Override
    public List<Delivery> claimDue(Instant now, Instant lostAt, Collection<EndpointId> busy, int perEndpoint, int limit) {
        return memory.call(() -> {
            Set<EndpointId> open = new LinkedHashSet<>(endpoints.enabled());
            open.removeAll(busy);
            List<Delivery> claimed = open.stream().flatMap(endpoint -> pendingAt(endpoint).entrySet().stream()
                            .takeWhile(entry -> !entry.getKey().at().isAfter(now)).limit(perEndpoint))
                    .sorted(Map.Entry.comparingByKey(LONGEST)).limit(limit)
                    .map(entry -> entry.getValue().claimedUntil(lostAt)).toList();
            claimed.forEach(this::put);
            return claimed;
        });
    }

    @Override
    public void record(List<Outcome> outcomes) {
        memory.run(() -> outcomes.forEach(outcome -> {
            Delivery after = outcome.after();
            Delivery stored = byId.get(after.id());
            if (stored == null) {
                return;
            }
            if (stored.state() == State.PENDING && stored.tries() == after.tries() - 1) {
                put(stored.as(after.state(), after.tries(), after.nextAt()));
            }
            memory.append(attempts.computeIfAbsent(after.id(), id -> new ArrayList<>()), outcome.attempt());
        }));
    }

    @Override
    public Optional<Delivery> find(ServiceId service, DeliveryId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)).filter(found -> found.service().equals(service)));
    }

    @Override
    public List<DeliveryAttempt> attempts(DeliveryId id) {
        return memory.call(() -> attempts.getOrDefault(id, List.of()).stream()
                .sorted(Comparator.comparing(DeliveryAttempt::at)).toList());
    }

    @Override
    public Page<Delivery> search(DeliverySearch search, PageRequest request) {
        return memory.call(() -> Page.of(found(search), request));
    }

    private List<Delivery> found(DeliverySearch search) {
        return byId.values().stream().filter(delivery -> delivery.service().equals(search.service())
                && search.endpoint().map(delivery.endpoint()::equals).orElse(true)
                && search.states().contains(delivery.state())
                && (search.types().isEmpty() || search.types().contains(delivery.type()))
                && search.from().map(from -> !delivery.createdAt().isBefore(from)).orElse(true)
                && search.until().map(until -> delivery.createdAt().isBefore(until)).orElse(true))
                .sorted(NEWEST_FIRST).toList();
    }

    @Override
    public boolean sendAgain(ServiceId service, DeliveryId id, Instant now) {
        return memory.call(() -> find(service, id).filter(delivery -> again(delivery, now)).isPresent());
    }

    @Override
    public int sendAgain(DeliverySearch search, Instant now) {
        return memory.call(() -> (int) found(search).stream().filter(delivery -> again(delivery, now)).count());
    }

    private boolean again(Delivery delivery, Instant now) {
        if (delivery.state() == State.PENDING) {
            return false;
        }
        put(delivery.as(State.PENDING, 0, Optional.of(now)));
        return true;
    }

    @Override
    public int forget(Instant olderThan) {
        return memory.call(() -> forget(byId.values().stream().filter(delivery -> delivery.state() != State.PENDING
                && endedAt(delivery).isBefore(olderThan)).toList()));
    }

    private Instant endedAt(Delivery delivery) {
        return attempts(delivery.id()).stream().map(DeliveryAttempt::at).reduce(delivery.createdAt(), (one, last) -> last);
    }

    private int forget(List<Delivery> some) {
        some.forEach(delivery -> {
            removeFromPending(delivery);
            memory.remove(byGoal, goal(delivery));
            memory.remove(byId, delivery.id());
            memory.remove(attempts, delivery.id());
        });
        return some.size();
    }
}
