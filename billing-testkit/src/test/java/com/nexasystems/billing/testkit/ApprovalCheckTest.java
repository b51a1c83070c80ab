package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.approval.ApprovalCheck;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.Check;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** An approval is a check like any other. */
class ApprovalCheckTest extends CheckContract<String> {

    private final TestClock clock = TestClock.startingAt("2026-01-01T00:00:00Z");
    private final Billing billing = Billing.inMemory(clock);

    @BeforeEach
    void one_is_approved_and_one_is_rejected() {
        decide("launch", true);
        decide("landing", false);
    }

    private void decide(String subject, boolean approve) {
        String token = billing.approvalRequests().ask(subject, "May we?", "grace", Actor.person("ada"),
                Duration.ofDays(1)).token();
        billing.approvalDecisions().decide(token, approve, "");
    }

    @Override
    protected Check<String> check() {
        return new ApprovalCheck<>(billing.ports().approvals(), subject -> subject, Duration.ofDays(1), clock);
    }

    @Override
    protected String passing() {
        return "launch";
    }

    @Override
    protected String failing() {
        return "landing";
    }
}
