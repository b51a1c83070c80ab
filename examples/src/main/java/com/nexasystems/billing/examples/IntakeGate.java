package com.nexasystems.billing.examples;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An application may be taken in when each page that needs a signature has one, in whichever way it came. */
final class IntakeGate {

    static final Gate<Application> GATE = new Gate<Application>("intake", List.of(
            Check.of("applicant", IntakeGate::applicant), Check.of("signed-pages", IntakeGate::signedPages)))
            .bypassableBy("supervisor");

    private static final List<String> TO_BE_SIGNED = List.of("consent", "declaration");

    private IntakeGate() {
    }

    /** Which pages are bundled in it, uploaded apart, or signed remotely. */
    record Application(String id, String applicant, Set<String> bundled, Set<String> uploaded,
                       Set<String> signedRemotely) { }

    private static Optional<Problem> applicant(Application of) {
        return Problem.when(of.applicant.isBlank(), "application " + of.id + " names no applicant", "ask who applies");
    }

    private static Optional<Problem> signedPages(Application of) {
        List<String> missing = TO_BE_SIGNED.stream().filter(page -> Stream.of(of.bundled, of.uploaded, of.signedRemotely)
                .noneMatch(pages -> pages.contains(page))).toList();
        return Problem.when(!missing.isEmpty(), "application " + of.id + " has no signed " + String.join(" and ", missing),
                "scan them into the bundle, upload them, or send a link to sign them");
    }
}
