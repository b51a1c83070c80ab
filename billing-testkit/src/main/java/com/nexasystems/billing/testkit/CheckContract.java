package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Extend, hand over your check and two subjects, and JUnit runs the rules of {@link Check}.
 *
 * @param <S> the subject
 */
public abstract class CheckContract<S> {

    /** For implementors in any package. */
    protected CheckContract() {
    }

    protected abstract Check<S> check();

    /** A new subject of which nothing is missing; equal to the one before if subjects can be compared. */
    protected abstract S passing();

    /** A new subject of which something is missing. */
    protected abstract S failing();

    @Test
    @DisplayName("CH-1 a check answers the same for the same subject")
    void a_check_answers_the_same_for_the_same_subject() {
        Check<S> check = check();
        S passing = passing();
        S failing = failing();
        Optional<Problem> problem = check.look(failing);
        for (int i = 0; i < 3; i++) {
            assertThat(check.look(passing)).isEmpty();
            assertThat(check.look(failing)).isPresent().isEqualTo(problem);
        }
    }

    @Test
    @DisplayName("CH-1 another check of the kind answers the same, so that nothing was learnt or changed")
    void another_check_of_the_kind_answers_the_same() {
        S failing = failing();
        assertThat(check().look(failing)).isEqualTo(check().look(failing));
    }

    @Test
    @DisplayName("CH-2 the name is not blank, and does not depend on the subject")
    void the_name_does_not_depend_on_the_subject() {
        Check<S> check = check();
        String name = check.name();
        assertThat(name).isNotBlank();
        Stream.of(passing(), failing()).forEach(subject -> {
            check.look(subject);
            assertThat(check.name()).isEqualTo(name);
        });
    }

    @Test
    @DisplayName("CH-3 a problem says what is missing and how to put it right")
    void a_problem_says_what_is_missing_and_how_to_put_it_right() {
        Problem problem = check().look(failing()).orElseThrow();
        assertThat(problem.missing()).isNotBlank();
        assertThat(problem.remedy()).isNotBlank();
    }
}
