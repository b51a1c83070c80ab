package com.nexasystems.billing.gate;

import java.util.List;
import java.util.function.Function;

/** A gate's answer. */
public sealed interface GateResult {

    /** Nothing is missing. */
    record Passed() implements GateResult {

        @Override
        public List<Refusal> refusals() {
            return List.of();
        }
    }

    /** Something is missing, but somebody took it upon themselves; the bypass is on the audit trail. */
    record Bypassed(Bypass bypass, List<Refusal> refusals) implements GateResult { }

    /** @param refusals at least one, in the order of the checks */
    record Refused(List<Refusal> refusals) implements GateResult { }

    /** What one check found. */
    record Refusal(String check, String missing, String remedy) { }

    /** What the checks found, whether or not it stops the subject; in the order of the checks. */
    List<Refusal> refusals();

    /** Whether the subject may go through. */
    default boolean opens() {
        return !(this instanceof Refused);
    }

    default <T> T fold(Function<Passed, T> passed, Function<Bypassed, T> bypassed, Function<Refused, T> refused) {
        if (this instanceof Passed p) {
            return passed.apply(p);
        }
        return this instanceof Bypassed b ? bypassed.apply(b) : refused.apply((Refused) this);
    }
}
