package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.boundary.AuditTrail}. */
public abstract class AuditTrailContract extends PortContract {

    private static final String SUBJECT = "subscription/métrique/🚀";
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789012Z");

    protected AuditTrailContract() {
    }

    @Test
    @DisplayName("AT-1 an entry is kept exactly as it was given")
    void an_entry_is_kept_exactly_as_it_was_given() {
        var rich = new AuditEntry(AT, Actor.person("zoë@example.com"), "usage.replaced", SUBJECT,
                Map.of("before", "1 {region=\"ca\"}", "after", "2 'ü' 🦊", "", "empty name", "empty", ""));
        var bare = new AuditEntry(AT, Actor.BILLING_RUN, "looked", SUBJECT, Map.of());
        keep(() -> ports.auditTrail().add(List.of(rich, bare)));
        assertThat(ports.auditTrail().of(SUBJECT)).containsExactly(rich, bare);
    }

    @Test
    @DisplayName("AT-1 an entry of work that failed is not there")
    void an_entry_of_work_that_failed_is_not_there() {
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.auditTrail().add(List.of(entry(1)));
            throw failure;
        })).isSameAs(failure);
        assertThat(ports.auditTrail().of(SUBJECT)).isEmpty();
    }

    @Test
    @DisplayName("AT-2 the entries of a subject come back in the order in which they were added")
    void entries_come_back_in_order() {
        List<AuditEntry> entries = IntStream.range(0, 20).mapToObj(AuditTrailContract::entry).toList();
        keep(() -> ports.auditTrail().add(entries.subList(0, 7)));
        entries.subList(7, 20).forEach(entry -> keep(() -> ports.auditTrail().add(List.of(entry))));
        assertThat(ports.auditTrail().of(SUBJECT)).isEqualTo(entries);
    }

    @Test
    @DisplayName("AT-2 the entries of another subject are not among them")
    void the_entries_of_another_subject_are_not_among_them() {
        var other = new AuditEntry(AT, Actor.BILLING_RUN, "looked", SUBJECT + "/more", Map.of());
        keep(() -> ports.auditTrail().add(List.of(other, entry(1))));
        assertThat(ports.auditTrail().of(SUBJECT)).containsExactly(entry(1));
    }

    @Test
    @DisplayName("AT-3 no entry goes away, however many follow and however equal they are")
    void no_entry_goes_away() {
        for (int i = 1; i <= 5; i++) {
            keep(() -> ports.auditTrail().add(List.of(entry(1))));
            assertThat(ports.auditTrail().of(SUBJECT)).hasSize(i).containsOnly(entry(1));
        }
    }

    /** The later the entry, the earlier its time: the order of adding is what counts. */
    private static AuditEntry entry(int number) {
        return new AuditEntry(AT.minusSeconds(number), Actor.service("hosting"), "usage.replaced", SUBJECT,
                Map.of("number", Integer.toString(number)));
    }
}
