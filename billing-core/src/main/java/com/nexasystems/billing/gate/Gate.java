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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ordered checks on a subject, cheapest first. A plain object: compose your own.
 *
 * @param name        such as {@code job-completion}; stands on the audit trail
 * @param checks      in the order in which they run
 * @param bypassRoles in which somebody may go around it; none if nobody may, empty if anybody may who gives a reason
 */
public record Gate<S>(String name, List<Check<? super S>> checks, Optional<Set<String>> bypassRoles) {

    public Gate {
        checks = List.copyOf(checks);
        bypassRoles = bypassRoles.map(Set::copyOf);
    }

    /** One that anybody may go around who gives a reason. */
    public Gate(String name, List<Check<? super S>> checks) {
        this(name, checks, Optional.empty());
    }

    /** This gate with one more check at its end. */
    public Gate<S> and(Check<? super S> check) {
        return new Gate<>(name, Stream.concat(checks.stream(), Stream.of(check)).toList(), bypassRoles);
    }

    /** This gate, which only somebody in one of these roles may go around; without roles, nobody. */
    public Gate<S> bypassableBy(String... roles) {
        return new Gate<>(name, checks, Optional.of(Set.of(roles)));
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
     * Lets the subject through whatever is missing, and writes down who wanted it, in which role and why. Nothing is written
     * when nothing is missing. Refuses as ever, and says so, if they may not go around it.
     *
     * @param nameOf what the subject is called on the audit trail
     */
    public GateResult bypass(S subject, Function<S, String> nameOf, Bypass bypass, AuditTrail trail, Instant now) {
        List<Refusal> refusals = refusals(subject).toList();
        if (refusals.isEmpty()) {
            return new Passed();
        }
        if (bypassRoles.filter(roles -> bypass.role().filter(roles::contains).isEmpty()).isPresent()) {
            return new Refused(Stream.concat(refusals.stream(), Stream.of(mayNot(bypass))).toList());
        }
        String missing = refusals.stream().map(r -> r.check() + ": " + r.missing()).collect(Collectors.joining("; "));
        var details = new TreeMap<>(Map.of("gate", name, "reason", bypass.reason(), "missing", missing));
        bypass.role().ifPresent(role -> details.put("role", role));
        trail.add(List.of(new AuditEntry(now, bypass.actor(), "gate.bypassed", nameOf.apply(subject), details)));
        return new Bypassed(bypass, refusals);
    }

    private Refusal mayNot(Bypass bypass) {
        String roles = String.join(" or ", new TreeSet<>(bypassRoles.orElseThrow()));
        String missing = bypass.actor() + bypass.role().map(role -> " as " + role).orElse("")
                + " may not go around the gate " + name;
        return new Refusal("bypass", missing, roles.isEmpty() ? "put right what is missing; nobody may" : "ask a " + roles);
    }

    private Stream<Refusal> refusals(S subject) {
        return checks.stream().flatMap(check -> check.look(subject)
                .map(problem -> new Refusal(check.name(), problem.missing(), problem.remedy())).stream());
    }

    private static GateResult result(List<Refusal> refusals) {
        return refusals.isEmpty() ? new Passed() : new Refused(refusals);
    }
}
