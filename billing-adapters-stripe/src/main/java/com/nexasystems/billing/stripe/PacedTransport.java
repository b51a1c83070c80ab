package com.nexasystems.billing.stripe;

import com.nexasystems.billing.stripe.StripeInvoices.Pace;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.HttpClient;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks no more often than it may, and asks again what was limited, failed or lost. For questions that change nothing.
 *
 * <p>Of 429 the SDK asks nothing again, whatever its retries, and would not look at Retry-After.
 */
final class PacedTransport extends HttpClient {

    private static final int TOO_MANY = 429;
    private static final int FAILURE = 500;
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    /** Who is told to wait longer leaves it to the next run. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final HttpClient transport;
    private final Pace pace;
    private final BlockingStrategy pauses;
    private final Bucket bucket;

    PacedTransport(HttpClient transport, Pace pace) {
        this(transport, pace, TimeMeter.SYSTEM_NANOTIME, BlockingStrategy.PARKING);
    }

    PacedTransport(HttpClient transport, Pace pace, TimeMeter time, BlockingStrategy pauses) {
        this.transport = transport;
        this.pace = pace;
        this.pauses = pauses;
        // No bursts: what was not asked for a while would be too much in the second after.
        this.bucket = Bucket.builder().withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(1).refillGreedy(pace.perSecond(), Duration.ofSeconds(1))).build();
    }

    @Override
    public StripeResponse request(StripeRequest request) throws StripeException {
        try {
            for (int attempt = 1; attempt < pace.attempts(); attempt++) {
                Optional<StripeResponse> answer = attempted(request, attempt);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return asked(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted before Stripe was asked", e);
        }
    }

    /** Empty if it is to be asked again, now. */
    private Optional<StripeResponse> attempted(StripeRequest request, int attempt) throws StripeException,
            InterruptedException {
        Duration wait = FIRST_WAIT.multipliedBy(1L << (attempt - 1));
        try {
            StripeResponse answer = asked(request);
            boolean passing = answer.code() == TOO_MANY || answer.code() >= FAILURE;
            wait = retryAfter(answer).orElse(wait);
            if (!passing || wait.compareTo(LONGEST_WAIT) > 0) {
                return Optional.of(answer);
            }
        } catch (ApiConnectionException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        pauses.park(wait.toNanos());
        return Optional.empty();
    }

    private StripeResponse asked(StripeRequest request) throws StripeException, InterruptedException {
        bucket.asBlocking().consume(1, pauses);
        return transport.request(request);
    }

    private static Optional<Duration> retryAfter(StripeResponse answer) {
        return answer.headers().firstValue("Retry-After").filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
