package com.nexasystems.billing.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.approval.ApprovalAnswer.AlreadyDecided;
import com.nexasystems.billing.approval.ApprovalAnswer.Decided;
import com.nexasystems.billing.approval.ApprovalAnswer.Expired;
import com.nexasystems.billing.approval.ApprovalAnswer.Open;
import com.nexasystems.billing.approval.ApprovalAnswer.Unknown;
import com.nexasystems.billing.approval.AskForApproval.Asked;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.testing.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A named person approves or rejects once, through a link that is good once. */
class ApprovalTest {

    private static final Actor ADA = Actor.person("ada");
    private static final Duration DAY = Duration.ofDays(1);

    private final TestClock clock = new TestClock(Shop.MARCH);
    private final Billing billing = Billing.inMemory(clock);
    private final Gate<String> gate = new Gate<String>("launch", List.of()).and(new ApprovalCheck<>(
            billing.ports().approvals(), rocket -> "launch:" + rocket, Duration.ofHours(2), clock));

    private Asked ask() {
        return billing.approvalRequests().ask("launch:R-1", "May R-1 be launched?", "grace", ADA, DAY);
    }

    private ApprovalAnswer decide(Asked asked, boolean approve, String comment) {
        return billing.approvalDecisions().decide(asked.token(), approve, comment);
    }

    private List<String> missing() {
        return gate.check("R-1").refusals().stream().map(Refusal::missing).toList();
    }

    @Test
    void the_gate_opens_when_the_person_has_approved_and_the_decision_is_on_record() {
        assertThat(missing()).containsExactly("nobody was asked to approve launch:R-1");
        Asked asked = ask();
        assertThat(missing()).containsExactly("grace was asked to approve launch:R-1, and has not decided yet");
        assertThat(billing.approvalDecisions().look(asked.token())).isEqualTo(new Open(asked.approval()))
                .extracting(ApprovalAnswer::text).isEqualTo("ada asks you to approve: May R-1 be launched?");
        assertThat(decide(asked, true, "fine")).isInstanceOf(Decided.class).extracting(ApprovalAnswer::text)
                .isEqualTo("thank you: approved by grace");
        assertThat(missing()).isEmpty();
        assertThat(billing.ports().auditTrail().of(asked.approval().id().toString())).extracting(AuditEntry::action,
                AuditEntry::actor).containsExactly(tuple("approval.asked", ADA),
                tuple("approval.approved", Actor.person("grace")));
    }

    @Test
    void it_stays_shut_when_the_person_has_rejected() {
        decide(ask(), false, "the weather");
        assertThat(missing()).containsExactly("grace has rejected launch:R-1: the weather");
    }

    @Test
    void a_repeated_link_is_answered_kindly_and_changes_nothing() {
        Asked asked = ask();
        decide(asked, false, "the weather");
        clock.advance(Duration.ofMinutes(30));
        for (ApprovalAnswer again : List.of(decide(asked, true, "oh well"), billing.approvalDecisions()
                .look(asked.token()))) {
            assertThat(again).isInstanceOf(AlreadyDecided.class);
            assertThat(again.text()).isEqualTo("already rejected by grace on 2026-03-01 00:00 UTC");
        }
        assertThat(missing()).containsExactly("grace has rejected launch:R-1: the weather");
        clock.advance(DAY);
        assertThat(decide(asked, true, "")).isInstanceOf(AlreadyDecided.class);
    }

    @Test
    void a_stale_link_is_answered_kindly_and_decides_nothing() {
        Asked asked = ask();
        clock.advance(DAY.minusNanos(1000));
        assertThat(billing.approvalDecisions().look(asked.token())).isInstanceOf(Open.class);
        clock.advance(Duration.ofNanos(1000));
        assertThat(decide(asked, true, "")).isInstanceOf(Expired.class).extracting(ApprovalAnswer::text)
                .isEqualTo("this link expired on 2026-03-02 00:00 UTC; ask ada for a new one");
        assertThat(missing()).containsExactly(
                "grace has not decided on launch:R-1 before the link expired at 2026-03-02T00:00:00Z");
    }

    @Test
    void an_unknown_link_tells_nothing() {
        Asked asked = ask();
        String token = asked.token();
        String wrong = token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
        Stream.of("", "x", asked.approval().id().toString(), asked.approval().id() + ".", wrong, token + "A", "zz" + token,
                "00000000-0000-0000-0000-000000000000" + token.substring(36), " ".repeat(36) + ".x").forEach(text -> {
                    assertThat(billing.approvalDecisions().decide(text, true, "")).isEqualTo(new Unknown());
                    assertThat(billing.approvalDecisions().look(text).known()).isEmpty();
                });
        assertThat(decide(asked, true, "")).isInstanceOf(Decided.class);
    }

    @Test
    void only_the_digest_of_the_secret_is_kept() {
        Asked asked = ask();
        String secret = asked.token().substring(37);
        assertThat(secret).hasSize(43);
        assertThat(asked.approval().toString()).doesNotContain(secret);
        assertThat(asked.approval().token()).isEqualTo(TokenHash.of(secret));
        assertThat(billing.ports().auditTrail().of(asked.approval().id().toString()).toString()).doesNotContain(secret);
        assertThat(ask().token()).isNotEqualTo(asked.token());
    }

    @Test
    void nobody_approves_what_they_ask_for_themselves() {
        assertThatThrownBy(() -> billing.approvalRequests().ask("s", "t", "ada", ADA, DAY)).isInstanceOf(InvalidValue.class)
                .hasMessage("approver: must be somebody else than who asks for it: ada");
        assertThatThrownBy(() -> billing.approvalRequests().ask("s", "t", "grace", ADA, Duration.ZERO))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> billing.approvalDecisions().decide(ask().token(), true, "\u0000"))
                .isInstanceOf(InvalidValue.class);
    }

    @Test
    void an_approval_is_good_for_a_while_and_for_what_it_names() {
        decide(ask(), true, "");
        assertThat(gate.check("R-2").opens()).isFalse();
        clock.advance(Duration.ofHours(2).minusNanos(1000));
        assertThat(gate.check("R-1").opens()).isTrue();
        clock.advance(Duration.ofNanos(1000));
        assertThat(missing()).containsExactly("the approval of launch:R-1 by grace was good until 2026-03-01T02:00:00Z");
    }

    @Test
    void of_several_approvals_the_one_that_was_asked_for_last_counts() {
        Asked first = ask();
        decide(ask(), true, "");
        decide(first, false, "");
        assertThat(gate.check("R-1").opens()).isTrue();
        ask();
        assertThat(gate.check("R-1").opens()).isFalse();
    }

    @Test
    void of_concurrent_decisions_one_stands() throws Exception {
        Asked asked = ask();
        var answers = Collections.synchronizedList(new ArrayList<ApprovalAnswer>());
        try (var workers = new Workers(4)) {
            workers.race(Collections.nCopies(4, () -> answers.add(decide(asked, true, ""))));
        }
        assertThat(answers).filteredOn(Decided.class::isInstance).hasSize(1);
        assertThat(answers).filteredOn(AlreadyDecided.class::isInstance).hasSize(3);
    }
}
