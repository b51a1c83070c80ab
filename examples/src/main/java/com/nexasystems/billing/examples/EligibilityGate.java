package com.nexasystems.billing.examples;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which devices one may have: at most one to sit in, a walker besides, nothing twice; power needs an accessible home. */
final class EligibilityGate {

    static final Gate<Request> GATE = new Gate<>("eligibility", List.of(
            Check.of("seated", of -> atMostOne(of, "seated-mobility devices", device -> device.kind != Kind.WALKER)),
            Check.of("walker", of -> atMostOne(of, "walkers", device -> device.kind == Kind.WALKER)),
            Check.of("duplicates", of -> Problem.when(new HashSet<>(of.devices).size() < of.devices.size(),
                    of.person + " asks for the same device twice: " + of.devices, "strike it out once")),
            Check.of("home", of -> Problem.when(!of.accessibleHome && of.devices.stream().anyMatch(
                    device -> device.kind == Kind.POWERED_SEAT), "the home of " + of.person + " is not accessible",
                    "have the home adapted, or choose a device without power"))));

    private EligibilityGate() {
    }

    enum Kind { SEAT, POWERED_SEAT, WALKER }

    record Device(String model, Kind kind) { }

    record Request(String person, List<Device> devices, boolean accessibleHome) { }

    private static Optional<Problem> atMostOne(Request of, String what, Predicate<Device> which) {
        long count = of.devices.stream().filter(which).count();
        return Problem.when(count > 1, of.person + " asks for " + count + " " + what, "choose one");
    }
}
