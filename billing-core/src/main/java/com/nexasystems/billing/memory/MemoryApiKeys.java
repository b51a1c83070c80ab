package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.ApiKeys;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

final class MemoryApiKeys implements ApiKeys {

    private static final Comparator<ApiKey> OLDEST_FIRST = Comparator.comparing(ApiKey::createdAt)
            .thenComparing(key -> key.id().toString());

    private final Memory memory;
    private final Map<UUID, ApiKey> byId = new LinkedHashMap<>();

    MemoryApiKeys(Memory memory) {
        this.memory = memory;
    }

    @Override
    public void add(ApiKey key) {
        memory.run(() -> memory.put(byId, key.id(), key));
    }

    @Override
    public void update(ApiKey key) {
        memory.run(() -> find(key.id()).ifPresent(before -> memory.put(byId, key.id(), new ApiKey(before.id(),
                before.service(), before.name(), before.hash(), before.hint(), before.scopes(), before.createdAt(),
                key.expiresAt(), key.revokedAt()))));
    }

    @Override
    public Optional<ApiKey> find(UUID id) {
        return memory.call(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Optional<ApiKey> find(ApiKeyHash hash) {
        return memory.call(() -> byId.values().stream().filter(key -> key.hash().matches(hash)).findFirst());
    }

    @Override
    public List<ApiKey> of(Optional<ServiceId> service) {
        return memory.call(() -> byId.values().stream().filter(key -> key.service().equals(service))
                .sorted(OLDEST_FIRST).toList());
    }
}
