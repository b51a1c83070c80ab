package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Endpoints;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

final class MemoryEndpoints implements Endpoints {

    private static final Comparator<Endpoint> NEWEST_FIRST = Comparator.comparing(Endpoint::createdAt)
            .thenComparing(endpoint -> endpoint.id().toString()).reversed();

    private final Memory memory;
    private final Map<EndpointId, Endpoint> byId = new LinkedHashMap<>();
    private Consumer<EndpointId> removed = id -> { };

    MemoryEndpoints(Memory memory) {
        this.memory = memory;
    }

    void onRemoval(Consumer<EndpointId> listener) {
        removed = listener;
    }

    @Override
    public boolean add(Endpoint endpoint, int most) {
        return memory.call(() -> {
            if (ofService(endpoint.service()).size() >= most) {
                return false;
            }
            memory.put(byId, endpoint.id(), endpoint);
            return true;
        });
    }

    @Override
    public void update(Endpoint endpoint) {
        memory.run(() -> {
            Endpoint before = byId.get(endpoint.id());
            if (before != null) {
                memory.put(byId, endpoint.id(), new Endpoint(before.id(), before.service(), endpoint.name(), endpoint.url(),
                        endpoint.format(), endpoint.types(), endpoint.secrets(), endpoint.disabled(), before.createdAt()));
            }
        });
    }

    @Override
    public boolean remove(ServiceId service, EndpointId id) {
        return memory.call(() -> {
            boolean there = find(service, id).isPresent();
            if (there) {
                memory.remove(byId, id);
                removed.accept(id);
            }
            return there;
        });
    }

    @Override
    public Optional<Endpoint> find(ServiceId service, EndpointId id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)).filter(found -> found.service().equals(service)));
    }

    @Override
    public Optional<Endpoint> hold(ServiceId service, EndpointId id) {
        return find(service, id);
    }

    @Override
    public Page<Endpoint> list(ServiceId service, PageRequest request) {
        return memory.call(() -> Page.of(ofService(service), request));
    }

    @Override
    public List<Endpoint> of(Collection<ServiceId> services) {
        return memory.call(() -> byId.values().stream()
                .filter(endpoint -> endpoint.disabled().isEmpty() && services.contains(endpoint.service()))
                .sorted(Comparator.comparing(endpoint -> endpoint.id().toString())).toList());
    }

    boolean has(EndpointId id) {
        return byId.containsKey(id);
    }

    boolean hasAny(ServiceId service) {
        return byId.values().stream().anyMatch(endpoint -> endpoint.service().equals(service));
    }

    List<EndpointId> enabled() {
        return byId.values().stream().filter(endpoint -> endpoint.disabled().isEmpty()).map(Endpoint::id).toList();
    }

    private List<Endpoint> ofService(ServiceId service) {
        return byId.values().stream().filter(endpoint -> endpoint.service().equals(service)).sorted(NEWEST_FIRST).toList();
    }
}
