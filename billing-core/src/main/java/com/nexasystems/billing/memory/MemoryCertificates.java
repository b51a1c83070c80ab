package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificates;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

final class MemoryCertificates implements Certificates {

    private final Memory memory;
    private final Map<UUID, Map<String, Certificate>> byJob = new HashMap<>();

    MemoryCertificates(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Certificate certificate) {
        return memory.call(() -> {
            Map<String, Certificate> own = byJob.computeIfAbsent(certificate.job(), any -> new TreeMap<>());
            if (own.containsKey(certificate.type())) {
                return false;
            }
            memory.put(own, certificate.type(), certificate);
            return true;
        });
    }

    @Override
    public boolean update(Certificate certificate) {
        return memory.call(() -> byJob.values().stream().flatMap(own -> own.values().stream())
                .filter(before -> before.id().equals(certificate.id()) && !before.isIssued()).findFirst().map(before -> {
                    memory.put(byJob.get(before.job()), before.type(), new Certificate(before.id(), before.job(),
                            before.service(), before.jobNumber(), before.order(), before.type(), certificate.fields(),
                            certificate.quantities(), before.createdAt(), certificate.issue()));
                    return true;
                }).orElse(false));
    }

    @Override
    public List<Certificate> of(UUID job) {
        return memory.call(() -> List.copyOf(byJob.getOrDefault(job, Map.of()).values()));
    }

    @Override
    public Optional<Certificate> find(ServiceId service, UUID id) {
        return memory.call(() -> byJob.values().stream().flatMap(own -> own.values().stream())
                .filter(each -> each.id().equals(id) && each.service().equals(service)).findFirst());
    }

    @Override
    public Page<Certificate> list(ServiceId service, Optional<Boolean> issued, PageRequest request) {
        return memory.call(() -> Page.of(byJob.values().stream().flatMap(own -> own.values().stream())
                .filter(each -> each.service().equals(service)
                        && issued.map(wanted -> wanted == each.isIssued()).orElse(true))
                .sorted(Comparator.comparing(Certificate::jobNumber).thenComparing(Certificate::type)).toList(), request));
    }
}
