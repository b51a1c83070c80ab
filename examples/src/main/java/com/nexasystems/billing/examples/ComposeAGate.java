package com.nexasystems.billing.examples;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.gate.GateResult;
import java.util.List;
import java.util.Optional;

/** A gate of another team: a support ticket may be closed when it is complete. */
public final class ComposeAGate {

    private ComposeAGate() {
    }

    record Ticket(String id, String owner, String answer) { }

    /** A check has a name, looks at the subject, and says what is missing and how to put it right. */
    record HasOwner() implements Check<Ticket> {

        @Override
        public String name() {
            return "owner";
        }

        @Override
        public Optional<Problem> look(Ticket ticket) {
            return ticket.owner().isBlank()
                    ? Optional.of(new Problem(ticket.id() + " has no owner", "assign it to somebody")) : Optional.empty();
        }
    }

    record HasAnswer() implements Check<Ticket> {

        @Override
        public String name() {
            return "answer";
        }

        @Override
        public Optional<Problem> look(Ticket ticket) {
            return ticket.answer().isBlank()
                    ? Optional.of(new Problem(ticket.id() + " was never answered", "answer it")) : Optional.empty();
        }
    }

    static final Gate<Ticket> MAY_BE_CLOSED = new Gate<>("close-ticket", List.of(new HasOwner(), new HasAnswer()));

    public static void main(String[] args) {
        System.out.println(whatIsMissing(new Ticket("T-7", "", "")));
    }

    static String whatIsMissing(Ticket ticket) {
        GateResult result = MAY_BE_CLOSED.checkAll(ticket);
        return result.fold(passed -> "nothing", bypassed -> "nothing that " + bypassed.bypass().actor() + " minds",
                refused -> String.join("\n", refused.refusals().stream()
                        .map(refusal -> refusal.missing() + ": " + refusal.remedy()).toList()));
    }
}
