package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificates;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Jobs;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryJobs implements Jobs {

    private static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.service.toString())
            .thenComparing(Key::number);

    private final Memory memory;
    private final Certificates certificates;
    private final Map<Key, Job> jobs = new TreeMap<>(ORDER);

    private record Key(ServiceId service, String number) { }

    MemoryJobs(Memory memory, Certificates certificates) {
        this.memory = memory;
        this.certificates = certificates;
    }

    @Override
    public boolean add(Job job) {
        return memory.call(() -> {
            if (jobs.containsKey(key(job))) {
                return false;
            }
            memory.put(jobs, key(job), job);
            return true;
        });
    }

    @Override
    public void update(Job job) {
        memory.run(() -> jobs.values().stream().filter(before -> before.id().equals(job.id())).findFirst()
                .ifPresent(before -> memory.put(jobs, key(before), new Job(before.id(), before.service(), before.number(),
                        job.order(), job.quantities(), job.master(), job.certificateTypes(), job.completion()))));
    }

    @Override
    public Optional<Job> find(ServiceId service, String number) {
        return memory.call(() -> Optional.ofNullable(jobs.get(new Key(service, number))));
    }

    @Override
    public Optional<Job> find(ServiceId service, UUID id) {
        return memory.call(() -> of(service).filter(job -> job.id().equals(id)).findFirst());
    }

    /** Whoever is in a unit of work has the one memory to himself. */
    @Override
    public Optional<Job> claim(ServiceId service, String number) {
        return find(service, number);
    }

    @Override
    public Page<Job> list(ServiceId service, Optional<Boolean> completed, PageRequest request) {
        return memory.call(() -> Page.of(of(service).filter(job -> completed.map(wanted -> wanted == job.isCompleted())
                .orElse(true)).toList(), request));
    }

    @Override
    public List<Job> open(ServiceId service, Optional<String> after, int limit) {
        return memory.call(() -> of(service).filter(job -> !job.isCompleted()
                && after.map(last -> job.number().compareTo(last) > 0).orElse(true)).limit(limit).toList());
    }

    @Override
    public List<Job> lackingCertificates(Optional<ServiceId> service, Optional<Job> after, int limit) {
        return memory.call(() -> jobs.values().stream().filter(job -> service.map(job.service()::equals).orElse(true)
                && after.map(last -> ORDER.compare(key(job), key(last)) > 0).orElse(true) && lacks(job))
                .limit(limit).toList());
    }

    private boolean lacks(Job job) {
        Set<String> there = certificates.of(job.id()).stream().map(Certificate::type).collect(Collectors.toSet());
        return job.isCompleted() && !there.containsAll(job.certificateTypes());
    }

    private Stream<Job> of(ServiceId service) {
        return jobs.values().stream().filter(job -> job.service().equals(service));
    }

    private static Key key(Job job) {
        return new Key(job.service(), job.number());
    }
}
