package com.nexasystems.billing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.usage.RecordUsage.Option;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures usage and sends it, badly. Keeps its own book of what the engine has accepted, made from what was sent and
 * from nothing that the engine stored.
 */
final class Sender {

    private final SplittableRandom random;
    private final Billing billing;
    private final Service service;
    private final List<Waiting> outbox = new ArrayList<>();
    private final Map<UsageKey, UsageRecord> accepted = new HashMap<>();
    private int measured;

    /** Something that has not been accepted yet. A correction is sent in a batch of its own, that asks to replace. */
    private record Waiting(Subscription subscription, UsageSubmission submission, boolean correction, Instant notBefore) { }

    Sender(SplittableRandom random, Billing billing, Service service) {
        this.random = random;
        this.billing = billing;
        this.service = service;
    }

    /** Up to three records of a subscription between two instants; some late, some twice, some corrected later. */
    void measure(Subscription subscription, List<Metric> metrics, Instant from, Instant to) {
        for (int i = random.nextInt(4); i > 0; i--) {
            long micros = Duration.between(from, to).toNanos() / 1000;
            Instant at = from.plusNanos(1000 * random.nextLong(micros));
            if (at.isBefore(subscription.startedAt()) || subscription.isOverAt(at)) {
                continue;
            }
            UsageSubmission submission = submission(subscription, Cases.oneOf(random, metrics), at);
            Instant ready = Cases.chance(random, 15) ? to.plus(Duration.ofDays(random.nextInt(50))) : to;
            outbox.add(new Waiting(subscription, submission, false, ready));
            if (Cases.chance(random, 10)) {
                outbox.add(new Waiting(subscription, submission, false, ready.plus(Duration.ofDays(random.nextInt(20)))));
            }
            if (Cases.chance(random, 10)) {
                outbox.add(new Waiting(subscription, corrected(submission), true,
                        ready.plus(Duration.ofDays(random.nextInt(60)))));
            }
        }
    }

    private UsageSubmission submission(Subscription subscription, Metric metric, Instant at) {
        measured++;
        return new UsageSubmission(subscription.externalId(), metric.code().value(), at,
                random.nextBoolean() ? Optional.of(at.plusSeconds(60)) : Optional.empty(), quantity(),
                Optional.of(Integer.toString(random.nextInt(3))),
                Map.of("user", Cases.oneOf(random, "ada", "grace", "edsger", "barbara"),
                        "operation_type", Cases.oneOf(random, "add", "add", "remove")), "k" + measured);
    }

    private UsageSubmission corrected(UsageSubmission wrong) {
        return new UsageSubmission(wrong.subscription(), wrong.metric(), wrong.start(), wrong.end(), quantity(),
                wrong.amount(), wrong.properties(), wrong.idempotencyKey());
    }

    private String quantity() {
        return Integer.toString(5 * random.nextInt(20));
    }

    /**
     * A part of what is ready, in any order; the rest is dropped on the way and stays in the outbox. Running it again
     * sends the same batch again.
     */
    Runnable shipment(Instant now) {
        boolean corrections = random.nextBoolean();
        List<Waiting> ready = outbox.stream()
                .filter(waiting -> waiting.correction == corrections && !waiting.notBefore.isAfter(now)).toList();
        List<Waiting> batch = Cases.shuffled(random, ready).subList(0, random.nextInt(ready.size() + 1));
        return () -> deliver(batch, corrections, now);
    }

    /** Sends all there is, whatever the time. */
    void sendEverything(Instant now) {
        deliver(outbox.stream().filter(waiting -> !waiting.correction).toList(), false, now);
        deliver(List.copyOf(outbox), true, now);
    }

    private void deliver(List<Waiting> batch, boolean replace, Instant now) {
        Option[] options = replace ? new Option[] {Option.REPLACE} : new Option[0];
        List<UsageOutcome> outcomes = billing.usage().record(service,
                batch.stream().map(Waiting::submission).toList(), options);
        for (int i = 0; i < batch.size(); i++) {
            book(batch.get(i), outcomes.get(i), now);
        }
        batch.forEach(outbox::remove);
    }

    private void book(Waiting sent, UsageOutcome outcome, Instant now) {
        UsageRecord record = record(sent, now);
        if (outcome instanceof UsageOutcome.Refused refused) {
            assertThat(refused.reason()).contains("after the subscription was terminated");
        } else if (outcome instanceof UsageOutcome.Conflict) {
            assertThat(accepted).as("a conflict with something").containsKey(record.key());
        } else {
            accepted.merge(record.key(), record, (before, after) ->
                    before.quantity().compareTo(after.quantity()) == 0 ? before : after);
        }
    }

    private UsageRecord record(Waiting sent, Instant now) {
        UsageSubmission submission = sent.submission;
        return new UsageRecord(new UsageKey(sent.subscription.id(),
                new MetricCode(submission.metric()), submission.idempotencyKey()),
                submission.start(), submission.end(), new BigDecimal(submission.quantity()),
                submission.amount().map(BigDecimal::new), submission.properties(), service.code(), now);
    }

    List<UsageRecord> accepted(Subscription subscription, Metric metric) {
        return accepted.values().stream().filter(record -> record.key().subscription().equals(subscription.id())
                && record.key().metric().equals(metric.code())).toList();
    }

    Iterable<UsageRecord> accepted() {
        return accepted.values();
    }

    Service service() {
        return service;
    }
}
