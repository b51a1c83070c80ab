package com.nexasystems.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Hooks;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import com.nexasystems.billing.webhook.WebhookTransport.Message;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Receivers that fail half of the time, in every way; {@code -Dbilling.events=100000} sends so many events in each case. */
class DeliveryLawsTest {

    private static final int EVENTS = Integer.getInteger("billing.events", 500);
    private static final List<Duration> WAITS = DeliverySchedule.DEFAULT.waits();
    private static final Duration LONGEST = DeliverySchedule.LONGEST_RETRY_AFTER;

    @Test
    void each_event_is_delivered_or_dead_and_each_wait_is_as_planned() {
        Cases.check(4, random -> new Life(random).toTheEnd());
    }

    /** One attempt, as the receiver remembers it. */
    private record Call(Instant at, String body, Answer answer) { }

    private static final class Life {

        private final SplittableRandom random;
        private final Map<DeliveryId, Delivery> made = new HashMap<>();
        private final Map<List<Object>, List<Call>> calls = new HashMap<>();
        private final Map<DeliveryId, Integer> attempts = new HashMap<>();
        private final Ports right = Ports.inMemory();
        private final Hooks hooks = new Hooks(right, transport -> transport);
        private final ServiceId chat = new ServiceId(Hooks.id("chat"));
        private final List<Endpoint> endpoints;
        private final Map<UUID, BillingEvent> events = new HashMap<>();

        Life(SplittableRandom random) {
            this.random = random;
            endpoints = List.of(hooks.endpoint("first"), hooks.endpoint("some", EventType.INVOICE_PAYMENT_FAILED),
                    hooks.endpoint(chat, "chat", Format.LAGO));
            endpoints.forEach(endpoint -> hooks.receivers.receive(endpoint.url(), this::receive));
        }

        void toTheEnd() {
            Deliver deliver = hooks.deliver(watched());
            while (events.size() < EVENTS || made.values().stream().anyMatch(one -> one.state() == State.PENDING)) {
                happen();
                deliver.run();
                hooks.clock.advance(Duration.ofSeconds(random.nextInt(1, Cases.chance(random, 50) ? 600 : 20_000)));
            }
            hooks.clock.advance(Duration.ofDays(30));
            assertThat(deliver.run()).isEqualTo(new Deliver.Report(0, 0, 0));
            endpoints.forEach(this::checkComplete);
            made.values().forEach(this::checkEnd);
        }

        private void happen() {
            for (int i = Math.min(EVENTS - events.size(), random.nextInt(1 + EVENTS / 10)); i > 0; i--) {
                ServiceId service = Cases.chance(random, 50) ? hooks.hosting : chat;
                BillingEvent event = hooks.happened(service, Cases.oneOf(random, EventType.INVOICE_CREATED,
                        EventType.INVOICE_PAYMENT_FAILED, EventType.SUBSCRIPTION_STARTED),
                        service + "/" + random.nextInt(20), 1).get(0);
                events.put(event.id(), event);
            }
        }

        private CompletableFuture<Answer> receive(Message message) {
            Answer answer = Cases.chance(random, 50) ? Hooks.answer(Cases.oneOf(random, 200, 201, 204)) : failure();
            calls.computeIfAbsent(List.of(UUID.fromString(message.id()), message.endpoint().id()), key -> new ArrayList<>())
                    .add(new Call(hooks.clock.instant(), message.body(), answer));
            if (answer.detail().equals("thrown")) {
                throw new IllegalStateException("thrown");
            }
            return CompletableFuture.completedFuture(answer);
        }

        private Answer failure() {
            return switch (random.nextInt(6)) {
                case 0 -> Answer.none("thrown");
                case 1 -> Answer.none("does not answer");
                case 2 -> new Answer(Optional.of(429), Optional.of(Duration.ofSeconds(random.nextInt(2_000))), "");
                case 3 -> new Answer(Optional.of(503), Optional.of(Duration.ofHours(random.nextInt(50))), "");
                default -> Hooks.answer(Cases.oneOf(random, 301, 400, 401, 404, 500, 502));
            };
        }

        /** The ports, which tell what is recorded. */
        private Ports watched() {
            Deliveries watched = (Deliveries) Proxy.newProxyInstance(Deliveries.class.getClassLoader(),
                    new Class<?>[] {Deliveries.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("add")) {
                            ((List<?>) arguments[0]).forEach(one -> made.put(((Delivery) one).id(), (Delivery) one));
                        } else if (method.getName().equals("record")) {
                            ((List<?>) arguments[0]).forEach(one -> checkOutcome((Outcome) one));
                        }
                        try {
                            return method.invoke(right.deliveries(), arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return new Ports(right.unitOfWork(), right.ids(), this::bytes, right.auditTrail(), right.metrics(),
                    right.plans(), right.services(), right.customers(), right.taxRates(), right.eventLog(),
                    right.subscriptions(), right.usageRecords(), right.freshUsage(), right.invoices(),
                    right.invoiceNumbers(), right.coupons(), right.wallets(), right.creditNotes(), right.directory(),
                    right.billingTerms(), right.apiKeys(), right.authenticationLog(), right.knownAnswers(),
                    right.backlog(), right.serviceTaxes(), right.shadowRecords(), right.reconciliations(),
                    right.cutOvers(), right.payments(), right.endpoints(), watched, right.thresholdMarks(),
                    right.journal(), right.jobs(), right.certificates(), right.approvals(), right.lineHolds());
        }

        private byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }

        private void checkOutcome(Outcome outcome) {
            Delivery after = outcome.after();
            int number = attempts.merge(after.id(), 1, Integer::sum);
            Answer answer = callsOf(after).get(number - 1).answer();
            assertThat(after.tries()).isEqualTo(number);
            assertThat(after.state()).isEqualTo(answer.isTaken() ? State.DELIVERED
                    : number > WAITS.size() ? State.DEAD : State.PENDING);
            after.nextAt().ifPresent(next -> checkWait(Duration.between(outcome.attempt().at(), next),
                    WAITS.get(number - 1), answer.retryAfter()));
            made.put(after.id(), after);
        }

        private static void checkWait(Duration wait, Duration planned, Optional<Duration> retryAfter) {
            Duration least = planned.multipliedBy(8).dividedBy(10);
            Duration most = planned.multipliedBy(12).dividedBy(10);
            Duration asked = retryAfter.filter(after -> after.compareTo(LONGEST) < 0)
                    .orElse(retryAfter.isPresent() ? LONGEST : Duration.ZERO);
            assertThat(wait).isBetween(asked.compareTo(least) > 0 ? asked : least, asked.compareTo(most) > 0 ? asked : most);
        }

        private void checkComplete(Endpoint endpoint) {
            assertThat(made.values().stream().filter(one -> one.endpoint().equals(endpoint.id())).map(Delivery::event))
                    .containsExactlyInAnyOrderElementsOf(events.values().stream().filter(event ->
                            event.service().equals(endpoint.service()) && endpoint.wants(event.type()))
                            .map(BillingEvent::id).toList());
        }

        private void checkEnd(Delivery delivery) {
            assertThat(right.deliveries().find(delivery.service(), delivery.id())).contains(delivery);
            List<Call> made = callsOf(delivery);
            assertThat(made.stream().map(Call::body).collect(Collectors.toSet())).containsExactly(delivery.body());
            assertThat(made.get(made.size() - 1).answer().isTaken()).isEqualTo(delivery.state() == State.DELIVERED);
            assertThat(made.stream().filter(call -> call.answer().isTaken()).count())
                    .isEqualTo(delivery.state() == State.DELIVERED ? 1 : 0);
            assertThat(right.deliveries().attempts(delivery.id())).extracting(DeliveryAttempt::at, DeliveryAttempt::status)
                    .isEqualTo(made.stream().map(call -> tuple(call.at(),
                            call.answer().status().map(OptionalInt::of).orElse(OptionalInt.empty()))).toList());
        }

        private List<Call> callsOf(Delivery delivery) {
            return calls.get(List.of(delivery.event(), delivery.endpoint()));
        }
    }
}
