package com.nexasystems.billing.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.ApprovalCheck;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.CutOver.Outcome;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.Platform;
import com.nexasystems.billing.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An installation asks for somebody's approval of each cut-over. */
class ApprovedCutOverTest {

    private static final Actor EVE = Actor.person("Eve");

    private final TestClock clock = new TestClock(Instant.parse("2026-04-02T00:00:00Z"));
    private final Ports ports = Ports.inMemory();
    private final Billing billing = Billing.over(ports).clock(clock).cutOverNeeds(new ApprovalCheck<Readiness>(
            ports.approvals(), readiness -> "cut-over:" + readiness.terms().service(), Duration.ofDays(1), clock)).build();
    private final Service hosting = billing.register("hosting", "Hosting");
    private final Platform platform = new Platform().plan("starter", "20.00", 18_000).user("ada", "ada@example.org")
            .subscription("web", "ada", "starter", "2026-03-01", "2026-04-01")
            .invoice("i2", "web", "starter", "2026-03-01", "2026-04-01", "20.00");

    private Outcome flip() {
        return billing.cutOver().flip(CutOverTerms.of(hosting.id()), EVE, done -> { });
    }

    private void ask(String approver, boolean approves) {
        String token = billing.approvalRequests().ask("cut-over:" + hosting.id(), "Shall hosting be cut over?", approver,
                EVE, Duration.ofDays(1)).token();
        billing.approvalDecisions().decide(token, approves, "not before Easter");
    }

    @Test
    void is_shut_until_somebody_else_has_approved() {
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
        assertThat(flip().gate().refusals()).extracting(Refusal::check).containsExactly("approval");
        ask("Grace", false);
        Outcome rejected = flip();
        assertThat(rejected.flip()).isEmpty();
        assertThat(rejected.gate().refusals()).extracting(Refusal::missing).singleElement().asString()
                .contains("Grace has rejected", "not before Easter");
        ask("Grace", true);
        assertThat(flip().flip()).isPresent();
    }
}
