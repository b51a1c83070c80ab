package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

final class MemoryDirectory implements Directory {

    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::createdAt)
            .thenComparing(entry -> entry.id().toString()).reversed();

    private final Memory memory;
    private final Map<Key, Entry> present = new HashMap<>();
    private final Map<UUID, Entry> removed = new LinkedHashMap<>();
    private final Map<ServiceId, Long> customers = new HashMap<>();

    private record Key(ServiceId service, Kind kind, String code) { }

    MemoryDirectory(Memory memory) {
        this.memory = memory;
    }

    @Override
    public Optional<Entry> add(Entry entry) {
        return memory.call(() -> {
            Key key = key(entry);
            if (present.containsKey(key)) {
                return Optional.empty();
            }
            Entry kept = entry.kind() == Kind.CUSTOMER ? entry.numbered(nextCustomer(entry.service())) : entry;
            memory.put(present, key, kept);
            return Optional.of(kept);
        });
    }

    private long nextCustomer(ServiceId service) {
        long next = customers.getOrDefault(service, 0L) + 1;
        memory.put(customers, service, next);
        return next;
    }

    @Override
    public void update(Entry entry) {
        memory.run(() -> memory.put(present, key(entry), entry));
    }

    @Override
    public void remove(ServiceId service, Kind kind, String code, Instant at) {
        memory.run(() -> find(service, kind, code).ifPresent(entry -> {
            memory.remove(present, key(entry));
            memory.put(removed, entry.id(), entry);
        }));
    }

    @Override
    public Optional<Entry> find(ServiceId service, Kind kind, String code) {
        return memory.call(() -> Optional.ofNullable(present.get(new Key(service, kind, code))));
    }

    @Override
    public Optional<Entry> find(ServiceId service, Kind kind, UUID id) {
        return memory.call(() -> of(present.values(), service, kind).filter(entry -> entry.id().equals(id)).findFirst());
    }

    @Override
    public Optional<Entry> findSubject(ServiceId service, Kind kind, String subject) {
        return Optional.ofNullable(findSubjects(service, kind, Set.of(subject)).get(subject));
    }

    @Override
    public Map<String, Entry> findAll(ServiceId service, Kind kind, Collection<String> codes) {
        return memory.call(() -> codes.stream().distinct().flatMap(code -> find(service, kind, code).stream())
                .collect(Collectors.toMap(Entry::code, Function.identity())));
    }

    @Override
    public Map<String, Entry> findSubjects(ServiceId service, Kind kind, Collection<String> subjects) {
        return memory.call(() -> Stream.concat(of(present.values(), service, kind).sorted(NEWEST_FIRST),
                        of(removed.values(), service, kind).sorted(NEWEST_FIRST))
                .filter(entry -> subjects.contains(entry.subject()))
                .collect(Collectors.toMap(Entry::subject, Function.identity(), (first, other) -> first)));
    }

    @Override
    public Page<Entry> list(ServiceId service, Kind kind, EntryQuery query, PageRequest request) {
        return memory.call(() -> Page.of(of(present.values(), service, kind).filter(entry -> matches(entry, query))
                .sorted(NEWEST_FIRST).toList(), request));
    }

    private static boolean matches(Entry entry, EntryQuery query) {
        return query.attributes().entrySet().stream().allMatch(wanted -> entry.attribute(wanted.getKey())
                .filter(wanted.getValue()::contains).isPresent())
                && query.search().map(text -> text.toLowerCase(Locale.ROOT)).map(text ->
                Stream.concat(Stream.of(entry.code()), entry.attributes().values().stream())
                        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text))).orElse(true);
    }

    private static Stream<Entry> of(Collection<Entry> entries, ServiceId service, Kind kind) {
        return entries.stream().filter(entry -> entry.service().equals(service) && entry.kind() == kind);
    }

    private static Key key(Entry entry) {
        return new Key(entry.service(), entry.kind(), entry.code());
    }
}
