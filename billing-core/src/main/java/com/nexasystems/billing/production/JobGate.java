package com.nexasystems.billing.production;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import java.util.List;
import java.util.Optional;

/** What must be so before a job is marked done. */
public final class JobGate {

    /** Who may go around it. */
    public static final String MANAGER = "manager";

    /** Its checks, in the order in which they run. */
    public static final Gate<Job> COMPLETION = new Gate<Job>("job-completion", List.of(
            Check.of("received", JobGate::received),
            Check.of("quantities", job -> quantities(job.toString(), job.quantities()))))
            .bypassableBy(MANAGER);

    private JobGate() {
    }

    private static Optional<Problem> received(Job job) {
        return Problem.when(job.quantities().received().isEmpty(), "the quantity received of " + job + " is not known ("
                + job.quantities().outcome() + ")", "count what was received, and enter it");
    }

    /** Nothing if what was received is not known: another check says so. */
    static Optional<Problem> quantities(String of, Quantities quantities) {
        return quantities.received().flatMap(received -> Problem.when(!quantities.addUp(), "the quantities of " + of
                        + " do not add up: received " + received.toPlainString() + ", but " + quantities.outcome() + " = "
                        + quantities.accounted().toPlainString() + "; they differ by "
                        + quantities.difference().orElseThrow().abs().toPlainString(),
                "count again, and correct what is wrong; " + Quantities.TOLERANCE.toPlainString()
                + " may be missing or too much"));
    }
}
