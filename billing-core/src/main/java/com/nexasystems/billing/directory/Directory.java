package com.nexasystems.billing.directory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The entries of all services. {@code DirectoryContract} checks these rules.
 *
 * <p>DI-1 An entry that was added is found by its code, its id and its subject, exactly as it was.
 * <p>DI-2 A code of a service and kind is taken once, also by concurrent units of work, until its entry is removed.
 * <p>DI-3 The entries of one service are not there for another, nor those of one kind for another kind.
 * <p>DI-4 An update replaces subject, attributes and the instant of the last change, and nothing else.
 * <p>DI-5 An entry that was removed is found by its subject and nowhere else, and there only if no other is left.
 * <p>DI-6 A list has the newest first, then by id; pages neither repeat nor leave out.
 * <p>DI-7 A list has what is searched for, whatever the case, with every character meaning itself.
 * <p>DI-8 The customers of a service are numbered from 1, without regard to other services.
 */
public interface Directory {

    /** @return the entry as it is kept; empty if the code is taken */
    Optional<Entry> add(Entry entry);

    void update(Entry entry);

    void remove(ServiceId service, Kind kind, String code, Instant at);

    Optional<Entry> find(ServiceId service, Kind kind, String code);

    Optional<Entry> find(ServiceId service, Kind kind, UUID id);

    /** Of the entries for a subject, the latest that is there; if none is, the latest that was removed. */
    Optional<Entry> findSubject(ServiceId service, Kind kind, String subject);

    /** By code; codes that are not there are left out. */
    Map<String, Entry> findAll(ServiceId service, Kind kind, Collection<String> codes);

    /** By subject, as {@link #findSubject} chooses; subjects that are not there are left out. */
    Map<String, Entry> findSubjects(ServiceId service, Kind kind, Collection<String> subjects);

    Page<Entry> list(ServiceId service, Kind kind, EntryQuery query, PageRequest request);
}
