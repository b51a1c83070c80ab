package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.stripe.InvoiceWorld.NoTime;
import com.nexasystems.billing.stripe.StripeInvoices.Pace;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacedTransportTest {

    private static final int LOST = 0;

    private final NoTime time = new NoTime();

    /** Answers with one status after the other, the last one for ever, and knows when it was asked. */
    private final class Script extends HttpClient {

        private final List<Long> askedAt = new ArrayList<>();
        private final String retryAfter;
        private final int[] statuses;

        private Script(String retryAfter, int... statuses) {
            this.retryAfter = retryAfter;
            this.statuses = statuses;
        }

        @Override
        public StripeResponse request(StripeRequest request) throws ApiConnectionException {
            int status = statuses[Math.min(askedAt.size(), statuses.length - 1)];
            askedAt.add(time.currentTimeNanos());
            if (status == LOST) {
                throw new ApiConnectionException("lost", new IOException());
            }
            return new StripeResponse(status, HttpHeaders.of(retryAfter.isEmpty() ? Map.of()
                    : Map.of("Retry-After", List.of(retryAfter))), "{}");
        }

        private Duration waited() {
            return Duration.ofNanos(askedAt.get(askedAt.size() - 1) - askedAt.get(0));
        }
    }

    private StripeResponse ask(Script script, Pace pace) throws StripeException {
        return new PacedTransport(script, pace, time, time).request(null);
    }

    @Test
    void stripe_is_asked_no_more_often_than_the_pace_says() throws StripeException {
        var script = new Script("", 200);
        var paced = new PacedTransport(script, new Pace(5, 1, 1), time, time);
        for (int i = 0; i < 40; i++) {
            paced.request(null);
        }
        for (int i = 5; i < script.askedAt.size(); i++) {
            assertThat(Duration.ofNanos(script.askedAt.get(i) - script.askedAt.get(i - 5)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void who_is_limited_waits_as_long_as_stripe_says() throws StripeException {
        var script = new Script("7", 429, 200);
        assertThat(ask(script, Pace.DEFAULT).code()).isEqualTo(200);
        assertThat(script.waited()).isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void who_would_wait_too_long_leaves_it() throws StripeException {
        var script = new Script("3600", 429);
        assertThat(ask(script, Pace.DEFAULT).code()).isEqualTo(429);
        assertThat(script.askedAt).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "99999999999", "Sat, 28 Nov 2026 08:00:00 GMT"})
    void without_a_number_of_seconds_it_waits_longer_each_time(String retryAfter) throws StripeException {
        var script = new Script(retryAfter, 429, 429, 429, 200);
        assertThat(ask(script, Pace.DEFAULT).code()).isEqualTo(200);
        assertThat(script.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(3_500));
    }

    @ParameterizedTest(name = "after {0}")
    @ValueSource(ints = {429, 500, 502, 503, LOST})
    void what_passes_is_asked_again(int first) throws StripeException {
        assertThat(ask(new Script("", first, 200), Pace.DEFAULT).code()).isEqualTo(200);
    }

    @ParameterizedTest(name = "after {0}")
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 409})
    void what_stays_is_not_asked_again(int status) throws StripeException {
        var script = new Script("", status);
        assertThat(ask(script, Pace.DEFAULT).code()).isEqualTo(status);
        assertThat(script.askedAt).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "6"})
    void nothing_is_asked_more_often_than_the_attempts(int attempts) throws StripeException {
        var failing = new Script("", 500);
        assertThat(ask(failing, new Pace(100, 1, attempts)).code()).isEqualTo(500);
        assertThat(failing.askedAt).hasSize(attempts);
        var lost = new Script("", LOST);
        assertThatThrownBy(() -> ask(lost, new Pace(100, 1, attempts))).isInstanceOf(ApiConnectionException.class);
        assertThat(lost.askedAt).hasSize(attempts);
    }

    @Test
    void who_is_interrupted_while_waiting_stops() {
        var script = new Script("", 500);
        var paced = new PacedTransport(script, Pace.DEFAULT, time, wait -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> paced.request(null)).isInstanceOf(ApiConnectionException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(script.askedAt).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
    void a_pace_is_of_one_or_more(int perSecond, int atOnce, int attempts) {
        assertThatThrownBy(() -> new Pace(perSecond, atOnce, attempts)).isInstanceOf(IllegalArgumentException.class);
    }
}
