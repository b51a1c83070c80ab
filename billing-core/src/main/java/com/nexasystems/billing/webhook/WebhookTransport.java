package com.nexasystems.billing.webhook;

import com.nexasystems.billing.event.EventLog.Sequenced;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the receivers. {@code WebhookTransportContract} checks these rules.
 *
 * <p>WT-1 What is sent arrives with the id, the time and the body as they were, to the byte, signed with each of the secrets.
 * <p>WT-2 An answer is given with its status, how long it asks to wait, and the begin of its body.
 * <p>WT-3 What cannot be reached, does not answer in time, or breaks off is an answer without a status, never an exception.
 * <p>WT-4 A redirect is an answer like any other: nothing follows it.
 * <p>WT-5 A body is the same whenever it is made of the same event, in the same state of things; it names the event's type
 * and sequence number.
 * <p>WT-6 An address that is never called is refused with the reason, when it is asked for and when something is sent.
 */
public interface WebhookTransport {

    /** What an event looks like to an endpoint; empty if its format knows no such event. */
    Optional<String> body(Endpoint endpoint, Sequenced event);

    /** A message that only says that the way is open, in the endpoint's format. */
    String ping(Endpoint endpoint, Instant now);

    /** Why nothing is ever sent there; looks its name up. Empty if something would be. */
    Optional<String> refusal(URI url);

    /** Does not wait for the answer. */
    CompletableFuture<Answer> send(Message message);

    /**
     * What is sent.
     *
     * @param id        {@code webhook-id}
     * @param timestamp of this attempt, in seconds since 1970
     * @param secrets   to sign with, each of them
     */
    record Message(Endpoint endpoint, String id, long timestamp, String body, List<Secret> secrets) {

        public Message {
            secrets = List.copyOf(secrets);
        }
    }

    /**
     * What came of it.
     *
     * @param status     100 to 599; empty if there was no answer
     * @param retryAfter how long the receiver asks to wait
     * @param detail     the begin of the answer, or why there is none
     */
    record Answer(Optional<Integer> status, Optional<Duration> retryAfter, String detail) {

        public static Answer none(String reason) {
            return new Answer(Optional.empty(), Optional.empty(), reason);
        }

        public boolean isTaken() {
            return status.filter(code -> code >= 200 && code < 300).isPresent();
        }

        public boolean isGone() {
            return status.filter(code -> code == 410).isPresent();
        }
    }
}
