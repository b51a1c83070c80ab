package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.TokenHash;
import com.nexasystems.billing.boundary.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.approval.Approvals}. */
public abstract class ApprovalsContract extends PortContract {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final Decision YES = new Decision(true, "gut \"so\" 🚀", NOW.plusSeconds(60));

    protected ApprovalsContract() {
    }

    @Test
    @DisplayName("AP-1 an approval is found by its id, exactly as it was")
    void an_approval_is_found_exactly_as_it_was() {
        Approval open = add(approval("open", "cut-over:hosting", Optional.empty()));
        Approval rejected = add(approval("rejected", "Übernahme \"7\" 🚀", Optional.of(new Decision(false, "", NOW))));
        assertThat(ports.approvals().find(open.id())).contains(open);
        assertThat(ports.approvals().find(rejected.id())).contains(rejected);
        assertThat(ports.approvals().find(Samples.id("nobody"))).isEmpty();
    }

    @Test
    @DisplayName("AP-2 the first decision stands")
    void the_first_decision_stands() {
        Approval open = add(approval("open", "s", Optional.empty()));
        assertThat(decide(open, YES)).isTrue();
        assertThat(decide(open, YES)).isFalse();
        assertThat(decide(open, new Decision(false, "no", NOW))).isFalse();
        assertThat(ports.approvals().find(open.id()).flatMap(Approval::decision)).contains(YES);
        assertThat(decide(approval("nobody", "s", Optional.empty()), YES)).isFalse();
        assertThat(ports.approvals().find(Samples.id("nobody"))).isEmpty();
    }

    @Test
    @DisplayName("AP-2 of concurrent decisions, one is made")
    void of_concurrent_decisions_one_is_made() {
        Approval open = add(approval("open", "s", Optional.empty()));
        List<Boolean> decided = OtherThread.together(6, i -> decide(open, new Decision(i % 2 == 0, "by " + i, NOW)));
        assertThat(decided).containsOnlyOnce(true);
        assertThat(ports.approvals().find(open.id()).flatMap(Approval::decision).orElseThrow().comment())
                .isEqualTo("by " + decided.indexOf(true));
    }

    @Test
    @DisplayName("AP-3 a decision replaces nothing else")
    void a_decision_replaces_nothing_else() {
        Approval open = add(approval("open", "s", Optional.empty()));
        Approval other = add(approval("other", "s", Optional.empty()));
        decide(open, YES);
        assertThat(ports.approvals().find(open.id())).contains(approval("open", "s", Optional.of(YES)));
        assertThat(ports.approvals().find(other.id())).contains(other);
    }

    @Test
    @DisplayName("AP-4 the approvals of a subject come in the order in which they were added")
    void the_approvals_of_a_subject_come_in_order() {
        Approval z = add(approval("z", "s", Optional.of(YES)));
        Approval a = add(approval("a", "s", Optional.empty()));
        add(approval("other", "S", Optional.empty()));
        Approval m = add(approval("m", "s", Optional.empty()));
        assertThat(ports.approvals().of("s")).containsExactly(z, a, m);
        assertThat(ports.approvals().of("nothing")).isEmpty();
    }

    private static Approval approval(String name, String subject, Optional<Decision> decision) {
        return new Approval(Samples.id(name), subject, "May we \"post\"? 🚀", Actor.person("zoë@example.com"),
                Actor.service("chat"), NOW.minusSeconds(name.length()), TokenHash.of(name), NOW.plusSeconds(3600), decision);
    }

    private boolean decide(Approval approval, Decision decision) {
        return kept(() -> ports.approvals().decide(approval.id(), decision));
    }

    private Approval add(Approval approval) {
        keep(() -> ports.approvals().add(approval));
        return approval;
    }
}
