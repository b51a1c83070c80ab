package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.KnownAnswers.KnownAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.boundary.KnownAnswers}. */
public abstract class KnownAnswersContract extends PortContract {

    private static final Instant NOW = Samples.NEW_YEAR;
    private static final KnownAnswer ANSWER = new KnownAnswer("fingerprint", "{\"é\": 1}\n");

    protected KnownAnswersContract() {
    }

    @Test
    @DisplayName("KA-1 of concurrent claims one is made, and the others find its answer")
    void of_concurrent_claims_one_is_made() {
        var claimed = new AtomicInteger();
        List<KnownAnswer> answers = OtherThread.together(6, i -> kept(() -> claim("chat", "k").orElseGet(() -> {
            claimed.incrementAndGet();
            ports.knownAnswers().keep("chat", "k", ANSWER);
            return ANSWER;
        })));
        assertThat(claimed).hasValue(1);
        assertThat(answers).containsOnly(ANSWER);
    }

    @Test
    @DisplayName("KA-1 a claim of which nothing was kept can be made again")
    void a_claim_of_which_nothing_was_kept_can_be_made_again() {
        assertThatThrownBy(() -> keep(() -> {
            claim("chat", "k");
            throw new IllegalArgumentException("refused");
        })).hasMessage("refused");
        assertThat(kept(() -> claim("chat", "k"))).isEmpty();
    }

    @Test
    @DisplayName("KA-2 an answer is found exactly as it was")
    void an_answer_is_found_exactly_as_it_was() {
        answer("chat", "k");
        assertThat(kept(() -> claim("chat", "k"))).contains(ANSWER);
        assertThat(kept(() -> claim("chat", "K"))).isEmpty();
    }

    @Test
    @DisplayName("KA-3 callers have keys of their own")
    void callers_have_keys_of_their_own() {
        answer("chat", "k");
        assertThat(kept(() -> claim("maps", "k"))).isEmpty();
    }

    @Test
    @DisplayName("KA-4 what is older is forgotten")
    void what_is_older_is_forgotten() {
        answer("chat", "k");
        assertThat(kept(() -> ports.knownAnswers().forget(NOW))).isZero();
        assertThat(kept(() -> claim("chat", "k"))).contains(ANSWER);
        assertThat(kept(() -> ports.knownAnswers().forget(NOW.plusSeconds(1)))).isEqualTo(1);
        assertThat(kept(() -> claim("chat", "k"))).isEmpty();
    }

    private void answer(String caller, String key) {
        keep(() -> {
            assertThat(claim(caller, key)).isEmpty();
            ports.knownAnswers().keep(caller, key, ANSWER);
        });
    }

    private Optional<KnownAnswer> claim(String caller, String key) {
        return ports.knownAnswers().claim(caller, key, NOW);
    }
}
