package com.nexasystems.billing.stripe;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.PortFailure.Effect;
import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.HasId;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponse;
import com.stripe.service.V1Services;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Asks Stripe, once, and makes of whatever goes wrong a {@link PortFailure}.
 *
 * <p>Its effect is NONE only when it is sure that this call has done nothing: the connection was never made, or Stripe said
 * that it did not begin (401, 403, 429, or 400 for what is asked). After all else something may have happened: a timeout, a
 * broken connection, 409, 5xx, a key that was used for something else, an answer that cannot be read, even with status 200.
 *
 * <p>What it says names no secret, and quotes no answer: the SDK's own messages do, so they are not kept as causes.
 */
final class StripeCalls {

    /** Stripe keeps keys for 24 hours at least. */
    private static final Duration KEYS_ARE_KEPT = Duration.ofHours(12);
    private static final Set<Integer> NOT_BEGUN = Set.of(401, 403, 429);

    private final V1Services stripe;
    private final Clock clock;

    StripeCalls(StripeSettings settings, Clock clock) {
        this(settings, clock, new StripeTransport(settings));
    }

    StripeCalls(StripeSettings settings, Clock clock, com.stripe.net.HttpClient transport) {
        String base = settings.apiBase().toString();
        // No retries by the SDK: whoever asks here looks up what came of it before asking again.
        this.stripe = StripeClient.builder().setApiKey(settings.secretKey()).setApiBase(base).setFilesBase(base)
                .setConnectBase(base).setMeterEventsBase(base).setMaxNetworkRetries(0)
                .setHttpClient(transport).build().v1();
        this.clock = clock;
    }

    /** What is asked. */
    @FunctionalInterface
    interface Question<T> {
        T ask(V1Services stripe) throws StripeException;
    }

    /** One page of a list, after the id given, or the first one. */
    @FunctionalInterface
    interface Page<T extends HasId> {
        StripeCollection<T> after(V1Services stripe, Optional<String> id) throws StripeException;
    }

    <T> T ask(String what, Question<T> question) {
        return ask(what, question, refused -> Optional.empty());
    }

    /** @param reading what an error of Stripe's means, if it is an answer and no failure */
    <T> T ask(String what, Question<T> question, Function<StripeException, Optional<T>> reading) {
        try {
            return answered(what, question, reading);
        } catch (PortFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PortFailure(Effect.UNKNOWN, what + ": Stripe's answer cannot be read", withoutMessage(e));
        }
    }

    private <T> T answered(String what, Question<T> question, Function<StripeException, Optional<T>> reading) {
        try {
            return question.ask(stripe);
        } catch (StripeException e) {
            return reading.apply(e).orElseThrow(() -> failure(what, e));
        }
    }

    /** Empty if there is no such thing. */
    <T> Optional<T> retrieve(String what, String id, Question<Optional<T>> question) {
        return id.isBlank() ? Optional.empty()
                : ask(what, question, e -> isMissing(e) ? Optional.of(Optional.empty()) : Optional.empty());
    }

    /**
     * All of a list, the newest first.
     *
     * @param reading what is wanted of an element; empty if nothing is
     */
    <T extends HasId, R> List<R> all(String what, Page<T> page, Function<T, Optional<R>> reading) {
        var found = new ArrayList<R>();
        pages(what, page, next -> next.getData().stream().flatMap(element -> reading.apply(element).stream()).toList(),
                found::addAll);
        return found;
    }

    /**
     * A list page by page, the newest first. By hand: the SDK's own iterator hides errors. A page that is empty although
     * there is more is one here: it does not say that there is nothing.
     *
     * @param reading what is wanted of a page; what goes wrong in it is Stripe's
     * @param taken   gets that, once for each page
     */
    <T extends HasId, R> void pages(String what, Page<T> page, Function<StripeCollection<T>, R> reading, Consumer<R> taken) {
        Optional<Read<R>> next = Optional.of(page(what, page, reading, Optional.empty()));
        while (next.isPresent()) {
            taken.accept(next.get().wanted);
            next = next.get().last.map(last -> page(what, page, reading, Optional.of(last)));
        }
    }

    private <T extends HasId, R> Read<R> page(String what, Page<T> page, Function<StripeCollection<T>, R> reading,
                                              Optional<String> after) {
        return ask(what, client -> {
            StripeCollection<T> next = page.after(client, after);
            List<T> elements = next.getData();
            Optional<String> last = next.getHasMore() ? Optional.of(elements.get(elements.size() - 1).getId())
                    : Optional.empty();
            return new Read<>(reading.apply(next), last);
        });
    }

    /** @param last id of the last element; empty if there is no more */
    private record Read<R>(R wanted, Optional<String> last) { }

    /** Whether Stripe may have forgotten the key of what was first asked for then. */
    boolean mayBeForgotten(Instant first) {
        return first.plus(KEYS_ARE_KEPT).isBefore(clock.instant());
    }

    static RequestOptions under(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    /** Whether it is the first answer once more, which may have been overtaken since. */
    static boolean isReplayed(StripeResponse response) {
        return response.headers().firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
    }

    private static boolean isMissing(StripeException e) {
        return e instanceof InvalidRequestException && "resource_missing".equals(e.getCode());
    }

    private static PortFailure failure(String what, StripeException e) {
        if (e instanceof ApiConnectionException) {
            return new PortFailure(wasNotSent(e.getCause()) ? Effect.NONE : Effect.UNKNOWN,
                    what + ": no answer from Stripe: " + e.getCause(), e.getCause());
        }
        int status = Optional.ofNullable(e.getStatusCode()).orElse(0);
        boolean none = NOT_BEGUN.contains(status) || e instanceof InvalidRequestException;
        return new PortFailure(none ? Effect.NONE : Effect.UNKNOWN, what + ": Stripe answered " + status
                + Optional.ofNullable(e.getCode()).map(code -> " " + code).orElse("")
                + Optional.ofNullable(e.getRequestId()).map(id -> " to request " + id).orElse("") + said(e),
                new Answered(status, e));
    }

    /** Only of what is wrong with our request: there is no more in it than we have sent. */
    private static String said(StripeException e) {
        return e instanceof InvalidRequestException || e instanceof IdempotencyException
                ? Optional.ofNullable(e.getStripeError()).map(error -> ": " + error.getMessage()).orElse("") : "";
    }

    private static boolean wasNotSent(Throwable cause) {
        return cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    }

    /** The status of Stripe's answer that a failure is about; empty if there was no answer, or none that could be read. */
    static Optional<Integer> status(PortFailure failure) {
        return failure.getCause() instanceof Answered answered ? Optional.of(answered.status) : Optional.empty();
    }

    /** Whether nothing came back at all. */
    static boolean isSilent(PortFailure failure) {
        return failure.getCause() instanceof IOException || failure.getCause() instanceof InterruptedException;
    }

    /** An answer that is a failure: where it happened, and nothing of what it contains. */
    private static final class Answered extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Answered(int status, Exception e) {
            super(e.getClass().getName());
            setStackTrace(e.getStackTrace());
            this.status = status;
        }
    }

    /** Where it happened, and nothing of what an answer contains. */
    private static Throwable withoutMessage(Exception e) {
        var copy = new IllegalStateException(e.getClass().getName());
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }
}
