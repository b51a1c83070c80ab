package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.directory.Directory}. */
public abstract class DirectoryContract extends PortContract {

    private static final Instant NOW = Samples.NEW_YEAR;
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Service chat = Samples.service("chat");
    private final Service maps = Samples.service("maps");

    protected DirectoryContract() {
    }

    @BeforeEach
    void two_services() {
        keep(() -> {
            ports.services().add(chat);
            ports.services().add(maps);
        });
    }

    @Test
    @DisplayName("DI-1 an entry is found by code, id and subject, exactly as it was")
    void an_entry_is_found_exactly_as_it_was() {
        Entry entry = entry(chat, "tokens", Map.of("note", "\"quoted\" {é}\n", "empty", "", "sign", "ÿ ✓"));
        assertThat(add(entry)).contains(entry);
        assertThat(find(chat, "tokens")).contains(entry);
        assertThat(ports.directory().find(chat.id(), Kind.METRIC, entry.id())).contains(entry);
        assertThat(ports.directory().findSubject(chat.id(), Kind.METRIC, entry.subject())).contains(entry);
        assertThat(ports.directory().findAll(chat.id(), Kind.METRIC, List.of("tokens", "Tokens")))
                .containsOnly(Map.entry("tokens", entry));
        assertThat(ports.directory().findSubjects(chat.id(), Kind.METRIC, List.of(entry.subject(), "none")))
                .containsOnly(Map.entry(entry.subject(), entry));
    }

    @Test
    @DisplayName("DI-2 a code is taken once")
    void a_code_is_taken_once() {
        Entry first = entry(chat, "tokens");
        add(first);
        assertThat(add(new Entry(Samples.id("another"), chat.id(), Kind.METRIC, "tokens", "other", 0, NOW, NOW, Map.of())))
                .isEmpty();
        assertThat(find(chat, "tokens")).contains(first);
    }

    @Test
    @DisplayName("DI-2 of concurrent entries with one code, one is added")
    void of_concurrent_entries_one_is_added() {
        List<Optional<Entry>> added = OtherThread.together(4, i -> add(new Entry(Samples.id("rival " + i), chat.id(),
                Kind.METRIC, "tokens", "subject " + i, 0, NOW, NOW, Map.of())));
        assertThat(added.stream().flatMap(Optional::stream)).hasSize(1);
    }

    @Test
    @DisplayName("DI-3 services and kinds have names of their own")
    void services_and_kinds_have_names_of_their_own() {
        Entry mine = entry(chat, "tokens");
        Entry theirs = entry(maps, "tokens");
        add(mine);
        assertThat(find(maps, "tokens")).isEmpty();
        assertThat(ports.directory().find(maps.id(), Kind.METRIC, mine.id())).isEmpty();
        assertThat(ports.directory().findSubject(maps.id(), Kind.METRIC, mine.subject())).isEmpty();
        assertThat(ports.directory().find(chat.id(), Kind.PLAN, mine.id())).isEmpty();
        assertThat(list(maps, EntryQuery.ALL).items()).isEmpty();
        assertThat(add(theirs)).contains(theirs);
        assertThat(find(chat, "tokens")).contains(mine);
    }

    @Test
    @DisplayName("DI-4 an update replaces subject, attributes and the last change")
    void an_update_replaces_subject_attributes_and_last_change() {
        Entry entry = entry(chat, "tokens", Map.of("a", "1", "b", "2"));
        add(entry);
        Entry changed = entry.with(Map.of("b", "3"), LATER).of("chat/tokens~2", LATER);
        keep(() -> ports.directory().update(new Entry(changed.id(), changed.service(), changed.kind(), changed.code(),
                changed.subject(), changed.number(), NOW, changed.updatedAt(), changed.attributes())));
        assertThat(find(chat, "tokens")).contains(changed);
        assertThat(ports.directory().findSubject(chat.id(), Kind.METRIC, entry.subject())).isEmpty();
    }

    @Test
    @DisplayName("DI-5 a removed entry is found by its subject only, and its code is free again")
    void a_removed_entry_is_found_by_its_subject_only() {
        Entry entry = entry(chat, "tokens");
        add(entry);
        keep(() -> ports.directory().remove(chat.id(), Kind.METRIC, "tokens", LATER));
        assertThat(find(chat, "tokens")).isEmpty();
        assertThat(ports.directory().find(chat.id(), Kind.METRIC, entry.id())).isEmpty();
        assertThat(list(chat, EntryQuery.ALL)).isEqualTo(new Page<>(List.of(), 0));
        assertThat(ports.directory().findSubject(chat.id(), Kind.METRIC, entry.subject())).contains(entry);
        Entry again = new Entry(Samples.id("again"), chat.id(), Kind.METRIC, "tokens", "chat/tokens~2", 0, LATER, LATER,
                Map.of());
        assertThat(add(again)).contains(again);
        assertThat(find(chat, "tokens")).contains(again);
    }

    @Test
    @DisplayName("DI-5 of the entries for a subject, one that is there comes before those that were removed")
    void what_is_there_comes_before_what_was_removed() {
        Entry older = entry(chat, "tokens");
        Entry newer = new Entry(Samples.id("newer"), chat.id(), Kind.METRIC, "other", older.subject(), 0, LATER, LATER, Map.of());
        add(older);
        add(newer);
        assertThat(ports.directory().findSubject(chat.id(), Kind.METRIC, older.subject())).contains(newer);
        keep(() -> ports.directory().remove(chat.id(), Kind.METRIC, "other", LATER));
        assertThat(ports.directory().findSubject(chat.id(), Kind.METRIC, older.subject())).contains(older);
    }

    @Test
    @DisplayName("DI-6 the newest stands first, and pages neither repeat nor leave out")
    void the_newest_stands_first() {
        List<Entry> entries = IntStream.range(0, 7).mapToObj(i -> new Entry(Samples.id("entry " + i), chat.id(), Kind.METRIC,
                "code " + i, "subject " + i, 0, NOW.plus(Duration.ofSeconds(i)), NOW, Map.of())).toList();
        entries.forEach(this::add);
        var seen = new ArrayList<Entry>();
        for (int number = 1; number <= 3; number++) {
            Page<Entry> page = ports.directory().list(chat.id(), Kind.METRIC, EntryQuery.ALL, new PageRequest(number, 3));
            assertThat(page.total()).isEqualTo(7);
            seen.addAll(page.items());
        }
        assertThat(seen).extracting(Entry::code)
                .containsExactly("code 6", "code 5", "code 4", "code 3", "code 2", "code 1", "code 0");
    }

    @Test
    @DisplayName("DI-7 a search finds letters of any case, and takes every character for itself")
    void a_search_takes_every_character_for_itself() {
        add(entry(chat, "Percent", Map.of("name", "100% of \\it_", "colour", "Red")));
        add(entry(chat, "other", Map.of("name", "100 of it", "colour", "red")));
        assertThat(codes(new EntryQuery(Optional.of("PERC"), Map.of()))).containsExactly("Percent");
        assertThat(codes(new EntryQuery(Optional.of("0% OF \\IT_"), Map.of()))).containsExactly("Percent");
        assertThat(codes(new EntryQuery(Optional.of("%"), Map.of()))).containsExactly("Percent");
        assertThat(codes(new EntryQuery(Optional.empty(), Map.of("colour", List.of("red"))))).containsExactly("other");
        assertThat(codes(new EntryQuery(Optional.empty(), Map.of("none", List.of("red"))))).isEmpty();
    }

    @Test
    @DisplayName("DI-8 customers are numbered by service")
    void customers_are_numbered_by_service() {
        assertThat(number(chat, "ada")).isEqualTo(1);
        assertThat(number(chat, "bob")).isEqualTo(2);
        assertThat(number(maps, "cid")).isEqualTo(1);
        assertThat(ports.directory().find(chat.id(), Kind.CUSTOMER, "bob").orElseThrow().number()).isEqualTo(2);
    }

    private long number(Service service, String code) {
        return add(new Entry(Samples.id(code), service.id(), Kind.CUSTOMER, code, code, 0, NOW, NOW, Map.of()))
                .orElseThrow().number();
    }

    private List<String> codes(EntryQuery query) {
        return list(chat, query).items().stream().map(Entry::code).toList();
    }

    private Page<Entry> list(Service service, EntryQuery query) {
        return ports.directory().list(service.id(), Kind.METRIC, query, PageRequest.first(10));
    }

    private Optional<Entry> find(Service service, String code) {
        return ports.directory().find(service.id(), Kind.METRIC, code);
    }

    private Optional<Entry> add(Entry entry) {
        return kept(() -> ports.directory().add(entry));
    }

    private static Entry entry(Service service, String code) {
        return entry(service, code, Map.of());
    }

    private static Entry entry(Service service, String code, Map<String, String> attributes) {
        return Entry.of(Samples.id(service.code() + " " + code), service.id(), Kind.METRIC, code,
                service.code() + "/" + code, NOW, attributes);
    }
}
