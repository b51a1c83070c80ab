package com.nexasystems.billing.gate;

import java.util.Optional;
import java.util.function.Function;

/** What {@link Check#of} gives. */
record NamedCheck<S>(String name, Function<? super S, Optional<Check.Problem>> question) implements Check<S> {

    @Override
    public Optional<Problem> look(S subject) {
        return question.apply(subject);
    }
}
