package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.KeyScope;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private static final Caller CHAT = new Caller(Optional.empty(), "chat", Set.of(KeyScope.READ));

    @Test
    void a_caller_that_used_up_its_requests_is_told_when_to_come_again() {
        var limits = new RateLimits(1);
        assertThat(limits.take(CHAT, KeyScope.READ).allowed()).isTrue();
        assertThat(limits.take(CHAT, KeyScope.WRITE).allowed()).isTrue();
        RateLimits.Left left = limits.take(CHAT, KeyScope.READ);
        assertThat(left.allowed()).isFalse();
        assertThat(left.retrySeconds()).isEqualTo(1);
    }

    @Test
    void usage_has_a_larger_limit_of_its_own() {
        var limits = new RateLimits(1);
        for (int i = 0; i < 20; i++) {
            assertThat(limits.take(CHAT, KeyScope.USAGE).allowed()).isTrue();
        }
        assertThat(limits.take(CHAT, KeyScope.USAGE).allowed()).isFalse();
        assertThat(limits.take(CHAT, KeyScope.READ).allowed()).isTrue();
    }
}
