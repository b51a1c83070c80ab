package com.nexasystems.billing.gate;

import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.gate.GateResult.Bypassed;
import com.nexasystems.billing.gate.GateResult.Passed;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.gate.GateResult.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ordered checks on a subject, cheapest first. A plain object: compose your own.
 *
 * @param name   such as {@code job-completion}; stands on the audit trail
 * @param checks in the order in which they run
 */
public record Gate<S>(String name, List<Check<? super S>> checks) {

    public Gate {
        checks = List.copyOf(checks);
    }

    /** This gate with one more check at its end. */
    public Gate<S> and(Check<? super S> check) {
        return new Gate<>(name, Stream.concat(checks.stream(), Stream.of(check)).toList());
    }

    /** Stops at the first check that finds something. */
    public GateResult check(S subject) {
        return result(refusals(subject).limit(1).toList());
    }

    /** Runs every check and reports all they find. */
    public GateResult checkAll(S subject) {
        return result(refusals(subject).toList());
    }

    /**
     * Lets the subject through whatever is missing, and writes down who wanted it and why. Nothing is written when
     * nothing is missing.
     *
     * @param nameOf what the subject is called on the audit trail
     */
    public GateResult bypass(S subject, Function<S, String> nameOf, Bypass bypass, AuditTrail trail, Instant now) {
        List<Refusal> refusals = refusals(subject).toList();
        if (refusals.isEmpty()) {
            return new Passed();
        }
        String missing = refusals.stream().map(r -> r.check() + ": " + r.missing()).collect(Collectors.joining("; "));
        trail.add(List.of(new AuditEntry(now, bypass.actor(), "gate.bypassed", nameOf.apply(subject),
                Map.of("gate", name, "reason", bypass.reason(), "missing", missing))));
        return new Bypassed(bypass, refusals);
    }

    private Stream<Refusal> refusals(S subject) {
        return checks.stream().flatMap(check -> check.look(subject)
                .map(problem -> new Refusal(check.name(), problem.missing(), problem.remedy())).stream());
    }

    private static GateResult result(List<Refusal> refusals) {
        return refusals.isEmpty() ? new Passed() : new Refused(refusals);
    }
}
