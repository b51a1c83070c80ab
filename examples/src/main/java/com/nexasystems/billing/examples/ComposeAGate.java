package com.nexasystems.billing.examples;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.ApprovalCheck;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.examples.EligibilityGate.Device;
import com.nexasystems.billing.examples.EligibilityGate.Kind;
import com.nexasystems.billing.examples.EligibilityGate.Request;
import com.nexasystems.billing.examples.IntakeGate.Application;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.gate.GateResult;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gates of another team, and what can be done with any gate. No adapter knows of them. */
public final class ComposeAGate {

    private ComposeAGate() {
    }

    public static void main(String[] args) {
        var application = new Application("A-7", "", Set.of("consent"), Set.of(), Set.of());
        System.out.println(whatIsMissing(IntakeGate.GATE.check(application)));
        System.out.println(whatIsMissing(IntakeGate.GATE.checkAll(application)));
        System.out.println(goneAround(Ports.inMemory(), application, "supervisor"));
        var request = new Request("Zoë", List.of(new Device("R-1", Kind.POWERED_SEAT), new Device("R-1", Kind.POWERED_SEAT)),
                false);
        System.out.println(whatIsMissing(EligibilityGate.GATE.checkAll(request)));
    }

    static String whatIsMissing(GateResult result) {
        return result.refusals().stream().map(refusal -> refusal.missing() + ": " + refusal.remedy())
                .collect(Collectors.joining("\n"));
    }

    /** The audit trail says who went around the gate, in which role, why, and what was missing. */
    static String goneAround(Ports ports, Application application, String role) {
        var bypass = new Bypass(Actor.person("max"), role, "the applicant is in hospital");
        GateResult result = ports.unitOfWork().call(() -> IntakeGate.GATE.bypass(application, Application::id, bypass,
                ports.auditTrail(), Clock.systemUTC().instant()));
        return result.opens() ? ports.auditTrail().of(application.id()).get(0).details().toString() : whatIsMissing(result);
    }

    /** The same gate, which also wants somebody's approval. */
    static Gate<Request> approved(Ports ports, Clock clock) {
        return EligibilityGate.GATE.and(new ApprovalCheck<Request>(ports.approvals(),
                request -> "eligibility:" + request.person(), Duration.ofDays(30), clock));
    }
}
