package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** As {@link WrongAdapters}, for the directory. */
final class WrongDirectory {

    private WrongDirectory() {
    }

    private static Ports wrong(Function<Directory, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Directory.class, mistakes);
    }

    @Breaks("DI-1")
    static class FoldsTheCaseOfEntryCodes extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Map<String, Entry> findAll(ServiceId service, Kind kind, Collection<String> codes) {
                    return codes.stream().flatMap(code -> right.find(service, kind, code.toLowerCase()).stream()
                            .map(entry -> Map.entry(code, entry)))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                }
            });
        }
    }

    @Breaks("DI-2")
    static class SaysThatATakenEntryWasAdded extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Optional<Entry> add(Entry entry) {
                    return Optional.of(right.add(entry).orElse(entry));
                }
            });
        }
    }

    @Breaks("DI-3")
    static class FindsEntriesOfAnyKindById extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Optional<Entry> find(ServiceId service, Kind kind, UUID id) {
                    return right.find(service, Kind.METRIC, id);
                }
            });
        }
    }

    @Breaks("DI-4")
    static class KeepsAttributesThatWereLeftOut extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void update(Entry entry) {
                    Map<String, String> kept = new ConcurrentHashMap<>(right.find(entry.service(), entry.kind(), entry.code())
                            .orElseThrow().attributes());
                    kept.putAll(entry.attributes());
                    right.update(entry.with(kept, entry.updatedAt()));
                }
            });
        }
    }

    @Breaks("DI-5")
    static class RemovesNothing extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void remove(ServiceId service, Kind kind, String code, Instant at) {
                }
            });
        }
    }

    @Breaks("DI-5")
    static class TakesTheLastForASubjectWhetherItIsThereOrNot extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            var last = new HashMap<String, Entry>();
            return wrong(right -> new Object() {
                public Optional<Entry> add(Entry entry) {
                    Optional<Entry> kept = right.add(entry);
                    kept.ifPresent(one -> last.put(one.service() + one.subject(), one));
                    return kept;
                }

                public Optional<Entry> findSubject(ServiceId service, Kind kind, String subject) {
                    return right.findSubject(service, kind, subject)
                            .map(found -> last.getOrDefault(service + subject, found));
                }
            });
        }
    }

    @Breaks("DI-6")
    static class ShowsTheOldestFirst extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<Entry> list(ServiceId service, Kind kind, EntryQuery query, PageRequest request) {
                    return Page.of(right.list(service, kind, query, PageRequest.first(1000)).items().stream()
                            .sorted(Comparator.comparing(Entry::createdAt)).toList(), request);
                }
            });
        }
    }

    @Breaks("DI-7")
    static class TakesPercentSignsForAnything extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<Entry> list(ServiceId service, Kind kind, EntryQuery query, PageRequest request) {
                    return right.list(service, kind, new EntryQuery(query.search().filter(text -> !text.equals("%")),
                            query.attributes()), request);
                }
            });
        }
    }

    @Breaks("DI-8")
    static class NumbersCustomersOfAllServicesTogether extends DirectoryContract {
        @Override
        protected Ports emptyPorts() {
            var last = new AtomicLong();
            return wrong(right -> new Object() {
                public Optional<Entry> add(Entry entry) {
                    return right.add(entry).map(kept -> kept.kind() == Kind.CUSTOMER
                            ? kept.numbered(last.incrementAndGet()) : kept);
                }
            });
        }
    }
}
