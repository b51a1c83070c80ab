package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One person locks a period; to unlock it, it takes two. */
class LockPeriodTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 31);
    private static final LocalDate APRIL = LocalDate.of(2026, 4, 30);

    private final Desk desk = new Desk();

    @Test
    void nothing_is_posted_until_the_locked_day() {
        desk.locking().lock(MARCH, Desk.ADA);
        desk.put(FactsSample.hosting("in_1").issued("2026-03-31"), FactsSample.hosting("in_2").issued("2026-04-01"));
        desk.ingest("in_1", "in_2");
        PostReport report = desk.postAll().report();
        assertThat(report.posted()).isEqualTo(1);
        assertThat(report.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.key().invoice()).isEqualTo("in_1");
            assertThat(refused.why().missing()).isEqualTo("in_1#invoice##1 is of 2026-03-31, and everything until"
                    + " 2026-03-31 is locked");
            assertThat(refused.why().remedy()).contains("somebody else has to agree");
        });
    }

    @Test
    void drafts_are_posted_before_their_period_is_locked() {
        desk.put(FactsSample.hosting("in_1").issued("2026-03-31"));
        desk.ingest("in_1");
        assertRefused(() -> desk.locking().lock(MARCH, Desk.ADA), "there are drafts until then, such as in_1#invoice##1");
        desk.locking().lock(MARCH.minusDays(1), Desk.ADA);
        desk.postAll();
        assertThat(desk.locking().lock(MARCH, Desk.ADA).until()).contains(MARCH);
    }

    @Test
    void a_lock_moves_forward_only() {
        desk.locking().lock(APRIL, Desk.ADA);
        assertRefused(() -> desk.locking().lock(MARCH, Desk.ADA), "everything until 2026-04-30 is locked already");
        assertThat(desk.locking().lock(APRIL, Desk.BOB).until()).contains(APRIL);
    }

    @Test
    void two_people_unlock() {
        desk.locking().lock(APRIL, Desk.ADA);
        desk.locking().requestUnlock(Optional.of(MARCH), "an invoice is missing", Desk.ADA);
        assertThat(desk.journal.lock().until()).contains(APRIL);
        assertThat(desk.locking().approveUnlock(Desk.BOB)).isEqualTo(new PeriodLock(Optional.of(MARCH), Optional.empty()));
        assertThat(desk.journal.lock().locks(APRIL)).isFalse();
        desk.locking().requestUnlock(Optional.empty(), "all of it", Desk.BOB);
        assertThat(desk.locking().approveUnlock(Desk.ADA)).isEqualTo(PeriodLock.NONE);
    }

    @Test
    void the_same_person_does_not_however_the_name_is_written() {
        desk.locking().lock(APRIL, Desk.ADA);
        desk.locking().requestUnlock(Optional.empty(), "an invoice is missing", Actor.person("Ada@Example.com"));
        for (String name : List.of("Ada@Example.com", "ada@example.com", "ADA@EXAMPLE.COM", " ada@example.com ")) {
            assertRefused(() -> desk.locking().approveUnlock(Actor.person(name)), "somebody else than Ada@Example.com");
        }
        assertThat(desk.locking().approveUnlock(Desk.BOB)).isEqualTo(PeriodLock.NONE);
    }

    @Test
    void a_wish_is_used_once_and_withdrawn_by_a_lock() {
        assertRefused(() -> desk.locking().approveUnlock(Desk.BOB), "nobody has asked for it");
        desk.locking().lock(MARCH, Desk.ADA);
        desk.locking().requestUnlock(Optional.empty(), "an invoice is missing", Desk.ADA);
        desk.locking().lock(APRIL, Desk.ADA);
        assertRefused(() -> desk.locking().approveUnlock(Desk.BOB), "nobody has asked for it");
        desk.locking().requestUnlock(Optional.empty(), "an invoice is missing", Desk.ADA);
        desk.locking().approveUnlock(Desk.BOB);
        assertRefused(() -> desk.locking().approveUnlock(Desk.BOB), "nobody has asked for it");
    }

    @Test
    void a_wish_unlocks_something() {
        assertRefused(() -> desk.locking().requestUnlock(Optional.empty(), "because", Desk.ADA), "nothing is locked");
        desk.locking().lock(MARCH, Desk.ADA);
        assertRefused(() -> desk.locking().requestUnlock(Optional.of(MARCH), "because", Desk.ADA), "would unlock nothing");
        assertRefused(() -> desk.locking().requestUnlock(Optional.of(APRIL), "because", Desk.ADA), "would unlock nothing");
        assertRefused(() -> desk.locking().requestUnlock(Optional.empty(), "", Desk.ADA), "reason: is mandatory");
    }

    @Test
    void only_people_lock_and_unlock() {
        for (Actor other : List.of(Actor.service("chat"), Actor.BILLING_RUN)) {
            assertRefused(() -> desk.locking().lock(MARCH, other), "a person does this");
            assertRefused(() -> desk.locking().requestUnlock(Optional.empty(), "because", other), "a person does this");
            assertRefused(() -> desk.locking().approveUnlock(other), "a person does this");
        }
    }

    @Test
    void every_step_is_on_the_audit_trail_with_who_and_why() {
        desk.locking().lock(APRIL, Desk.ADA);
        desk.locking().requestUnlock(Optional.of(MARCH), "an invoice is missing", Desk.ADA);
        desk.locking().approveUnlock(Desk.BOB);
        List<AuditEntry> trail = desk.ports.auditTrail().of("ledger");
        assertThat(trail).extracting(entry -> entry.action() + " by " + entry.actor().name() + " until "
                + entry.details().get("until") + ": " + entry.details().get("reason")).containsExactly(
                "ledger.locked by ada until 2026-04-30: ",
                "ledger.unlock-requested by ada until 2026-03-31: an invoice is missing",
                "ledger.unlocked by bob until 2026-03-31: an invoice is missing (asked for by ada)");
    }

    private void assertRefused(Runnable wish, String message) {
        PeriodLock before = desk.journal.lock();
        assertThatThrownBy(wish::run).isInstanceOf(InvalidValue.class).hasMessageContaining(message);
        assertThat(desk.journal.lock()).isEqualTo(before);
    }
}
