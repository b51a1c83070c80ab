package com.nexasystems.billing.boundary;

import java.time.Instant;
import java.util.Optional;

/**
 * The answers to requests that may come again. {@code KnownAnswersContract} checks these rules.
 *
 * <p>KA-1 A key that nobody has claimed is claimed for this unit of work. Whoever claims it meanwhile waits, and then finds
 * the answer; or claims it, if nothing of that unit of work was kept.
 * <p>KA-2 An answer is found exactly as it was, with the fingerprint of the request it was for.
 * <p>KA-3 The keys of one caller are not those of another.
 * <p>KA-4 What is older than an instant can be forgotten; its keys can then be claimed again.
 */
public interface KnownAnswers {

    /**
     * The answer to a request.
     *
     * @param fingerprint of the request
     * @param text        whatever the caller wrote down of its answer
     */
    record KnownAnswer(String fingerprint, String text) { }

    /**
     * Must be called inside a unit of work, which has to {@link #keep} an answer.
     *
     * @param caller whose key it is
     * @return what was answered before; empty if the key is claimed now
     */
    Optional<KnownAnswer> claim(String caller, String key, Instant now);

    /** For a key that this unit of work has claimed. */
    void keep(String caller, String key, KnownAnswer answer);

    /** @return how many were forgotten, at most some thousands: more are there if it is not zero */
    int forget(Instant olderThan);
}
