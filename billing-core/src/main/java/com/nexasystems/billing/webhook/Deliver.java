package com.nexasystems.billing.webhook;

import com.nexasystems.billing.boundary.Entropy;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Delivers what has happened. Each event is sent at least once to each endpoint that wants it: a process that dies leaves
 * what it was sending to whoever comes next, after a while. Can be run on several nodes at once.
 *
 * <p>Whoever does not answer holds up nobody else: of each endpoint some deliveries are under way at most, one if many are
 * in all, and nobody waits for an answer. Several hundred endpoints have to be silent at once before others wait for them.
 */
public final class Deliver {

    private static final int PAGE = 500;
    private static final int MOST_UNDER_WAY = 512;
    /** From so many on, no endpoint gets a second one under way. */
    private static final int CROWDED = MOST_UNDER_WAY / 2;
    /** So many at a time; twice as many are under way at most. */
    private static final int SOME_OF_AN_ENDPOINT = 4;
    /** Longer than a transport waits for an answer. */
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Answer NOTHING_TO_SEND = Answer.none("no body could be made of this event");

    private final Deliveries deliveries;
    private final Endpoints endpoints;
    private final WebhookTransport transport;
    private final DeliverySchedule schedule;
    private final Entropy entropy;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Deliver(Deliveries deliveries, Endpoints endpoints, WebhookTransport transport, DeliverySchedule schedule,
                   Entropy entropy, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.deliveries = deliveries;
        this.endpoints = endpoints;
        this.transport = transport;
        this.schedule = schedule;
        this.entropy = entropy;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * What a run did.
     *
     * @param delivered what was taken
     * @param failed    attempts that were not; they are made again, or were the last ones
     * @param dead      of the failed ones, those that were the last
     */
    public record Report(long delivered, long failed, long dead) { }

    /**
     * Everything that is due, until nothing is. Whatever happens meanwhile is delivered as well.
     *
     * @throws PortFailure if a port failed, or the thread was interrupted; what was sent until then is known, or is sent
     *                     again
     */
    public Report run() {
        return new Run().all();
    }

    /**
     * Sends a message that only says that the way is open; at once, and once.
     *
     * @throws InvalidValue if the service has no such endpoint
     */
    public Answer ping(ServiceId service, EndpointId id) {
        Endpoint endpoint = endpoints.find(service, id)
                .orElseThrow(() -> new InvalidValue("webhook_endpoint", "does not exist: " + id));
        return answer(new Message(endpoint, ids.next().toString(), clock.instant().getEpochSecond(),
                transport.ping(endpoint, clock.instant()), endpoint.secretsAt(clock.instant()))).join();
    }

    /** A transport that throws, or never answers, is one that got no answer: else the run would never end. */
    private CompletableFuture<Answer> answer(Message message) {
        try {
            return transport.send(message).copy().orTimeout(LEASE.toMillis(), TimeUnit.MILLISECONDS)
                    .thenApply(Objects::requireNonNull).exceptionally(failure -> Answer.none(failure.toString()));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(Answer.none(e.toString()));
        }
    }

    private record Sent(Delivery delivery, Endpoint endpoint, Instant at, Instant answeredAt, Answer answer) { }

    /** One run: what is under way, and what has come back. */
    private final class Run {

        private final LinkedBlockingQueue<Sent> answered = new LinkedBlockingQueue<>();
        private final Map<EndpointId, Integer> underWay = new HashMap<>();
        private long delivered;
        private long failed;
        private long dead;

        Report all() {
            boolean more = true;
            while (more || !underWay.isEmpty()) {
                boolean made = unitOfWork.call(this::makeDeliveries) > 0;
                boolean sent = send() > 0;
                // An answer makes room for what was due and had to wait.
                more = record(made || sent ? Duration.ZERO : POLL) || made || sent;
                if (Thread.currentThread().isInterrupted()) {
                    throw new PortFailure(PortFailure.Effect.UNKNOWN, "interrupted while deliveries are under way", null);
                }
            }
            return new Report(delivered, failed, dead);
        }

        private int makeDeliveries() {
            List<Sequenced> events = deliveries.takeNew(PAGE);
            if (events.isEmpty()) {
                return 0;
            }
            Map<ServiceId, List<Endpoint>> receivers = endpoints.of(events.stream().map(event -> event.event().service())
                    .distinct().toList()).stream().collect(Collectors.groupingBy(Endpoint::service));
            List<Made> made = events.stream().flatMap(event -> receivers.getOrDefault(event.event().service(), List.of())
                    .stream().filter(endpoint -> endpoint.wants(event.event().type()))
                    .flatMap(endpoint -> made(endpoint, event).stream())).toList();
            if (!made.isEmpty()) {
                deliveries.add(made.stream().map(Made::delivery).toList());
            }
            List<Outcome> failures = made.stream().flatMap(one -> one.failure().stream()).toList();
            if (!failures.isEmpty()) {
                deliveries.record(failures);
                failures.forEach(failure -> count(failure.after().state()));
            }
            return events.size();
        }

        private int send() {
            int all = underWay.values().stream().mapToInt(Integer::intValue).sum();
            if (all >= MOST_UNDER_WAY) {
                return 0;
            }
            int some = all < CROWDED ? SOME_OF_AN_ENDPOINT : 1;
            int room = (all < CROWDED ? CROWDED : MOST_UNDER_WAY) - all;
            Instant now = clock.instant();
            List<EndpointId> busy = underWay.entrySet().stream()
                    .filter(entry -> all >= CROWDED || entry.getValue() > SOME_OF_AN_ENDPOINT)
                    .map(Map.Entry::getKey).toList();
            List<Delivery> due = unitOfWork.call(() -> deliveries.claimDue(now, now.plus(LEASE), busy, some, room));
            Map<EndpointId, Endpoint> receivers = endpoints.of(due.stream().map(Delivery::service).distinct().toList())
                    .stream().collect(Collectors.toMap(Endpoint::id, endpoint -> endpoint));
            due.stream().filter(delivery -> receivers.containsKey(delivery.endpoint()))
                    .forEach(delivery -> send(delivery, receivers.get(delivery.endpoint())));
            return due.size();
        }

        private void send(Delivery delivery, Endpoint endpoint) {
            Instant at = clock.instant();
            underWay.merge(endpoint.id(), 1, Integer::sum);
            CompletableFuture<Answer> answer = delivery.body().isEmpty() ? CompletableFuture.completedFuture(NOTHING_TO_SEND)
                    : answer(new Message(endpoint, delivery.event().toString(), at.getEpochSecond(), delivery.body(),
                    endpoint.secretsAt(at)));
            answer.thenAccept(got -> answered.add(new Sent(delivery, endpoint, at, clock.instant(), got)));
        }

        private boolean record(Duration patience) {
            List<Sent> back = back(patience);
            if (back.isEmpty()) {
                return false;
            }
            back.forEach(sent -> underWay.computeIfPresent(sent.endpoint.id(),
                    (id, count) -> count == 1 ? null : count - 1));
            List<Outcome> outcomes = back.stream().map(Deliver.this::outcome).toList();
            unitOfWork.run(() -> {
                // Endpoints before deliveries, and by id, as whoever removes one does: or two would wait for each other.
                back.stream().filter(sent -> sent.answer.isGone()).map(Sent::endpoint).distinct()
                        .sorted(Comparator.comparing(endpoint -> endpoint.id().toString())).forEach(Deliver.this::gone);
                deliveries.record(outcomes);
            });
            outcomes.forEach(outcome -> count(outcome.after().state()));
            return true;
        }

        private List<Sent> back(Duration patience) {
            var back = new ArrayList<Sent>();
            answered.drainTo(back, PAGE);
            if (back.isEmpty() && !underWay.isEmpty() && !patience.isZero()) {
                try {
                    Optional.ofNullable(answered.poll(patience.toMillis(), TimeUnit.MILLISECONDS)).ifPresent(back::add);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return back;
        }

        private void count(Delivery.State state) {
            delivered += state == Delivery.State.DELIVERED ? 1 : 0;
            failed += state == Delivery.State.DELIVERED ? 0 : 1;
            dead += state == Delivery.State.DEAD ? 1 : 0;
        }
    }

    /** @param failure why nothing can ever be sent, if that is so */
    private record Made(Delivery delivery, Optional<Outcome> failure) { }

    /**
     * Empty if the endpoint's format knows no such event. If no body can be made, that is a dead letter from the start: the
     * one event that is too much for a format must not hold up all others.
     */
    private Optional<Made> made(Endpoint endpoint, Sequenced event) {
        try {
            return transport.body(endpoint, event).map(body -> new Made(delivery(endpoint, event, body), Optional.empty()));
        } catch (PortFailure e) {
            throw e;
        } catch (RuntimeException e) {
            Delivery empty = delivery(endpoint, event, "");
            return Optional.of(new Made(empty, Optional.of(new Outcome(empty.dead(), new DeliveryAttempt(empty.id(),
                    empty.createdAt(), Duration.ZERO, OptionalInt.empty(), "no body could be made: " + e)))));
        }
    }

    private Delivery delivery(Endpoint endpoint, Sequenced event, String body) {
        return Delivery.of(new DeliveryId(ids.next()), endpoint, event.event().id(), event.event().type(), body,
                clock.instant());
    }

    private Outcome outcome(Sent sent) {
        Answer answer = sent.answer;
        return new Outcome(after(sent.delivery, answer, sent.answeredAt), new DeliveryAttempt(sent.delivery.id(), sent.at,
                Duration.between(sent.at, sent.answeredAt),
                answer.status().map(OptionalInt::of).orElse(OptionalInt.empty()), answer.detail()));
    }

    private Delivery after(Delivery delivery, Answer answer, Instant now) {
        if (answer.isTaken()) {
            return delivery.delivered();
        }
        if (answer.isGone()) {
            return delivery.dead();
        }
        return schedule.afterFailures(delivery.tries() + 1, answer.retryAfter(), entropy)
                .map(wait -> delivery.retriedAt(now.plus(wait))).orElseGet(delivery::dead);
    }

    /** It said itself that it is gone for good; unless it is elsewhere by now. */
    private void gone(Endpoint endpoint) {
        endpoints.hold(endpoint.service(), endpoint.id())
                .filter(found -> found.disabled().isEmpty() && found.url().equals(endpoint.url()))
                .ifPresent(found -> endpoints.update(found.disabled(new Disabled(Disabled.Reason.GONE, clock.instant()))));
    }
}
