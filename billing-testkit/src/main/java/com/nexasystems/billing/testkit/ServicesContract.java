package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.identity.Services}. */
public abstract class ServicesContract extends PortContract {


    private final Service hosting = new Service(new ServiceId(Samples.id("hosting")), "hosting-2", "Hébergement 🚀", true,
            true, true);
    private final Service chat = Samples.service("chat");

    protected ServicesContract() {
    }

    @Test
    @DisplayName("SV-1 a service is found by id and by code, exactly as it was")
    void a_service_is_found_exactly_as_it_was() {
        add(chat);
        assertThat(add(hosting)).isTrue();
        assertThat(ports.services().find(hosting.id())).contains(hosting);
        assertThat(ports.services().findByCode("hosting-2")).contains(hosting);
    }

    @Test
    @DisplayName("SV-1 an inactive service is found as one that is inactive")
    void an_inactive_service_is_found_as_inactive() {
        add(hosting.active(false));
        assertThat(ports.services().find(hosting.id())).contains(hosting.active(false));
    }

    @Test
    @DisplayName("SV-1 nothing is found by what nobody has")
    void nothing_is_found_by_what_nobody_has() {
        add(hosting);
        assertThat(ports.services().find(chat.id())).isEmpty();
        assertThat(ports.services().findByCode("hosting")).isEmpty();
    }

    @Test
    @DisplayName("SV-2 a code is taken once")
    void a_code_is_taken_once() {
        add(hosting);
        var other = Service.of(chat.id(), hosting.code(), "Other");
        assertThat(add(other)).isFalse();
        assertThat(ports.services().all()).containsExactly(hosting);
    }

    @Test
    @DisplayName("SV-2 of concurrent services with one code, one is added")
    void of_concurrent_services_with_one_code_one_is_added() {
        List<Service> rivals = IntStream.range(0, 5)
                .mapToObj(i -> Service.of(new ServiceId(Samples.id("rival " + i)), "chat", "Rival " + i)).toList();
        List<Boolean> added = OtherThread.together(rivals.size(), i -> add(rivals.get(i)));
        assertThat(added).containsOnlyOnce(true);
        assertThat(ports.services().all()).containsExactly(rivals.get(added.indexOf(true)));
    }

    @Test
    @DisplayName("SV-3 a change replaces all but id and code")
    void a_change_replaces_all_but_id_and_code() {
        add(hosting);
        add(chat);
        Service changed = hosting.named("Hosting").active(false).lenientEvents(false).completeInvoices(false);
        keep(() -> ports.services().update(changed));
        assertThat(ports.services().find(hosting.id())).contains(changed);
        assertThat(ports.services().find(chat.id())).contains(chat);
    }

    @Test
    @DisplayName("SV-4 all are sorted by code, in the same way on every machine")
    void all_are_sorted_by_code() {
        List.of("b", "a-b", "ab", "9", "10", "a").forEach(code -> add(Samples.service(code)));
        assertThat(ports.services().all()).extracting(Service::code).containsExactly("10", "9", "a", "a-b", "ab", "b");
    }

    private boolean add(Service service) {
        return kept(() -> ports.services().add(service));
    }
}
