package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.AuthenticationLog.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.identity.AuthenticationLog}. */
public abstract class AuthenticationLogContract extends PortContract {

    private static final Instant NOW = Samples.NEW_YEAR;

    protected AuthenticationLogContract() {
    }

    @Test
    @DisplayName("AU-1 attempts are listed exactly as they were, the latest first")
    void attempts_are_listed_the_latest_first() {
        Attempt first = attempt(0, true);
        Attempt second = attempt(1, false);
        Attempt same = new Attempt(second.at(), true, Optional.empty(), "::1", "another");
        keep(() -> ports.authenticationLog().record(List.of(first, second)));
        keep(() -> ports.authenticationLog().record(List.of(same)));
        assertThat(ports.authenticationLog().latest(10)).containsExactly(second, same, first);
        assertThat(ports.authenticationLog().latest(1)).hasSize(1);
    }

    @Test
    @DisplayName("AU-2 failures are counted from an instant on")
    void failures_are_counted_from_an_instant_on() {
        keep(() -> ports.authenticationLog().record(List.of(attempt(0, false), attempt(1, false), attempt(1, true),
                attempt(2, false))));
        assertThat(ports.authenticationLog().failuresSince(NOW.plusSeconds(1))).isEqualTo(2);
        assertThat(ports.authenticationLog().failuresSince(NOW.plusSeconds(3))).isZero();
    }

    @Test
    @DisplayName("AU-3 an alert for a stretch of time is raised once")
    void an_alert_is_raised_once() {
        List<Boolean> raised = OtherThread.together(4, i -> kept(() -> ports.authenticationLog().raise(7)));
        assertThat(raised).containsOnlyOnce(true);
        assertThat(kept(() -> ports.authenticationLog().raise(7))).isFalse();
        assertThat(kept(() -> ports.authenticationLog().raise(8))).isTrue();
    }

    private static Attempt attempt(int second, boolean succeeded) {
        return new Attempt(NOW.plusSeconds(second), succeeded, Optional.of("key " + second), "192.0.2.1", "r" + second);
    }
}
