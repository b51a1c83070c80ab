package com.nexasystems.billing.approval;

import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.gate.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A check that somebody has approved. Add it to any gate. Of several approvals of the subject the one that was asked for
 * last counts.
 *
 * @param approvals where they are kept
 * @param nameOf    what approvals call the subject. Whoever wants an approval to be for one state of the subject only, puts
 *                  a digest of that state into the name
 * @param goodFor   how long after the decision the subject may go through
 */
public record ApprovalCheck<S>(Approvals approvals, Function<? super S, String> nameOf, Duration goodFor, Clock clock)
        implements Check<S> {

    @Override
    public String name() {
        return "approval";
    }

    @Override
    public Optional<Problem> look(S subject) {
        String name = nameOf.apply(subject);
        List<Approval> all = approvals.of(name);
        if (all.isEmpty()) {
            return Problem.when(true, "nobody was asked to approve " + name, "ask somebody for approval");
        }
        Approval last = all.get(all.size() - 1);
        return last.decision().map(decision -> decided(last, decision)).orElseGet(() -> waits(last));
    }

    private Optional<Problem> waits(Approval last) {
        String who = last.approver().name();
        return clock.instant().isBefore(last.until())
                ? Problem.when(true, who + " was asked to approve " + last.subject() + ", and has not decided yet",
                        "ask " + who + " to follow the link; it is good until " + last.until())
                : Problem.when(true, who + " has not decided on " + last.subject() + " before the link expired at "
                        + last.until(), "ask for approval again");
    }

    private Optional<Problem> decided(Approval last, Decision decision) {
        String comment = decision.comment().isEmpty() ? "" : ": " + decision.comment();
        return Problem.when(!decision.approved(), last.approver().name() + " has rejected " + last.subject() + comment,
                        "put right what they object to, and ask for approval again")
                .or(() -> Problem.when(!clock.instant().isBefore(decision.at().plus(goodFor)), "the approval of "
                        + last.subject() + " by " + last.approver().name() + " was good until "
                        + decision.at().plus(goodFor), "ask for approval again"));
    }
}
