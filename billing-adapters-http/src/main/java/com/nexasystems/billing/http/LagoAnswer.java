package com.nexasystems.billing.http;

import com.nexasystems.billing.http.LagoFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What Lago, or something between, has answered.
 *
 * @param retryAfter the header of that name, or {@code x-ratelimit-reset}, as it was sent
 */
record LagoAnswer(int status, Optional<String> retryAfter, byte[] bytes) {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    /** @return its JSON, if it is what was asked for */
    LagoObject json(Instant now) throws LagoFailure {
        if (status != OK) {
            throw refusal(now);
        }
        return LagoObject.parse(bytes).orElseThrow(() -> new LagoFailure(Kind.FAILED, bytes.length == 0
                ? "Lago's answer is empty" : "the answer is not the JSON of Lago, or not all of it"));
    }

    /** Whether it is Lago itself that knows no such thing, and not something on the way to it. */
    boolean isMissing(String code) {
        return status == NOT_FOUND && LagoObject.parse(bytes).flatMap(error -> error.text("code")).filter(code::equals)
                .isPresent();
    }

    private LagoFailure refusal(Instant now) {
        return switch (status) {
            case UNAUTHORIZED -> new LagoFailure(Kind.CLOSED, "Lago refuses the API key (401): give a valid one");
            case FORBIDDEN -> new LagoFailure(Kind.CLOSED, "Lago's API key may not read this (403): let it read invoices, "
                    + "payments and credit notes");
            case TOO_MANY -> new LagoFailure(Kind.CLOSED, "Lago limits how often it is asked (429)" + retryAfter
                    .flatMap(header -> RetryAfter.parse(header, now)).map(Duration::toSeconds)
                    .map(seconds -> "; again in " + seconds + " s").orElse(""));
            case NOT_FOUND -> new LagoFailure(Kind.FAILED, "what answered is not Lago's API (404): check the base URL");
            default -> new LagoFailure(Kind.FAILED, status >= 300 && status < 400
                    ? "the answer leads elsewhere (" + status + "): check the base URL" : "Lago failed (" + status + ")");
        };
    }
}
