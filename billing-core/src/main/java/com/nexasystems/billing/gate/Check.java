package com.nexasystems.billing.gate;

import java.util.Optional;
import java.util.function.Function;

/**
 * One condition of a gate. Teams write their own. {@code CheckContract} checks these rules.
 *
 * <p>CH-1 A check answers the same for the same subject: it only looks, and changes nothing.
 * <p>CH-2 The name is not blank, and does not depend on the subject.
 * <p>CH-3 A problem says what is missing and how to put it right, neither of them blank.
 *
 * @param <S> the subject
 */
public interface Check<S> {

    /**
     * A check of a name and a look.
     *
     * @param look empty if nothing is missing
     */
    static <S> Check<S> of(String name, Function<? super S, Optional<Problem>> look) {
        return new NamedCheck<>(name, look);
    }

    /** Such as {@code quantities}. */
    String name();

    /** @return empty if nothing is missing */
    Optional<Problem> look(S subject);

    /**
     * Why a check does not pass.
     *
     * @param missing what is missing, with the figures
     * @param remedy  what a person does about it
     */
    record Problem(String missing, String remedy) {

        /** A problem, if there is one. */
        public static Optional<Problem> when(boolean isMissing, String missing, String remedy) {
            return isMissing ? Optional.of(new Problem(missing, remedy)) : Optional.empty();
        }
    }
}
