package com.nexasystems.billing.memory;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class MemoryServices implements Services {

    private final Memory memory;
    private final Map<String, Service> byCode = new TreeMap<>();

    MemoryServices(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Service service) {
        return memory.call(() -> {
            if (byCode.containsKey(service.code())) {
                return false;
            }
            memory.put(byCode, service.code(), service);
            return true;
        });
    }

    @Override
    public void update(Service service) {
        memory.run(() -> memory.put(byCode, service.code(), service));
    }

    @Override
    public Optional<Service> find(ServiceId id) {
        return memory.call(() -> byCode.values().stream().filter(service -> service.id().equals(id)).findFirst());
    }

    @Override
    public Optional<Service> findByCode(String code) {
        return memory.call(() -> Optional.ofNullable(byCode.get(code)));
    }

    @Override
    public List<Service> all() {
        return memory.call(() -> List.copyOf(byCode.values()));
    }
}
