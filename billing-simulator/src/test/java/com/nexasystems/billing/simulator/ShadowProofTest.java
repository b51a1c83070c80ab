package com.nexasystems.billing.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.reconciliation.Cause;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Companies with rules and deviations drawn from seeds: what is found of them against what was planted.
 * {@code -Dbilling.companies=200} tries more of them, {@code -Dbilling.seed=N} others.
 */
class ShadowProofTest {

    private static final int COMPANIES = Integer.getInteger("billing.companies", 16);
    private static final long FIRST = Long.getLong("billing.seed", 20261128);

    private static List<Trial> trials;

    @BeforeAll
    static void tryThem() {
        trials = LongStream.range(FIRST, FIRST + COMPANIES)
                .mapToObj(seed -> Trial.of(CompanySpec.of(seed).withSize(50, 120))).toList();
    }

    @Test
    void the_rules_that_were_planted_are_inferred() {
        List<Trial> missed = trials.stream().filter(trial -> !trial.isInferred()).toList();
        assertThat(missed.size() * 20).as("%s", missed.stream().map(trial -> trial.company().spec().seed() + ": "
                + trial.company().rules() + " -> " + trial.inference()).toList()).isLessThanOrEqualTo(COMPANIES);
    }

    @Test
    void the_causes_that_were_planted_are_named() {
        List<String> wrong = trials.stream().flatMap(trial -> trial.deltas().stream()
                .filter(row -> !trial.isRightlyAttributed(row)).map(trial::told)).toList();
        long deltas = trials.stream().mapToLong(trial -> trial.deltas().size()).sum();
        assertThat(deltas).isGreaterThan(8L * COMPANIES);
        assertThat(wrong.size() * 20L).as("of %s differences: %s", deltas, String.join("\n", wrong))
                .isLessThanOrEqualTo(deltas);
    }

    @Test
    void no_planted_difference_is_called_a_match() {
        assertThat(trials).allSatisfy(trial -> assertThat(trial.overlooked()).isEmpty());
    }

    @Test
    void causes_and_what_is_unexplained_add_up_to_the_difference() {
        assertThat(trials).allSatisfy(trial -> assertThat(trial.deltas()).allSatisfy(row -> assertThat(
                row.causes().stream().map(Cause::amount).reduce(row.unexplained(), BigDecimal::add))
                .isEqualByComparingTo(row.delta())));
    }

    @Test
    void what_is_no_match_differs_by_more_than_the_tolerance_or_is_in_another_currency() {
        assertThat(trials).allSatisfy(trial -> assertThat(trial.rows()).filteredOn(
                row -> row.status() == ReconciledRow.Status.MATCH).allSatisfy(row -> assertThat(row.delta().abs())
                .isLessThanOrEqualTo(new BigDecimal("0.01"))));
    }
}
